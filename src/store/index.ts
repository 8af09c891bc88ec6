import type { Store } from './store.js';

/** MongoDB when there is an address of one, else the embedded store in `dataDir`. Only the one that is used is loaded. */
export async function openStore(settings: { mongoUri?: string | undefined; dataDir: string }): Promise<Store> {
  if (settings.mongoUri) return (await import('./mongo/mongo.js')).openMongoStore(settings.mongoUri);
  return (await import('./embedded/embedded.js')).openEmbeddedStore(settings.dataDir);
}
