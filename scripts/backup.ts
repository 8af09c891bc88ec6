/**
 * `npm run backup -- <new folder>`: copies the embedded store of DATA_DIR, while the bot runs. The keys are not in the copy.
 */
import { realTime } from '../src/platform/clock.js';
import { readSettings } from '../src/settings.js';
import { backUp } from '../src/store/embedded/backup.js';

try {
  const { mongoUri, dataDir } = readSettings(process.env);
  const [into] = process.argv.slice(2);
  if (mongoUri) throw new Error('The store is MongoDB: use mongodump, as docs/deploy.md says under "Backups".');
  if (!into) throw new Error('Name a new folder for the copy: npm run backup -- /backups/2026-01-31');
  const { files } = await backUp(dataDir, into, realTime());
  const lines = Object.values(files).reduce((sum, file) => sum + file.lines, 0);
  process.stdout.write(
    `${Object.keys(files).length} files with ${lines} lines are in ${into}. Keep TOKEN_KEYS elsewhere.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
