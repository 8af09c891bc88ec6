import type { NetworkId, ProfileType } from '../rules/types.js';

/** What one sign-in gave: kept sealed, swapped as a whole. */
export type Tokens = {
  access: string;
  refresh?: string;
  scopes: string[];
  /** When the network gave it. */
  givenAt?: Date;
  /** When the access token ends; absent when the network names no end. */
  accessEndsAt?: Date;
  /** When the whole grant ends unless someone signs in again; absent when unknown. */
  grantEndsAt?: Date;
  /**
   * Whatever else this network needs later; strings only. `user`: the network's id of whoever signed in, as its
   * deauthorization webhooks name it. `warning`: a sentence the person should read.
   */
  extra?: Record<string, string>;
};

/** An account the person may really use, or one that is shown greyed with `unusable` saying why. */
export type Account = {
  externalId: string;
  handle: string;
  name: string;
  picture?: string;
  url?: string;
  unusable?: string;
  /** The account's own token set where the network gives one (a Facebook Page); else the sign-in's is used. */
  tokens?: Tokens;
};

/** A network's app registration. `isReviewed`: it holds what `OwnFacts.reviewed` names. */
export type App = { clientId: string; clientSecret: string; isReviewed?: true };

/**
 * App registrations: by network, and by type where a type may have an app of its own (`settingsPrefixes` says which).
 * `none` under a type: the network's app cannot serve it, so it is not offered.
 */
export type Apps = Partial<Record<NetworkId, App> & Record<ProfileType, App | 'none'>>;

export type SignIn = {
  type: ProfileType;
  /** `appFor(type)` of networks/index.ts. */
  app: App;
  redirectUri: string;
  state: string;
  /** PKCE: the verifier; networks without PKCE ignore it. */
  verifier: string;
};

/** The same functions for every network. A network without one answers with `NetworkTrouble('unsupported')`. */
export interface Network {
  /** What a person is asked for when signing in for this type. A grant with fewer cannot do everything. */
  scopes(type: ProfileType): string[];
  /** Where the person goes to say yes. Already mapped through OUTBOUND_ORIGIN. */
  authorizeUrl(signIn: SignIn): Promise<URL>;
  /** `returned`: the whole address the browser came back to. Checks state and issuer, swaps the code at once. */
  exchange(signIn: SignIn, returned: URL): Promise<Tokens>;
  refresh(app: App, type: ProfileType, tokens: Tokens): Promise<Tokens>;
  revoke(app: App, type: ProfileType, tokens: Tokens): Promise<void>;
  /** The person's own account, or the Pages they may use: every result page followed. */
  accounts(type: ProfileType, tokens: Tokens): Promise<Account[]>;
  /**
   * One cheap call that shows the grant works for this account, with what the account is called now.
   * @throws NetworkTrouble when it does not
   */
  check(type: ProfileType, tokens: Tokens, externalId: string): Promise<Account>;
}

export type TroubleKind =
  | 'dead'
  | 'stale'
  | 'early'
  | 'wait'
  | 'passing'
  | 'declined'
  | 'notAllowed'
  | 'notSetUp'
  | 'unsupported'
  | 'unknown';

/**
 * Every failed call, as one of few answers. `dead`: the network said revoked or expired. `stale`: only the access token ran
 * out. `early`: a token of a few seconds ago is not known everywhere yet. `notAllowed`: this person may not. `notSetUp`: this
 * bot's own app may not. `unknown`: not understood. `message` never holds a token or a code.
 */
export class NetworkTrouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    message: string,
    readonly retryAt?: Date,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
