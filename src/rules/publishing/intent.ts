import type { ReactionKind } from '../ids.js';
import type { OutboxEntry, PersonId, PersonName, Place, Profile, ProfileId, ProfileType, TenantId } from '../types.js';
import type { Picture } from './picture.js';
import type { Video } from './video.js';

export type { Picture };

/**
 * Where an intent stands. `asked`: shown as a preview, nothing is promised. `held`: goes out at its time, unless undone.
 * `waiting`: its time came, and something stands in its way. `sending`: bytes may be on their way. `unknown`: the answer was
 * lost. `toSettle`: only a person can tell. `notSent`: looked for and not there.
 */
export const intentStates = [
  'asked',
  'toApprove',
  'declined',
  'held',
  'waiting',
  'sending',
  'unknown',
  'toSettle',
  'sent',
  'notSent',
  'refused',
  'stopped',
  'takenBack',
] as const;
export type IntentState = (typeof intentStates)[number];

/** What may follow what. Nothing leads back to `sending` but through `held`, which a person asks for. */
export const follows: Readonly<Record<IntentState, readonly IntentState[]>> = {
  asked: ['toApprove', 'held', 'stopped'],
  toApprove: ['toApprove', 'held', 'waiting', 'declined', 'stopped'],
  declined: [],
  held: ['held', 'toApprove', 'sending', 'waiting', 'refused', 'stopped'],
  waiting: ['waiting', 'toApprove', 'held', 'sending', 'refused', 'stopped'],
  sending: ['sent', 'refused', 'waiting', 'unknown', 'notSent'],
  unknown: ['unknown', 'sent', 'notSent', 'refused', 'toSettle'],
  toSettle: ['sent', 'notSent', 'unknown'],
  sent: ['sent', 'takenBack'],
  notSent: ['held', 'unknown', 'sent'],
  refused: [],
  stopped: [],
  takenBack: [],
};

/** Nothing was handed to the network for sure: undo still leaves nothing there. */
export const isBeforeSending = (state: IntentState): boolean =>
  state === 'asked' || state === 'toApprove' || state === 'held' || state === 'waiting';

/** Why an intent is not on its way: a code, and a network's own words where there are some. */
export type Why = { code: WhyCode; text?: string; until?: Date };
export type WhyCode =
  | 'frozen'
  | 'late'
  | 'noSignIn'
  | 'networkWaits'
  | 'noCredit'
  | 'directoryDown'
  | 'noRight'
  | 'profileGone'
  | 'notOffered'
  | 'rejected'
  | 'pictureRefused'
  | 'videoRefused'
  | 'answerLost'
  | 'notFound'
  | 'notSeen'
  | 'several'
  | 'begun'
  | 'cannotLook'
  | 'notTakenBack'
  | 'undone'
  | 'replaced'
  | 'needsYes'
  | 'overdue'
  | 'undecided';

/**
 * Why a yes of somebody else is needed. `share`: nothing but a share "with approval" lets the author publish. The others
 * are rules of the organisation: a link to a domain that nothing led to before, a profile that everyone may use, a time
 * outside working hours.
 */
export type YesReason = 'share' | 'newDomain' | 'everyone' | 'hours';

/** A yes for exactly what it names; whoever said it still has to own the profile when it goes out, if they did. */
export type Approval = { by: PersonName; at: Date; hash: string; as: 'owner' | 'manager' };

/** What lets the author publish: ownership, or the share that asks least of them. */
export type Under = { as: 'owner' } | { as: 'share'; with: string; by: PersonName; at: Date; approval?: true };

/** What would keep a planned post from going out, as things stand before its time. */
export type Foreseen = 'authorGone' | 'reader' | 'ownerless' | 'notShared' | 'frozen' | 'noSignIn' | 'notOffered';

/** The post, or the comment on it, that is reacted to: by the network's ids, and as it was when it was looked up. */
export type Target = { link: string; id: string; comment?: string; by?: string; text?: string };

/** What an intent is, in sentences. */
export const actWord = ({ kind }: { kind?: ReactionKind }): ReactionKind | 'post' => kind ?? 'post';

/** A card in a chat, enough to change it later. */
export type CardPlace = Place & { activity: string };

/** What proves that a post is there. */
export type Proof = { id: string; url?: string; how: 'answer' | 'found' | 'person'; at: Date };
export type Candidate = { id: string; url?: string };

/** One post that a person asked for with one profile. Its id comes from the Teams activity and the profile. */
export type Intent = {
  tenant: TenantId;
  id: string;
  version: number;
  /** The preview it was asked in: one intent for each profile of it. */
  posting: string;
  profile: ProfileId;
  type: ProfileType;
  /** How the profile was called when it was asked: for sentences. */
  handle: string;
  author: PersonName;
  /** The author again, to be found by. */
  authorId: PersonId;
  /** The author's, for times in sentences to them. */
  timeZone: string;
  /** Absent: a post of its own. */
  kind?: ReactionKind;
  /** With `kind`: what it is about. */
  target?: Target;
  /** The target again, to be found by. */
  targetKey?: string;
  pictures?: readonly Picture[];
  /** Those again, to be found by. */
  pictureIds?: readonly string[];
  /** The network's ids of the pictures, once they are there and nobody sees them yet; and since when. */
  uploads?: readonly string[];
  uploadedAt?: Date;
  video?: Video;
  /** That again, to be found by. */
  videoId?: string;
  /** Where its bytes go at the network: sealed, and written down before the first of them leaves. */
  sealedSession?: string;
  /** Exactly what was typed. */
  text: string;
  /** The text as it goes over the wire, made once: what is sent is what was seen, whatever release sends it. */
  wire: string;
  /** Of the wire text. */
  hash: string;
  state: IntentState;
  askedAt: Date;
  /** When it goes out, or went. */
  at?: Date;
  /** A person chose the time; else it is only the hold. */
  scheduled?: true;
  /** When the worker looks at it next; absent while only a person can move it. */
  due?: Date;
  /** How often it was handed to the network. */
  attempts: number;
  /** The attempt under way (`hash`: of exactly what it handed over), or the last one: since when, and when whoever makes it counts as dead. */
  sending?: { since: Date; until: Date; ended?: Date; hash?: string };
  /** What the network showed of it, and when. */
  seen?: readonly { at: Date; as: 'same' | 'changed' | 'gone' }[];
  /** Until then it is being made once more, being a like or a repost, of which a second changes nothing. */
  again?: Date;
  /** Looks for it since its answer was lost, or since it was sent. */
  looks?: number;
  proof?: Proof;
  /** The network's id and link again, to be found by. */
  proofId?: string;
  proofUrl?: string;
  candidates?: readonly Candidate[];
  /** The post that its network called the same when the answer was lost: to be looked at by a person, never a proof. */
  named?: Candidate;
  why?: Why;
  /** Of a planned one: what its author and the owners have heard would keep it. */
  foreseen?: Foreseen;
  /** What lets the author publish, as it was when they pressed Send. */
  under?: Under;
  /** Since Send, where a yes was needed: why, and until when it is in time. */
  asks?: readonly YesReason[];
  decideBy?: Date;
  approval?: Approval;
  declined?: { by: PersonName; at: Date; reason: string };
  /** The text that those who decide saw last, where this one took its place. */
  before?: string;
  /** The hosts that its links lead to. */
  domains?: readonly string[];
  /** Somebody wants it off the network again; the worker does it. */
  takeBack?: PersonName;
  takeBackAt?: Date;
  /** What the network showed otherwise than it was sent. */
  differs?: 'changed' | 'gone';
  /** It was not shown once; networks show late, so it is looked for again before anybody hears of it. */
  missed?: true;
  /** Where the author sees it. */
  card?: CardPlace;
  /** The channel or group chat it was asked in: the others there read that it is out. */
  askedIn?: Place;
  /** A preview that nobody sent goes by itself. */
  expires?: Date;
  outbox: OutboxEntry[];
  outboxSince?: Date;
};

/** What a network makes of a text for one profile. `handle`: how the profile is called. */
export type Draft = {
  profile: Profile;
  handle: string;
  wire: string;
  hash: string;
  problems: readonly string[];
  /** The hosts that its links lead to, and those among them that nothing of the organisation led to before. */
  domains?: readonly string[];
  newDomains?: readonly string[];
};

/** A post of a profile's own, to be picked where its link hides its number. */
export type OwnPost = { link: string; text: string; at: Date };

/**
 * What a pasted link leads to, for one profile. `no`: nothing can be done with it, and why. `choose`: several profiles could
 * react. `pick`: the link hides which post it is.
 */
export type Aim =
  | { kind: 'no'; sentence: string; fix: string }
  | { kind: 'choose'; profiles: readonly Profile[] }
  | { kind: 'pick'; profile: Profile; posts: readonly OwnPost[] }
  | { kind: 'at'; profile: Profile; target: Target };

/** What there is to look at for operations on posts. */
export type Publishing = {
  drafts: readonly Draft[];
  /** What the operation is about, and their profiles as they are now. */
  intents: readonly Intent[];
  profiles: ReadonlyMap<ProfileId, Profile>;
  /** For a post: its pictures, in order. */
  pictures?: readonly Picture[];
  video?: Video;
  /** For a reaction: what its link leads to. */
  aim?: Aim;
  /** By intent: the hash of exactly what would be sent, worked out anew from what is stored. */
  hashes?: ReadonlyMap<string, string>;
  /** What taking one back costs on its network. */
  takeBackCost?: string;
};
