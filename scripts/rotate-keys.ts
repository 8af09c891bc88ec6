/**
 * `npm run rotate-keys`: seals every sign-in with the first key of TOKEN_KEYS, while the bot runs, and says how many.
 * With the embedded store only one process may use the folder: there a restart of the bot with the new keys does it.
 */
import { resealTenant } from '../src/operations/signins/reseal.js';
import { readSettings, type Settings } from '../src/settings.js';
import { openCollections } from '../src/store/collections.js';
import { openStore } from '../src/store/index.js';
import { ensureKeyFile } from '../src/store/keyFile.js';
import { createSealedFiles } from '../src/store/sealedFiles.js';
import { createVault, readKeys } from '../src/store/vault.js';
import { tenantsOf } from './tenantsOf.js';

try {
  process.exitCode = await rotate(readSettings(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function rotate(settings: Settings): Promise<number> {
  const keys = readKeys(settings.tokenKeys ?? (await ensureKeyFile(settings.dataDir)));
  const store = await openStore(settings);
  try {
    const vault = createVault(keys);
    const files = createSealedFiles(await store.files(), vault);
    const services = { collections: await openCollections(store), vault, files };
    const total = { anew: 0, already: 0, unreadable: 0 };
    for (const tenant of await tenantsOf(settings)) {
      const { anew, already, unreadable } = await resealTenant(services, tenant);
      total.anew += anew;
      total.already += already;
      total.unreadable += unreadable;
    }
    process.stdout.write(
      `Sealed anew with "${keys[0].id}": ${total.anew}. Had it already: ${total.already}. Could not be opened: ${total.unreadable}.\n`,
    );
    process.stdout.write(
      total.unreadable > 0
        ? 'Put the missing key back behind the first one, and run this again.\n'
        : 'Once no instance runs with the old first key any more, run this again; then the other keys may go.\n',
    );
    return total.unreadable > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}
