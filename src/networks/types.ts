import { type NetworkId, networkIds, type ProfileType, profileTypes } from '../rules/types.js';
import { typeFacts } from './table.js';

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

export type TypeFacts = {
  network: NetworkId;
  /** "Facebook Page" */
  label: string;
  /** "Facebook" */
  networkLabel: string;
  /** `own`: the person's own account. `pages`: a sign-in may open several; the person picks. */
  opens: 'own' | 'pages';
  /** What one of them is called in a picker: "Page", "channel". */
  unit: string;
  /** What the person is asked for, and why. */
  scopes: readonly Scope[];
  /** Another set of scopes, asked for when the administrator set the apps up in another way. */
  otherWay?: { when: string; scopes: readonly Scope[] };
  /** The type may have an app of its own: settings `<prefix>_CLIENT_ID` and `<prefix>_CLIENT_SECRET`. */
  ownApp?: string;
  may: Readonly<Record<Action, May>>;
  /** What holds for an action that is allowed. */
  conditions?: Readonly<Partial<Record<Action, string>>>;
  /** How a handle is written: `@contoso`, or as it is. */
  handleForm: 'at' | 'plain';
  /** `refresh`: with a refresh token. `reexchange`: the token itself is swapped for a newer one. `none`: sign in again. */
  renewal: 'refresh' | 'reexchange' | 'none';
  /** How long a sign-in lasts when nothing renews it; absent where the network names no end. */
  days?: number;
  /**
   * One person's permission at the network stands behind all their profiles of this network. Taking it back for one
   * ends the others, so it is revoked only when the last goes.
   */
  sharesGrant: boolean;
  /** What to have ready before signing in. */
  before: readonly string[];
};

export { typeFacts };

export function scopesOf(type: ProfileType): string[] {
  return typeFacts[type].scopes.map(({ scope }) => scope);
}

export function networkOf(type: ProfileType): NetworkId {
  return typeFacts[type].network;
}

export function typesOf(network: NetworkId): ProfileType[] {
  return profileTypes.filter((type) => typeFacts[type].network === network);
}

/** What the settings call the apps: `X` for X_CLIENT_ID and X_CLIENT_SECRET. `key` is where `Apps` wants the pair. */
export function settingsPrefixes(): { key: NetworkId | ProfileType; prefix: string }[] {
  const types = profileTypes.flatMap((key) => {
    const prefix = typeFacts[key].ownApp;
    return prefix ? [{ key, prefix }] : [];
  });
  return [...networkIds.map((key) => ({ key, prefix: key.toUpperCase() })), ...types];
}
