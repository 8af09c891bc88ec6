import { activeOwners, nameOf } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { coolingOff } from '../ownership/owning.js';
import { refuse } from '../refusals.js';
import type { Acquisition, Profile } from '../types.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

const acquisitionWords: Record<Acquisition, string> = {
  messages: 'its private messages',
  search: 'public posts through it',
};

/** An owner lets the organisation read with it, after a yes to who will see what; only where the network lets apps. */
export function allow({ what }: Of<'allow'>, profile: Profile, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  const refusal = coolingOff(profile, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  const why = state.cannotAcquire?.[what];
  if (why !== undefined) return { kind: 'refuse', refusal: refuse('cannotAcquire', nameOf(profile), what, why) };
  if (profile.allowed[what]) return { kind: 'refuse', refusal: refuse('allowedAlready', nameOf(profile), what) };
  if (!state.confirmed) return { kind: 'ask', question: `allow-${what}` };
  return change(profile, deciding, {
    operation: 'allow',
    set: { allowed: { ...profile.allowed, [what]: { by: nameFor(actor), at: moment.now } } },
    what: `allowed reading ${acquisitionWords[what]}`,
    done: `Reading ${acquisitionWords[what]} is allowed.`,
    notices: toOthers(profile, deciding, `${actor.name} allowed reading with ${nameOf(profile)}`, what),
  });
}

/** Switching off needs no question: nothing is lost by it. */
export function deny({ what }: Of<'deny'>, profile: Profile, deciding: Deciding): Decision {
  const { actor } = deciding;
  const refusal = coolingOff(profile, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  if (!profile.allowed[what]) return { kind: 'refuse', refusal: refuse('notAllowedYet', nameOf(profile), what) };
  const { [what]: _, ...rest } = profile.allowed;
  return change(profile, deciding, {
    operation: 'deny',
    set: { allowed: rest },
    what: `stopped reading ${acquisitionWords[what]}`,
    done: `Reading ${acquisitionWords[what]} is switched off.`,
    notices: toOthers(profile, deciding, `${actor.name} switched off reading with ${nameOf(profile)}`, what),
  });
}

function toOthers(profile: Profile, { actor, moment }: Deciding, title: string, what: Acquisition) {
  return activeOwners(profile, moment.now).map((owner) => ({
    ...{ to: { person: owner.id }, from: actor.id, title },
    text: `It is about ${acquisitionWords[what]}. Every owner can switch it.`,
    buttons: [showButton(profile)],
  }));
}
