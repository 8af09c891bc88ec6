import type { TypeNames } from '../rules/profileTypes.js';
import type { Acquisition } from '../rules/types.js';

/** What a profile might do on its network. */
export const actions = [
  'publishText',
  'publishMedia',
  'reply',
  'like',
  'share',
  'sendMessages',
  'acquireMessages',
  'acquireSearch',
] as const;
export type Action = (typeof actions)[number];

/** `true`: the network allows a normal app to do it today. A sentence: why not. */
export type May = true | string;

export type Scope = { scope: string; why: string };

/** What a network's folder says of one of its types. */
export type OwnFacts = {
  /** `own`: the person's own account. `pages`: a sign-in may open several; the person picks. */
  opens: 'own' | 'pages';
  /** What one of them is called in a picker: "Page", "channel". */
  unit: string;
  /** What the person is asked for, and why. */
  scopes: readonly Scope[];
  /** What reading needs: one of the sets of scopes must be held whole. What is not here cannot be read. */
  reading?: Readonly<Partial<Record<Acquisition, readonly (readonly string[])[]>>>;
  /** The scopes that publishing needs; a sign-in without them is asked for again. */
  publishing?: readonly string[];
  /** Another set of scopes, asked for when the administrator set the apps up in another way. */
  otherWay?: { when: string; scopes: readonly Scope[]; publishing?: readonly string[] };
  /**
   * Asked for once the administrator set this to `yes`: a permission that the network gives after a review. Asking for one
   * that an app does not hold ends every sign-in.
   */
  reviewed?: { setting: string; scopes: readonly Scope[] };
  /** The type may have an app of its own: settings `<prefix>_CLIENT_ID` and `<prefix>_CLIENT_SECRET`. */
  ownApp?: string;
  may: Readonly<Record<Action, May>>;
  /** What holds for an action that is allowed. */
  conditions?: Readonly<Partial<Record<Action, string>>>;
  /** `refresh`: with a refresh token. `reexchange`: the token itself is swapped for a newer one. `none`: sign in again. */
  renewal: 'refresh' | 'reexchange' | 'none';
  /** Each refresh token works once only: then an old one is worth nothing beside a newer token set. */
  spendsRefreshTokens?: true;
  /**
   * One person's permission at the network stands behind all their profiles of this network. Taking it back for one
   * ends the others, so it is revoked only when the last goes.
   */
  sharesGrant: boolean;
  /** What to have ready before signing in. */
  before: readonly string[];
};

/** All that is known of a profile type: its names and what its network's folder says. */
export type TypeFacts = TypeNames & OwnFacts;

/** The names alone, as a network wants them. */
export function scopeNames(scopes: readonly Scope[]): string[] {
  return scopes.map(({ scope }) => scope);
}
