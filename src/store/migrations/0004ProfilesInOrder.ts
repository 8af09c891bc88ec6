import { withAccess } from '../../rules/derived.js';
import type { Collections } from '../collections.js';
import type { Store } from '../store.js';
import { update } from '../update.js';

/** Schema 4: profiles hold the name by which lists have them in order, and those by which they are found. */
export async function profilesInOrder(store: Store, { profiles }: Collections): Promise<void> {
  for await (const { tenant, id } of store.all('profiles')) {
    await update(profiles, tenant, id, (profile) =>
      profile && !profile.deleted && profile.sortName === undefined ? withAccess(profile) : undefined,
    );
  }
}
