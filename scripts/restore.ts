/**
 * `npm run restore -- <folder>`: puts a copy of `npm run backup` into DATA_DIR, with the bot stopped. What is there stays
 * beside it. With MONGODB_URI, after mongorestore and without a folder. In both: posts whose time came since the copy was
 * made are looked for on their networks, and never sent again.
 */

import { mayAcquire } from '../src/networks/types.js';
import { doubtDue } from '../src/operations/publishing/doubtDue.js';
import { realTime } from '../src/platform/clock.js';
import { readSettings } from '../src/settings.js';
import { putBack } from '../src/store/embedded/backup.js';
import { openStore } from '../src/store/index.js';
import { openMigrated } from '../src/store/migrations/migrate.js';

try {
  const settings = readSettings(process.env);
  const [from] = process.argv.slice(2);
  if (settings.mongoUri && from) throw new Error('The store is MongoDB: use mongorestore, then this without a folder.');
  if (!settings.mongoUri) {
    if (!from) throw new Error('Name the folder of the copy: npm run restore -- /backups/2026-01-31');
    const { madeAt } = await putBack(from, settings.dataDir, realTime());
    process.stdout.write(`The store of ${settings.dataDir} is now as it was at ${madeAt}.\n`);
  }
  const store = await openStore(settings);
  try {
    const doubted = await doubtDue(store, await openMigrated(store, realTime, mayAcquire), realTime);
    process.stdout.write(
      `Posts that may have gone out since, and will be looked for: ${doubted}. Now start the bot.\n`,
    );
  } finally {
    await store.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
