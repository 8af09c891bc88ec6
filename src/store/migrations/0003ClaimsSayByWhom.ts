import type { PersonId, Profile } from '../../rules/types.js';
import type { Collections } from '../collections.js';
import type { Store } from '../store.js';
import { eachProfile } from './eachProfile.js';

type Claim = Profile['claims'][number];
/** Until then `id` and `name` were the claimant's, and `claim` was the claim's own id. */
type ClaimBefore = Omit<Claim, 'id' | 'by'> & { id: PersonId; name: string; claim: string };

/** Schema 3: `id` of a claim is its own, as everywhere else, and `by` is who claims. */
export function claimsSayByWhom(store: Store, collections: Collections): Promise<void> {
  return eachProfile(store, collections, (profile) =>
    profile?.claims.some(isBefore) ? { ...profile, claims: profile.claims.map(sayByWhom) } : undefined,
  );
}

const isBefore = (claim: Claim | ClaimBefore): claim is ClaimBefore => 'claim' in claim;

function sayByWhom(claim: Claim | ClaimBefore): Claim {
  if (!isBefore(claim)) return claim;
  const { claim: id, id: person, name, ...rest } = claim;
  return { id, by: { id: person, name }, ...rest };
}
