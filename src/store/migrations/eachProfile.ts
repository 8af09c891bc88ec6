import type { Profile } from '../../rules/types.js';
import type { Collections } from '../collections.js';
import type { Store } from '../store.js';
import { type Next, update } from '../update.js';

/** Every stored profile, of every tenant, becomes what `next` makes of it. What needs nothing is read once and left. */
export async function eachProfile(store: Store, { profiles }: Collections, next: Next<Profile>): Promise<void> {
  for await (const doc of store.all('profiles')) await update(profiles, doc.tenant, doc.id, next, doc as Profile);
}
