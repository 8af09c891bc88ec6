import type { NetworkId } from '../../rules/types.js';
import type { Fault, Faults } from './faults.js';
import type { Media } from './media.js';
import type { MetaUploads } from './metaUploads.js';
import type { FakeAccount } from './people.js';
import type { Posts } from './posts.js';
import type { NetworkState } from './state.js';
import type { FakeParts, Pieces, Uploads } from './uploads.js';

/** A pretend app registration. */
export type FakeClient = {
  network: NetworkId;
  id: string;
  secret: string;
  name: string;
  /** The scopes its products open; absent: all. */
  scopes?: string[];
  /** Whether the network gives this app refresh tokens; absent: yes. */
  refresh?: boolean;
};

export type FakeWorld = {
  state: NetworkState;
  posts: Posts;
  media: Media;
  uploads: Uploads;
  /** Of X, by their media ids. */
  parts: Map<string, FakeParts>;
  /** Of LinkedIn, by the videos' own names. */
  pieces: Pieces;
  /** Of Meta's, by what stands in their addresses. */
  metaUploads: MetaUploads;
  faults: Faults;
  clients: FakeClient[];
  /** Whether an app registered this address. */
  mayReturnTo: (redirectUri: string) => boolean;
};

/** How the authorization server of one pretend network behaves. */
export type Door = {
  network: NetworkId;
  label: string;
  colour: string;
  question: string;
  /** Every scope there is, and what it allows. */
  scopes: Record<string, string>;
  /** Needed to read the account: the `missingScope` fault takes these away. */
  identify: string[];
  /** The consent page lets a person untick single permissions. */
  mayUntick: boolean;
  pkce: 'required' | 'optional' | 'none';
  codePrefix: string;
  codeSeconds: number;
  accounts: FakeAccount[];
  /** What comes back when the person says no. */
  declined: Record<string, string>;
  /** Put behind the way back, as Meta does. */
  fragment?: string;
  /** One permission per person and app: a new sign-in widens it, taking it back ends every token. */
  isShared?: boolean;
  /** Permissions once declined are left out, unless the address carries this word. */
  askAgain?: { name: string; value: string };
};

/** Whether the `missingScope` fault takes this scope away. */
export function isTaken(door: Door, fault: Fault, scope: string): boolean {
  return fault.scope === undefined ? door.identify.includes(scope) : fault.scope === scope;
}
