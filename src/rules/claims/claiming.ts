import { nameOf } from '../access.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { provenFor } from '../signins/signing.js';
import type { Profile } from '../types.js';
import { openClaimOf } from './claims.js';
import { wait } from './waiting.js';

/** Becoming an owner: by signing in to that very account, or by asking those who decide. */
export function claim(
  operation: Extract<Operation, { kind: 'claim' }>,
  profile: Profile,
  deciding: Deciding,
): Decision {
  const { signedIn } = deciding.state;
  if (signedIn) return provenFor(profile, signedIn, deciding, 'claim', operation.why);
  if (operation.ask) return wait(profile, deciding, { ...(operation.why ? { why: operation.why } : {}) });
  const open = openClaimOf(profile, deciding.actor.id);
  if (open?.proven) return { kind: 'refuse', refusal: refuse('claimOpen', nameOf(profile), dayOf(open.ends)) };
  return { kind: 'linkOut', why: 'claim', type: profile.type };
}
