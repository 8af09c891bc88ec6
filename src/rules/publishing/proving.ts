import { activeOwners } from '../access.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import type { Intent } from './intent.js';
import { publishingOf } from './loaded.js';

/** A receipt is for its author, the owners of its profile, and admins; for all others it is not there. */
export function mayProve(intent: Intent, deciding: Deciding): boolean {
  const { actor, moment } = deciding;
  if (actor.admin || intent.author.id === actor.id) return true;
  const profile = publishingOf(deciding).profiles.get(intent.profile);
  return profile !== undefined && activeOwners(profile, moment.now).some(({ id }) => id === actor.id);
}

export function prove(_: Extract<Operation, { kind: 'prove' }>, deciding: Deciding): Decision {
  const isSeen = publishingOf(deciding).intents.some((intent) => mayProve(intent, deciding));
  return isSeen ? { kind: 'view' } : { kind: 'refuse', refusal: refuse('noReceipt') };
}
