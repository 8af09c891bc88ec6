import { activeOwners, nameOf } from './access.js';
import { decideClaim, withdraw } from './claims/claimDecisions.js';
import { claim } from './claims/claiming.js';
import { object, vouch } from './claims/objecting.js';
import type { Deciding, Decision, State } from './decision.js';
import { isOwner, may, maySee, type ProfileOperation } from './may.js';
import type { Moment, Operation, OperationKind } from './operation.js';
import { removeOwner } from './ownership/leaving.js';
import { forget, leave, remove } from './ownership/owning.js';
import { type Refusal, refuse } from './refusals.js';
import { share, unshare } from './sharing/sharing.js';
import { allow, deny } from './signins/acquiring.js';
import { add, renew } from './signins/signing.js';
import { changeRole } from './tenant/roles.js';
import { changeApprovals, changePolicy } from './tenant/tenant.js';
import type { Actor, Profile } from './types.js';

/** The one place that says yes or no. Pure: the same arguments give the same decision, and nothing is written here. */
export function decide(operation: Operation, actor: Actor, state: State, moment: Moment): Decision {
  const deciding: Deciding = { actor, state, moment };
  const refusal = refusedByRole(operation.kind, actor, state.admins);
  if (refusal) return { kind: 'refuse', refusal };
  switch (operation.kind) {
    case 'help':
    case 'health':
      return { kind: 'view' };
    case 'profiles':
      return operation.list === 'all' ? adminsOnly(deciding, () => ({ kind: 'view' })) : { kind: 'view' };
    case 'add':
      return add(operation.type, deciding);
    case 'role':
      return adminsOnly(deciding, () => changeRole(operation, deciding));
    case 'roles':
      return adminsOnly(deciding, () => ({ kind: 'view' }));
    case 'whatif':
      return operation.who.id === actor.id ? { kind: 'view' } : adminsOnly(deciding, () => ({ kind: 'view' }));
    case 'claims':
      return { kind: 'view' };
    case 'approvals':
      return adminsOnly(deciding, () => changeApprovals(operation, deciding));
    case 'policy':
      return adminsOnly(deciding, () => changePolicy(operation, deciding));
    case 'approve':
    case 'decline':
    case 'claimcard':
      return decideOnClaim(operation, deciding);
    case 'code':
      return { kind: 'refuse', refusal: refuse('codeNone') };
    case 'yes':
    case 'no':
      return { kind: 'refuse', refusal: refuse('confirmGone') };
    default:
      return decideOnProfile(operation, deciding);
  }
}

/** A Reader may use `help`; an admin who is a Reader may look after the tenant, but not add. */
export function refusedByRole(kind: OperationKind, actor: Actor, admins: readonly string[]): Refusal | undefined {
  if (actor.role !== 'reader' || kind === 'help') return undefined;
  return actor.admin && kind !== 'add' ? undefined : refuse('readerOnly', admins);
}

function adminsOnly(deciding: Deciding, then: () => Decision): Decision {
  return deciding.actor.admin ? then() : { kind: 'refuse', refusal: refuse('adminOnly', deciding.state.admins) };
}

/**
 * Who knows a claim's id has seen its card: they are answered about it, even if they may not see the profile. Without
 * one it answers like a profile that is not there.
 */
function decideOnClaim(
  operation: Extract<Operation, { kind: 'approve' | 'decline' | 'claimcard' }>,
  deciding: Deciding,
): Decision {
  const { profile } = deciding.state;
  const isKnown = profile?.claims.some(({ claim }) => claim === operation.claim);
  if (!profile || !isKnown) return { kind: 'refuse', refusal: refuse('notFound') };
  return operation.kind === 'claimcard' ? { kind: 'view' } : decideClaim(operation, profile, deciding);
}

function decideOnProfile(operation: Extract<Operation, { kind: ProfileOperation }>, deciding: Deciding): Decision {
  const { profile } = deciding.state;
  const refusal = refusalOn(operation.kind, profile, deciding);
  if (refusal || !profile) return { kind: 'refuse', refusal: refusal ?? refuse('notFound') };
  switch (operation.kind) {
    case 'show':
    case 'history':
      return { kind: 'view' };
    case 'share':
      return share(operation, profile, deciding);
    case 'unshare':
      return unshare(operation, profile, deciding);
    case 'claim':
      return claim(operation, profile, deciding);
    case 'withdraw':
      return withdraw(profile, deciding);
    case 'object':
      return object(operation, profile, deciding);
    case 'vouch':
      return vouch(operation, profile, deciding);
    case 'renew':
      return renew(profile, deciding);
    case 'forget':
      return forget(profile, deciding);
    case 'leave':
      return leave(profile, deciding);
    case 'delete':
      return remove(profile, deciding);
    case 'removeOwner':
      return removeOwner(operation, profile, deciding);
    case 'allow':
      return allow(operation, profile, deciding);
    case 'deny':
      return deny(operation, profile, deciding);
  }
}

/** What the actor may not see answers exactly like what is not there; what they see names who can help. */
function refusalOn(kind: ProfileOperation, profile: Profile | undefined, deciding: Deciding): Refusal | undefined {
  const { actor, moment } = deciding;
  if (!profile) return refuse('notFound');
  const facts = { actor, profile, now: moment.now };
  // A claim can be taken back even after the share that let the claimant see the profile has ended.
  if (!maySee(facts) && !(kind === 'withdraw' && may.withdraw(facts))) return refuse('notFound');
  if (may[kind](facts)) return undefined;
  const name = nameOf(profile);
  if (kind === 'withdraw') return refuse('noClaim', name);
  if ((kind === 'object' || kind === 'vouch') && isOwner(facts)) return refuse('nothingToContest', name);
  const owners = activeOwners(profile, moment.now);
  if (kind === 'removeOwner') {
    return actor.admin ? refuse('notLeaving', name) : refuse('adminOnly', deciding.state.admins);
  }
  if (kind === 'claim' && owners.some((owner) => owner.id === actor.id)) return refuse('alreadyOwner', name);
  if (kind === 'history') return refuse('ownersAndAdmins', name);
  if (owners.length === 0) return refuse('nobodyOwns', name);
  return refuse(
    'notOwner',
    name,
    owners.map((owner) => owner.name),
  );
}
