/**
 * `npm run export-audit [-- <folder>]`: writes the whole audit of each organisation into a file of that folder (made when
 * it is not there; the present one, when none is named), to be checked by `npm run verify-audit`. Prints each file with its
 * head: keep that somewhere else. With the embedded store only one process may use the data folder: stop the bot first.
 */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mayAcquire } from '../src/networks/types.js';
import { exportAudit, headWords } from '../src/operations/receipts/exporting.js';
import { realTime } from '../src/platform/clock.js';
import { readSettings, type Settings } from '../src/settings.js';
import type { Head } from '../src/store/chain.js';
import type { Collections } from '../src/store/collections.js';
import { openStore } from '../src/store/index.js';
import { openMigrated } from '../src/store/migrations/migrate.js';
import { tenantsOf } from './tenantsOf.js';

const [folder = '.'] = process.argv.slice(2);
try {
  await exportAll(readSettings(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function exportAll(settings: Settings): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = await openStore(settings);
  try {
    const collections = await openMigrated(store, realTime, mayAcquire);
    for (const tenant of await tenantsOf(settings)) await exportOne(collections, tenant);
  } finally {
    await store.close();
  }
}

async function exportOne(collections: Collections, tenant: string): Promise<void> {
  const now = realTime();
  const file = join(folder, `audit-${tenant}-${now.toISOString().slice(0, 10)}.jsonl`);
  let head: Head | undefined;
  async function* lines() {
    for await (const line of exportAudit(collections, tenant, now)) {
      head ??= (JSON.parse(line) as { head: Head }).head;
      yield `${line}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }));
  process.stdout.write(`${file}\n  ${head?.number ?? 0} records; head ${head ? headWords(head) : ''}\n`);
}
