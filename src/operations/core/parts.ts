import type { Logger } from 'pino';
import type { BrowserIdentity } from '../../directory/browserIdentity.js';
import type { Directory } from '../../directory/directory.js';
import type { Installer } from '../../directory/installer.js';
import type { Networks } from '../../networks/createNetworks.js';
import type { ConversationRef } from '../../platform/activity.js';
import type { Clock } from '../../platform/clock.js';
import type { Watch } from '../../platform/watch.js';
import type { ChannelPlace } from '../../rules/decision.js';
import type { CardPlace, Intent } from '../../rules/publishing/intent.js';
import type { Actor, Notice, PersonId, Place, SealedGrant, TenantId } from '../../rules/types.js';
import type { Collections, PersonDoc } from '../../store/collections.js';
import type { Records } from '../../store/records.js';
import type { SealedFiles } from '../../store/sealedFiles.js';
import type { Vault } from '../../store/vault.js';
import type { Once } from '../outbox/once.js';
import type { Replies } from '../outbox/replies.js';
import type { Admins } from '../people/admins.js';
import type { Followed } from '../people/followed.js';
import type { Limits } from '../people/limits.js';
import type { Memberships } from '../people/memberships.js';
import type { Policies } from '../people/policies.js';
import type { Reaches } from '../people/reaches.js';
import type { DecisionCard, Outcome, PostingFacts } from './outcome.js';

/** How a message to one person went. `later`: the channel asked to wait. */
export type Told = { kind: 'told' } | { kind: 'unreachable' } | { kind: 'later'; at: Date };

/**
 * Tells one person one thing in their personal chat. A message that got no answer at all counts as told: it mostly is
 * there, and reading it twice is worse than the rare miss. An answer that says "failed" is tried again. The bot implements it; operations never know
 * Teams.
 */
export type Tell = (tenant: TenantId, person: PersonId, notice: Notice, id: string) => Promise<Told>;

/** `unknown`: no answer came, so it may be there all the same. `gone`: the card is not there any more. */
export type Posted =
  | { kind: 'posted'; card: ConversationRef & { activity: string } }
  | { kind: 'unreachable' }
  | { kind: 'later'; at: Date; unknown?: true };
export type Updated = { kind: 'updated' } | { kind: 'gone' } | { kind: 'unreachable' } | { kind: 'later'; at: Date };

/** Cards of claims, and of posts that wait for a yes, in chats and channels. The bot implements it. */
export type DecisionCards = {
  /** Posts a line into a channel, to know whether the bot can. */
  tryChannel: (channel: ChannelPlace, by: Actor) => Promise<boolean>;
  post: (where: ChannelPlace | PersonDoc, shown: DecisionCard, tenant: TenantId) => Promise<Posted>;
  update: (card: ConversationRef & { activity: string }, shown: DecisionCard) => Promise<Updated>;
};

/** Cards of previews, changed in place until their end. The bot implements it. */
export type PostingCards = {
  update: (card: CardPlace, facts: PostingFacts) => Promise<Updated>;
  /** Tells a channel or group chat that a post which was asked for there is out. */
  say: (where: Place, title: string, url: string | undefined) => Promise<Told>;
};

/** Where the tab opens: at its lists, or at what `page` names. What is shown there depends on who opens it. */
export type TabLink = (page?: string) => string;

/**
 * The parts that operations can ask for, built in order at the start. A function names the few it needs (`Needs`); only
 * the shell that any operation may run through, and the relay of any outbox, is given all.
 */
export type Parts = {
  collections: Collections;
  /** What is too large for a document. */
  files: SealedFiles;
  directory: Directory;
  networks: Networks;
  vault: Vault;
  clock: Clock;
  log: Logger;
  /** Times what is done, for operators. */
  watch: Watch;
  /** Random, unguessable, URL-safe. */
  ids: () => string;
  /** Where browsers reach this bot. */
  baseUrl: string;
  tabLink: TabLink;
  /** What one person may ask for in which time. */
  limits: Limits;
  policies: Policies;
  admins: Admins;
  memberships: Memberships;
  followed: Followed;
  reaches: Reaches;
  /** Refreshes of sign-ins under way in this process. */
  refreshing: (key: string, ask: () => Promise<SealedGrant>) => Promise<SealedGrant>;
  /** Tenants whose sign-ins were sealed with the first key since the start. */
  resealed: Set<TenantId>;
  tenants: readonly TenantId[];
  /** Keeps audit records, each tied to the one before. */
  records: Records;
  /** Does something once, in whatever process. */
  once: Once;
  replies: Replies;
  tell: Tell;
  decisionCards: DecisionCards;
  postingCards: PostingCards;
  /** Brings up to date what instances of the release before still wrote, for a day after an upgrade. */
  catchUp: () => Promise<void>;
  /** What comes of a written intent: its outbox is emptied, and the worker is woken when its time comes. */
  follow: (intent: Intent) => void;
  /** Has the worker look at an intent when its time comes. Far times are the sweep's. */
  wake: (intent: Pick<Intent, 'tenant' | 'id'>, at: Date) => void;
  /** Gives a person this app in Teams, where the organisation allows that. */
  install?: Installer;
  /** Who is in the browser, by the organisation's sign-in; without it, a typed code. */
  identity?: BrowserIdentity;
  /** Shows an outcome where a card is already, without being asked in chat. The bot implements it. */
  showInChat: (actor: Actor, outcome: Outcome, card: ConversationRef & { activity: string }) => Promise<void>;
  /** Work after the answer; a graceful stop waits for it. */
  later: (what: string, work: () => Promise<unknown>) => void;
};

/** Some of the parts, by name: `Needs<'collections' | 'clock'>`. */
export type Needs<K extends keyof Parts> = Pick<Parts, K>;
