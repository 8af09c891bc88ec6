import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { BrowserIdentity } from '../directory/browserIdentity.js';
import type { Directory } from '../directory/directory.js';
import type { Networks } from '../networks/index.js';
import type { Actor, Notice, PersonId, TenantId } from '../profiles/types.js';
import type { Collections, ConversationRef } from '../store/collections.js';
import type { Vault } from '../store/vault.js';
import type { Outcome } from './outcome.js';

/** How a message to one person went. `later`: the channel asked to wait. */
export type Told = { kind: 'told' } | { kind: 'unreachable' } | { kind: 'later'; at: Date };

/** Tells one person one thing in their personal chat. The bot implements it; operations never know Teams. */
export type Tell = (tenant: TenantId, person: PersonId, notice: Notice, id: string) => Promise<Told>;

/** Everything an operation needs from outside, made once at the start. */
export type Services = {
  collections: Collections;
  directory: Directory;
  networks: Networks;
  vault: Vault;
  clock: Clock;
  log: Logger;
  /** Random, unguessable, URL-safe. */
  ids: () => string;
  /** Where browsers reach this bot. */
  baseUrl: string;
  /** Object ids or sign-in names from ADMINS. */
  namedAdmins: readonly string[];
  tenants: readonly TenantId[];
  tell: Tell;
  /** Who is in the browser, by the organisation's sign-in; without it, a typed code. */
  identity?: BrowserIdentity;
  /** Shows an outcome where a card is already, without being asked in chat. The bot implements it. */
  showInChat: (actor: Actor, outcome: Outcome, card: ConversationRef & { activity: string }) => Promise<void>;
  /** Work after the answer; a graceful stop waits for it. */
  later: (what: string, work: () => Promise<unknown>) => void;
};
