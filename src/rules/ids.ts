/** What everything else is made of: ids, names, and the short closed lists. */

export type TenantId = string;
/** Entra object id of a person. */
export type PersonId = string;
/** Entra object id of a Microsoft 365 or security group. */
export type GroupId = string;
export type ProfileId = string;

export { type NetworkId, networkIds, type ProfileType, profileTypes } from './profileTypes.js';

export const roles = ['reader', 'responder', 'manager'] as const;
export type Role = (typeof roles)[number];

/** Whom a share names. `name` is what the directory called it when the share was made: for showing, never for deciding. */
export type Principal =
  | { kind: 'person'; id: PersonId; name: string; guest?: true }
  | { kind: 'group'; id: GroupId; name: string }
  | { kind: 'everyone' };

export type PersonName = { id: PersonId; name: string };

export const acquisitions = ['messages', 'search'] as const;
export type Acquisition = (typeof acquisitions)[number];

/** What is done with somebody's post, as people say it. */
export const reactionKinds = ['reply', 'like', 'repost'] as const;
export type ReactionKind = (typeof reactionKinds)[number];
