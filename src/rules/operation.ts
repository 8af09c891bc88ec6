import type { Acquisition, NetworkId, PersonId, Principal, ProfileId, ProfileType, Role } from './types.js';

/** A profile as somebody named it: by id (a click) or in words (`@contoso`, `x:contoso`, `Contoso Support`). */
export type ProfileRef = { id: ProfileId } | { words: string };
export const channelKinds = ['standard', 'private', 'shared'] as const;
export type ChannelKind = (typeof channelKinds)[number];
/** A channel that was mentioned: it stands for its team. */
export type ChannelRef = { name: string; kind?: ChannelKind };

/** A principal as somebody named it. */
export type WhoRef =
  | { person: PersonId }
  | { group: string; channel?: ChannelRef }
  | { everyone: true }
  | { words: string };

export const lists = ['mine', 'owned', 'shared', 'ownerless', 'all'] as const;
export type ListName = (typeof lists)[number];

/** What an admin can change with `policy`, as it is typed. */
export const policySettings = ['claims', 'cool-off', 'default-role', 'disabled-owner', 'deleted-owner'] as const;
export type PolicySetting = (typeof policySettings)[number];

/** Everything anyone can do is one of these. `P` names a profile, `W` a principal, `H` a person. */
type OperationOf<P, W, H> =
  | { kind: 'help' }
  | { kind: 'profiles'; list: ListName; network?: NetworkId; page?: number }
  | { kind: 'show'; profile: P }
  | { kind: 'add'; type?: ProfileType }
  /** `picking`: the picker is still open, nothing is shared yet; `search` is what stands in its search box. */
  | { kind: 'share'; who: W[]; profile: P; until?: Date; picking?: { search: string } }
  | { kind: 'unshare'; who: W[]; profile: P }
  /** `ask`: without a sign-in, those who decide are asked. */
  | { kind: 'claim'; profile: P; why?: string; ask?: true }
  | { kind: 'withdraw'; profile: P }
  | { kind: 'approve' | 'decline'; profile: P; claim: string; reason?: string }
  /** A claim as it is now, as the one who looks may see it. */
  | { kind: 'claimcard'; profile: P; claim: string }
  /** Against, or for, somebody who became an owner by signing in and may still be contested. */
  | { kind: 'object' | 'vouch'; profile: P; owner?: PersonId }
  | { kind: 'claims' }
  | { kind: 'approvals'; to: 'here' | 'off' }
  | { kind: 'policy'; setting?: PolicySetting; value?: string }
  | { kind: 'renew'; profile: P }
  | { kind: 'forget'; profile: P }
  | { kind: 'leave'; profile: P }
  | { kind: 'delete'; profile: P }
  /** An admin's: ends the ownership of somebody who left, before the window is over. */
  | { kind: 'removeOwner'; owner: PersonId; profile: P }
  | { kind: 'whatif'; who: H }
  | { kind: 'history'; profile: P; page?: number }
  | { kind: 'health'; page?: number }
  | { kind: 'allow'; what: Acquisition; profile: P }
  | { kind: 'deny'; what: Acquisition; profile: P }
  | { kind: 'role'; who: H; role: Role | 'admin' | 'no-admin' }
  | { kind: 'roles' }
  | { kind: 'code'; digits: string }
  /** The answer to a question put by a confirm card. */
  | { kind: 'yes' | 'no'; confirm: string };

/** As asked: names may still be words. */
export type Asked = OperationOf<ProfileRef, WhoRef, WhoRef>;
/** Resolved: every name is an id, so that rules can decide. */
export type Operation = OperationOf<ProfileId, Principal, { id: PersonId; name: string }>;
export type OperationKind = Operation['kind'];

/** Operations that only show something: repeating one does no harm, so memory is enough to know it again. */
const reads: ReadonlySet<OperationKind> = new Set([
  'help',
  'profiles',
  'show',
  'health',
  'history',
  'roles',
  'claims',
  'claimcard',
  'whatif',
]);
/** All others change something: done once, however often delivered, and only by somebody whose account works. */
export const changes = (kind: OperationKind): boolean => !reads.has(kind);

/** When the operation happens and its id: the same delivery gives the same id, so it is audited once. */
export type Moment = { now: Date; id: string };
