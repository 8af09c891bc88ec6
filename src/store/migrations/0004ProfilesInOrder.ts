import { withAccess } from '../../rules/derived.js';
import type { Collections } from '../collections.js';
import type { Store } from '../store.js';
import { eachProfile } from './eachProfile.js';

/** Schema 4: profiles hold the name by which lists have them in order, and those by which they are found. */
export function profilesInOrder(store: Store, collections: Collections): Promise<void> {
  return eachProfile(store, collections, (profile) =>
    profile && !profile.deleted && profile.sortName === undefined ? withAccess(profile) : undefined,
  );
}
