import type { Moment } from './operation.js';
import type { Intent, Publishing } from './publishing/intent.js';
import type { Refusal } from './refusals.js';
import type { NoticeTopic } from './tenant/noticeTopics.js';
import type { Policy } from './tenant/policy.js';
import type {
  Acquisition,
  Actor,
  Freeze,
  GrantFacts,
  GroupId,
  OutboxEntry,
  PersonId,
  PersonName,
  Place,
  Profile,
  ProfileType,
  Role,
  SealedGrant,
} from './types.js';

export { defaultPolicy, type Policy } from './tenant/policy.js';

/** An account somebody has proven to hold by signing in, with the grant that came of it, sealed for its profile. */
export type SignedIn = {
  account: { externalId: string; handle: string; name: string; picture?: string; url?: string };
  type: ProfileType;
  grant: SealedGrant;
  /** What the person should know of this sign-in, in a sentence or two. */
  warning?: string;
};

/** `named`: by the settings of the bot, so nobody takes it away in chat. */
export type Admin = PersonName & { named?: boolean };
/** Whom a refusal names: who has no name here yet cannot be asked. */
export const adminNames = (admins: readonly Admin[]): string[] => admins.map(({ name }) => name).filter(Boolean);

/**
 * Whom a profile without an owner is offered to, besides those it is shared with by name: members of the groups it is
 * shared with, who worked with it before, and who decides in the tenant.
 */
export type Heirs = {
  members: readonly PersonId[];
  used: readonly PersonId[];
  managers: readonly PersonId[];
  admins: readonly PersonId[];
};

/** Everything a rule may look at, loaded before deciding. */
export type State = {
  profile?: Profile;
  grants: readonly GrantFacts[];
  policy: Policy;
  /** Set once the person in the browser is shown to be the person in the chat. */
  signedIn?: SignedIn;
  /** Why the profile's type may not acquire something today; what it may is not in here. */
  cannotAcquire?: Partial<Record<Acquisition, string>>;
  /** The actor answered yes to the question asked about this very operation and revision. */
  confirmed: boolean;
  /** Everybody who is admin. */
  admins: readonly Admin[];
  /** What a change of the tenant's own document is decided on. */
  tenantVersion?: number;
  /** Asked live, for `removeOwner`: whether the account of the leaving owner works. */
  leaver?: 'gone' | 'back';
  heirs?: Heirs;
  /** For a share by an owner in cool-off: how many people theirs reach, with this one. */
  reached?: number;
  /** Asked live, for `approve`: whether the claimant can be an owner. */
  claimant?: 'works' | 'reader' | 'gone';
  /** For `approvals here`: the channel it was said in. */
  channel?: ChannelPlace;
  /** The channel that claims are posted into now. */
  approvals?: Approvals;
  /** The channel or group chat it was said in. */
  askedIn?: Place;
  /** For operations on posts. */
  publishing?: Publishing;
  /** Nothing of the whole organisation goes out. */
  frozenAll?: Freeze;
  /** When the person it is about asked for a role that works with profiles; absent when nobody has to answer that. */
  accessAskedAt?: Date;
};

/** A channel of a team, by its id. What else it takes to post there is in it, and the bot's alone. */
export type ChannelPlace = {
  channel: string;
  name: string;
  /** The group of its team, where it is known: who is in there sees what is posted. */
  group?: GroupId;
};
export type Approvals = ChannelPlace & { by: PersonName; at: Date };

export type Question =
  | 'delete'
  | 'leave'
  | 'leave-last'
  | 'share-everyone'
  | 'forget-last'
  | 'approvals'
  | 'demote-self'
  | 'unshare-many'
  | 'object'
  | 'take-back'
  | `allow-${Acquisition}`;

/** What comes of an operation. Only those that change something are written. */
export type Decision =
  | { kind: 'refuse'; refusal: Refusal }
  | { kind: 'view' }
  | { kind: 'change'; profile: Profile; done: string }
  /** What is kept with one person: their role, and since when they wait for another (null: not any more). */
  | {
      kind: 'changePerson';
      person: PersonName;
      role?: Role;
      accessAskedAt: Date | null;
      done: string;
      entry: OutboxEntry;
      also?: readonly OutboxEntry[];
    }
  | {
      kind: 'changeNotices';
      person: PersonName;
      topic: NoticeTopic;
      on: boolean;
      done: string;
      entry: OutboxEntry;
      also?: readonly OutboxEntry[];
    }
  /** `approvals` null: no channel any more. `frozen` null: things go out again. */
  | {
      kind: 'changeTenant';
      policy?: Partial<Policy>;
      approvals?: Approvals | null;
      admins?: readonly PersonName[];
      /** Posting a line is the only way to know whether the bot can write there: done after the yes, before the write. */
      onlyIf?: { posted: ChannelPlace; else: Refusal };
      frozen?: Freeze | null;
      done: string;
      entry: OutboxEntry;
      also?: readonly OutboxEntry[];
    }
  /** Each with its own write. */
  | { kind: 'intents'; intents: readonly Intent[] }
  /** What is missing of a post is asked for. */
  | { kind: 'compose' }
  /** A profile, or a post, has to be chosen before a reaction can be shown. */
  | { kind: 'aim' }
  /** A page of this bot's own, where pictures are chosen. */
  | { kind: 'pictures' }
  | { kind: 'ask'; question: Question }
  | { kind: 'linkOut'; why: 'add' | 'claim' | 'renew'; type?: ProfileType }
  | { kind: 'pick' };

export type Deciding = { actor: Actor; state: State; moment: Moment };
