import { openEmbeddedStore } from './embedded/embedded.js';
import { openMongoStore } from './mongo/mongo.js';
import type { Store } from './store.js';

/** MongoDB when there is an address of one, else the embedded store in `dataDir`. */
export function openStore(settings: { mongoUri?: string | undefined; dataDir: string }): Promise<Store> {
  return settings.mongoUri ? openMongoStore(settings.mongoUri) : openEmbeddedStore(settings.dataDir);
}
