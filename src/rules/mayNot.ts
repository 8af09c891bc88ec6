import { activeOwners, nameOf } from './access.js';
import { dayOf } from './days.js';
import { type Admin, adminNames, type State } from './decision.js';
import { type Facts, isOwner, may, maySee, type ProfileOperation } from './may.js';
import { type Asked, type Moment, type Operation, rowOf } from './operation.js';
import { type Refusal, refuse } from './refusals.js';
import type { Actor } from './types.js';

/**
 * Whether somebody may ask for this at all, known before any name in it is looked up. An admin who is a Reader may look
 * after the tenant. `admins`: who can help.
 */
export function refusedByRole(
  operation: Asked | Operation,
  actor: Actor,
  admins: readonly Admin[],
): Refusal | undefined {
  const { who } = rowOf(operation, actor);
  if (who === 'anybody') return undefined;
  if (actor.role === 'reader' && (who === 'role' || !actor.admin)) return refuse('readerOnly', adminNames(admins));
  return who === 'admin' && !actor.admin ? refuse('adminOnly', adminNames(admins)) : undefined;
}

/** What is looked at to say no before anything costs. */
type Looking = { actor: Actor; state: Pick<State, 'profile' | 'admins'>; moment: Pick<Moment, 'now'> };

/** Why somebody may not ask for this of this profile, whatever else they named. The profile is as it stands in the store. */
export function refusedBefore(operation: Asked | Operation, looking: Looking): Refusal | undefined {
  const { who } = rowOf(operation, looking.actor);
  const byRole = refusedByRole(operation, looking.actor, looking.state.admins);
  if (byRole) return byRole;
  if (who === 'may') return refusedOnProfile(operation.kind as ProfileOperation, looking);
  return who === 'claim' && 'claim' in operation ? refusedOnClaim(operation.claim, looking) : undefined;
}

/** What the actor may not see answers exactly like what is not there; what they see names who can help. */
function refusedOnProfile(kind: ProfileOperation, { actor, state, moment }: Looking): Refusal | undefined {
  if (!state.profile) return refuse('notFound');
  const facts = { actor, profile: state.profile, now: moment.now };
  if (may[kind](facts)) return undefined;
  if (!maySee(facts)) return refuse('notFound');
  return (reasons[kind] ?? ownersOnly)(facts, state.admins);
}

/** Without its claim a profile answers like one that is not there. */
function refusedOnClaim(claim: string, { state }: Looking): Refusal | undefined {
  return state.profile?.claims.some((one) => one.id === claim) ? undefined : refuse('notFound');
}

type Reason = (facts: Facts, admins: readonly Admin[]) => Refusal;

const ownersOnly: Reason = ({ profile, now }) => {
  const owners = activeOwners(profile, now).map(({ name }) => name);
  return owners.length === 0 ? refuse('nobodyOwns', nameOf(profile)) : refuse('notOwner', nameOf(profile), owners);
};
const contest: Reason = (facts, admins) =>
  isOwner(facts) ? refuse('nothingToContest', nameOf(facts.profile)) : ownersOnly(facts, admins);

/** Who may still be contested has no yes to give. */
function stillCooling({ actor, profile, now }: Facts): Refusal | undefined {
  const own = activeOwners(profile, now).find(({ id }) => id === actor.id);
  return own?.coolOffUntil && refuse('coolOff', nameOf(profile), dayOf(own.coolOffUntil));
}

/** Why not, where it is not that only owners may. */
const reasons: Partial<Record<ProfileOperation, Reason>> = {
  withdraw: ({ profile }) => refuse('noClaim', nameOf(profile)),
  invite: (facts, admins) => stillCooling(facts) ?? ownersOnly(facts, admins),
  object: contest,
  vouch: contest,
  removeOwner: ({ actor, profile }, admins) =>
    actor.admin ? refuse('notLeaving', nameOf(profile)) : refuse('adminOnly', adminNames(admins)),
  claim: (facts, admins) =>
    isOwner(facts) ? refuse('alreadyOwner', nameOf(facts.profile)) : ownersOnly(facts, admins),
  history: ({ profile }) => refuse('ownersAndAdmins', nameOf(profile)),
  thaw: (_, admins) => refuse('thawersOnly', adminNames(admins)),
};
