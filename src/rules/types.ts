import type { Caring, Light, Listing } from './derivedFields.js';
import type {
  Acquisition,
  GroupId,
  PersonId,
  PersonName,
  Principal,
  ProfileId,
  ProfileType,
  Role,
  TenantId,
} from './ids.js';
import type { Asked, NoticeTopic } from './operation.js';
import type { AuditRecord } from './records.js';

/** The words of this product as types. Dates are UTC `Date`s; ids are opaque strings; nothing here does I/O. */

export * from './derivedFields.js';
export * from './ids.js';
export * from './records.js';

/**
 * The verified person behind the activity being handled. Only `authenticate` (operations/actor.ts) makes one.
 * `groups` is empty until asked for; `timeZone` is an IANA name.
 */
export type Actor = PersonName & {
  tenant: TenantId;
  role: Role;
  admin: boolean;
  groups: readonly GroupId[];
  timeZone: string;
  /** A guest of the organisation: `everyone` does not mean them, and they look nobody up. */
  guest?: true;
};

export type Owner = PersonName & {
  since: Date;
  /** Set while a claim granted by sign-in alone may still be contested; the owner may act, but not everything is open. */
  coolOffUntil?: Date;
  /** Set while the directory says this person is leaving: from then on they are no owner. */
  leavingAt?: Date;
  /** What the directory said of their account then. */
  leftAs?: 'disabled' | 'deleted';
};

export type Share = {
  principal: Principal;
  /** Who shared it first. */
  by: PersonName;
  at: Date;
  until?: Date;
  /** What these people send needs an owner's yes. */
  approval?: true;
};

export type Claim = {
  id: string;
  /** The claimant. */
  by: PersonName;
  at: Date;
  ends: Date;
  /** The claimant signed in to that very account. */
  proven: boolean;
  why?: string;
  /** Set when an owner contested a claim that was granted by sign-in: owners are party then, Managers decide. */
  objectedBy?: PersonName;
  remindedAt?: Date;
  /** Set once it is over. It stays for a while, so that a late click is told what became of it. */
  decided?: { as: ClaimEnd; by: PersonName; at: Date; reason?: string };
};

/** An owner's yes in advance: whoever is invited and signs in to the account before `ends` is an owner at once. */
export type Invite = { person: PersonName; by: PersonName; at: Date; ends: Date };

/**
 * How a claim ends. `granted`: by a sign-in, without anybody's yes; `ended`: nobody decided in time; `objected`: an owner
 * objected, and another one that Managers decide took its place.
 */
export type ClaimEnd = 'approved' | 'declined' | 'withdrawn' | 'granted' | 'ended' | 'objected' | 'deleted';

export type FormerName = { handle: string; name: string; until: Date };

/** One account on one network, in one tenant. One operation writes one of these, once. */
export type Profile = Listing &
  Caring & {
    tenant: TenantId;
    id: ProfileId;
    /** Counts writes, for the store. */
    version: number;
    /** Counts operations that changed it: what a confirm names, so that emptying the outbox does not make one stale. */
    revision: number;
    type: ProfileType;
    /** The network's own id of the account: what a sign-in must match. */
    externalId: string;
    /** Without a leading @. */
    handle: string;
    name: string;
    picture?: string;
    url?: string;
    /** What it was called until its network showed other names: it is found by these too, for a while. */
    formerNames?: FormerName[];
    owners: Owner[];
    shares: Share[];
    claims: Claim[];
    invites?: Invite[];
    allowed: Partial<Record<Acquisition, { by: PersonName; at: Date }>>;
    /** `owner:<person>`, `person:<id>`, `group:<id>`, `everyone`, `ownerless`: who may see it, for one index. */
    access: string[];
    /** A deleted profile stays as a tombstone, seen by nobody, until its outbox is empty. */
    deleted?: true;
    /** When the next share or leaving owner ends; absent when none does. For the sweeps. */
    nextEnd?: Date;
    /** When the next claim is to be reminded of, ended or forgotten. For the sweep. */
    nextClaim?: Date;
    /** Nothing goes out with it until two Managers or admins have said yes. */
    frozen?: Freeze;
    outbox: OutboxEntry[];
    /** When the oldest outbox entry was written; absent when the outbox is empty. For the sweep that finds left-overs. */
    outboxSince?: Date;
    /** When somebody has to be told next how its sign-ins are; set to the present by every change. For the sweep. */
    careAt?: Date;
    /** How it was when its owners were last told; green is two or more valid sign-ins, yellow one, red none. */
    light?: Light;
    /** What was told of which sign-in, so that nobody hears it twice; a renewed sign-in starts anew. */
    told?: string[];
  };

/** Nothing goes out until two Managers or admins have said yes, each with a reason. A drill ends by itself. */
export type Freeze = {
  by: PersonName;
  at: Date;
  yes: readonly (PersonName & { reason: string; at: Date })[];
  drill?: true;
};

/** A chat or a thread of a channel, enough to say something there later. */
export type Place = { serviceUrl: string; conversation: string; bot: string };

/** What has to happen because of the last write. Carrying an entry out twice does no harm: `id` is the key. */
export type OutboxEntry =
  | { id: string; kind: 'audit'; record: AuditRecord }
  | { id: string; kind: 'notice'; notice: Notice; tries?: number; after?: Date; told?: string[]; missed?: string[] }
  /** Makes every card of a claim show how it is now, and posts those that are missing. */
  | { id: string; kind: 'claimCard'; claim: string; tries?: number; after?: Date }
  /** Makes the card of a preview, and of what came of it, show how it is now. */
  | { id: string; kind: 'intentCard'; posting: string; tries?: number; after?: Date }
  /** Makes every card that asks for a yes to a post show how it is now, and posts those that are missing. */
  | { id: string; kind: 'approvalCard'; intent: string; tries?: number; after?: Date }
  /** Says in a channel or group chat that a post which was asked for there is out. */
  | { id: string; kind: 'sayOut'; where: Place; title: string; url?: string; tries?: number; after?: Date }
  /** Posts that wait because of a freeze are looked at again: of one profile, or of all. */
  | { id: string; kind: 'wakeIntents'; profile?: ProfileId }
  /** What would keep a planned post is looked for anew: of all posts of the organisation, or of one author. */
  | { id: string; kind: 'foreseeIntents'; author?: PersonId }
  /** The profile is gone: nothing that waits with it goes out. */
  | { id: string; kind: 'stopIntents'; profile: ProfileId }
  /** A drill is over once nothing is on its way any more. */
  | { id: string; kind: 'endDrill'; profile: ProfileId; tries?: number; after?: Date }
  | { id: string; kind: 'grant'; grant: SealedGrant }
  /** `at`: later sign-ins are not meant. `noted`: the network has been asked, or will be, to end what it gave. */
  | { id: string; kind: 'dropGrant'; profile: ProfileId; person: PersonId | 'all'; at: Date; noted?: true }
  | { id: string; kind: 'revoke'; grant: SealedGrant; tries?: number; after?: Date };

/**
 * One message, told once to a person, or to each person of a group whom the bot can reach; not to who switched its
 * `topic` off. The text is plain: cards escape it. Buttons are judged when they are pressed, like all others.
 */
export type Notice = {
  to: { person: PersonId } | { group: GroupId };
  /** Who did it: never told of their own act. */
  from: PersonId;
  /** Somebody has to know: where the person cannot be reached, Managers are told (admins, where nobody is one). */
  orManagers?: true;
  topic?: NoticeTopic;
  title: string;
  text: string;
  /** The type of the profile it is about, for its network's picture. */
  about?: ProfileType;
  buttons?: { title: string; operation: Asked }[];
  /** Where it is at that network, to be opened from the message. */
  url?: string;
};

/** `dead`: the network said so. `unknown`: not proven just now, and tried again at `retryAt`. */
const grantStates = ['good', 'dead', 'unknown'] as const;
export type GrantState = (typeof grantStates)[number];

/**
 * Why a grant is not good. `revoked`: the network took it back or ended it. `interrupted`: a refresh was cut off, and
 * the network does not take the old token any more. `wait`: it asks us to wait. `outage`: it does not answer.
 * `notAllowed`: a permission, role or plan is missing. `unreadable`: no key opens it. `odd`: not understood.
 */
export type GrantReason = 'revoked' | 'interrupted' | 'wait' | 'outage' | 'notAllowed' | 'unreadable' | 'odd';

/** What the rules need to know of one person's sign-in for one profile. Tokens are never part of it. */
export type GrantFacts = {
  person: PersonId;
  personName: string;
  state: GrantState;
  scopes: readonly string[];
  /** When it ends for good unless renewed by hand; absent when the network names no end. */
  expiresAt?: Date;
  lastGoodAt?: Date;
  /** For `unknown`: when it is tried again. */
  retryAt?: Date;
  /** Why it is not good. */
  reason?: GrantReason;
};

/** A grant as it is stored: the facts plus the sealed token set. */
export type SealedGrant = GrantFacts & {
  tenant: TenantId;
  /** `<profile>:<person>` */
  id: string;
  version: number;
  profile: ProfileId;
  type: ProfileType;
  externalId: string;
  since: Date;
  /** When its account's names were read last. */
  namesAt?: Date;
  /** The whole token set, sealed by store/vault.ts for this tenant, profile and person. */
  sealed: string;
  /** Names the token set: it stays when the same set is sealed anew with another key. */
  tokenSet?: string;
  /** From when on it should be refreshed (or swapped for a newer one); absent when it cannot be. */
  refreshAt?: Date;
  /** When it was last refreshed by us, without a person. */
  renewedAt?: Date;
  /** When the sweep looks at it next; absent when it is dead. */
  checkAt?: Date;
  /** Failed checks in a row, for ever longer pauses. */
  tries?: number;
  /** Since when a refresh is under way. Found at the next one: that refresh was cut off, its token may be spent. */
  refreshing?: Date;
  /** The network's id of whoever signed in, where it gives one: other profiles may rest on the same permission. */
  networkUser?: string;
};
