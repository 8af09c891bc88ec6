import type { Preview as PostPreview } from '../../networks/publishing.js';
import type { ConversationRef } from '../../platform/activity.js';
import type { Deciders } from '../../rules/claims/claims.js';
import type { Approvals, Policy, Question } from '../../rules/decision.js';
import type { ProfileOperation } from '../../rules/may.js';
import type { Asked, ListName, PagePlace, WhoRef } from '../../rules/operation.js';
import type { Fate } from '../../rules/ownership/whatIf.js';
import type { actWord, Intent, OwnPost, Target } from '../../rules/publishing/intent.js';
import type { Offer } from '../../rules/publishing/offers.js';
import type { Video } from '../../rules/publishing/video.js';
import type { Refusal } from '../../rules/refusals.js';
import type { Health } from '../../rules/signins/health.js';
import type { Mend, Need } from '../../rules/signins/urgency.js';
import type { NoticeTopic } from '../../rules/tenant/noticeTopics.js';
import type {
  Claim,
  GroupId,
  Light,
  NetworkId,
  PersonName,
  Principal,
  Profile,
  ProfileId,
  ProfileType,
  Role,
} from '../../rules/types.js';
import type { Chained } from '../../store/chain.js';
import type { AsOf } from '../people/memberships.js';
import type { AroundPage, HistoryEntry, RoleRow, ShownPicture, SignIn, Total } from './shown.js';

/** One profile as one actor may see it. */
export type ProfileFacts = {
  profile: Profile;
  health: Health;
  standing: 'owner' | 'shared' | 'ownerless' | 'admin';
  /** By whom and until when, when `standing` is shared: the share that lasts longest. */
  shared?: { by: PersonName; until?: Date; through: Principal };
  /** What the actor may do with it now; a hint for buttons. */
  may: ProfileOperation[];
  mayPublish: boolean;
  hasOwnGrant: boolean;
  /** Who signed in to it, for owners and admins. */
  signIns?: SignIn[];
};

/** One claim as one person may see it. */
export type ClaimFacts = {
  profile: Profile;
  claim: Claim;
  deciders: Deciders;
  /** What they may do about it. */
  standing: 'decider' | 'claimant' | 'other';
  /** Teams ids of those who see buttons where the others see none; `all`: too many, so everyone sees them. */
  refreshFor?: readonly string[] | 'all';
};

/** One post that waits for a yes, or did, as one person may see it. */
export type ApprovalFacts = {
  intent: Intent;
  profile: Profile;
  /** Of exactly what would be sent: a yes names it. */
  hash: string;
  preview: PostPreview | string;
  /** What is different from what those who decide saw last. */
  changes: readonly { kind: 'in' | 'out'; text: string }[];
  deciders: Deciders;
  standing: 'decider' | 'author' | 'other';
  /** They may write with the profile themselves. */
  mayChange?: true;
  refreshFor?: readonly string[] | 'all';
};

/** What is kept of one post. `hash`: of exactly what is stored now. `changed`: records that are not what their hash says. */
export type ReceiptFacts = {
  intent: Intent;
  hash: string;
  records: readonly Chained[];
  changed: readonly number[];
  /** How many more are on their way into the chain. */
  waiting: number;
};

export type { Preview as PostPreview } from '../../networks/publishing.js';
/** One post of a preview, as it is now. `preview`: what its network makes of the text; a sentence says why it cannot. */
export type PostRow = {
  intent: Intent;
  preview: PostPreview | string;
  offers: Offer[];
  /** The same text went out with the same profile, or is about to, within a day. */
  same?: Pick<Intent, 'author' | 'at' | 'askedAt'>;
  /** A reply to the same post was sent, or is about to be, with one of the organisation's profiles. */
  replied?: Pick<Intent, 'author' | 'handle' | 'at' | 'askedAt'>;
  /** Whose yes it waits for, or would after Send. */
  deciders?: string;
  /** It would wait after Send: nothing goes out with this profile now. */
  frozen?: true;
  /** What goes with a post there. */
  takes?: { pictures: boolean; videos: boolean };
  /** The profile at its network, where people alone can look for the post. */
  page?: string;
};
/** A preview and what came of it: one card, changed in place until its end. */
export type PostingFacts = {
  posting: string;
  text: string;
  rows: PostRow[];
  pictures: ShownPicture[];
  video?: Video;
};
/** What the form for a post is filled with. */
export type ComposeFacts = {
  offered: Profile[];
  picked: string[];
  text: string;
  at?: Date;
  instead?: string;
  /** Those that are there already. */
  pictures: ShownPicture[];
  video?: Video;
  /** What the form was sent without; or a picture or video that is not kept any more. */
  missing?: 'profiles' | 'text' | 'picture' | 'video';
};

/** One page of one list. */
export type Section = Total & {
  list: Exclude<ListName, 'mine'>;
  rows: ProfileFacts[];
  next?: PagePlace;
  previous?: PagePlace;
};
export type BrowsePage = AroundPage & { rows: ProfileFacts[] };
/** One profile that needs care, with what it needs and what mends it. */
export type HealthRow = { facts: ProfileFacts; need: Need; mend: Mend; daysLeft?: number };
/** Profiles that would fare alike without a person: the first of them, and how many there are. */
export type FateRows = Total & { fate: Fate['fate']; rows: (Fate & { facts: ProfileFacts })[] };
export type WhoOption = { ref: WhoRef; name: string; detail: string };
/** `hidden`: names of groups whose members this bot may not see; they are not in the numbers. */
export type Effect = { people: number; guests: number; exact: boolean; hidden?: string[] };
/** How many people each group, or everyone, has. */
export type Counts = Record<GroupId | 'everyone', Effect>;

/** What there is to show after an operation. The bot makes cards of it, a page could as well. */
export type Outcome =
  | { kind: 'refused'; refusal: Refusal; profile?: ProfileFacts; claim?: ClaimFacts; approval?: ApprovalFacts }
  | { kind: 'help'; all?: true }
  | { kind: 'lists'; list: ListName; network?: NetworkId; page: number; sections: Section[]; asOf?: AsOf }
  | ({ kind: 'browsed'; list: ListName; asOf?: AsOf } & BrowsePage)
  | {
      kind: 'profile';
      facts: ProfileFacts;
      done?: string;
      asOf?: AsOf;
      /** Things to know about what was just done. */
      notes?: string[];
      /** How many people each group that it is shared with has. */
      counts?: Counts;
    }
  | {
      kind: 'health';
      rows: HealthRow[];
      total: number;
      page: number;
      lights: Record<Light, number>;
      next?: PagePlace;
      previous?: PagePlace;
      asOf?: AsOf;
    }
  | { kind: 'gone'; done: string }
  | { kind: 'chooseProfile'; words: string; options: { facts: ProfileFacts; asked: Asked }[] }
  | { kind: 'chooseWho'; words: string; options: { option: WhoOption; asked: Asked }[] }
  | { kind: 'chooseType'; offered: readonly ProfileType[] }
  | {
      kind: 'ask';
      confirm: string;
      question: Exclude<Question, 'approvals' | 'demote-self'>;
      facts: ProfileFacts;
      operation: Asked;
      effect?: Effect;
      /** What is taken back, and what that costs. */
      takesBack?: { word: ReturnType<typeof actWord>; cost: string };
      changed?: string;
    }
  | {
      kind: 'linkOut';
      link: string;
      address: string;
      why: 'add' | 'claim' | 'renew';
      type: ProfileType;
      facts?: ProfileFacts;
      /** The page will show a code to type here: nobody else says who is in the browser. */
      byCode: boolean;
      /** For a claim: the other way, and what was said as its reason. */
      orAsk?: Asked;
      /** The claim that they asked for before, and that waits. */
      waits?: Claim;
    }
  /** A claim of a type whose network nobody can sign in to here. */
  | { kind: 'onlyAsk'; facts: ProfileFacts; orAsk: Asked }
  | {
      kind: 'pick';
      /** What is done with whoever is picked. */
      to: 'share' | 'invite';
      approval?: true;
      facts: ProfileFacts;
      picked: WhoOption[];
      /** The second step: whom it reaches, and the button that does it. */
      review?: true;
      until?: Date;
      span?: string;
      effect?: Effect;
    }
  | { kind: 'history'; profile: Profile; entries: HistoryEntry[]; page: number; more: boolean }
  | { kind: 'whatif'; person: PersonName; sections: FateRows[] }
  | { kind: 'roles'; people: RoleRow[]; defaultRole: Role; isMore: boolean }
  | { kind: 'notices'; quiet: readonly NoticeTopic[]; done?: string }
  | { kind: 'claim'; claim: ClaimFacts; done?: string; back?: Asked }
  | { kind: 'approval'; approval: ApprovalFacts; done?: string; back?: Asked }
  | { kind: 'claims'; toDecide: ClaimFacts[]; own: ClaimFacts[]; toApprove: Intent[] }
  | { kind: 'askChannel'; confirm: string; channel: string }
  /** Somebody is about to take a role from themselves. */
  | { kind: 'askRole'; confirm: string; role: Role | 'admin' | 'no-admin' }
  | { kind: 'policy'; policy: Policy; approvals?: Approvals; done?: string }
  | { kind: 'posting'; posting: PostingFacts; back?: Asked }
  | ({ kind: 'compose' } & ComposeFacts)
  /** Where pictures, or a video, are chosen for a preview. */
  | { kind: 'pictures'; posting: string; address: string; video?: true }
  /** Where the video of a post that waits for a yes is to be seen. */
  | { kind: 'watch'; intent: string; address: string }
  /** What a reply is written in. */
  | { kind: 'replyForm'; profile: Profile; target: Target; text: string; asked: Asked }
  /** The profile's last posts: which one is meant? */
  | { kind: 'pickPost'; profile: Profile; options: { post: OwnPost; asked: Asked }[] }
  | {
      kind: 'posts';
      rows: { intent: Intent; offers: Offer[] }[];
      page: number;
      more: boolean;
      profile?: ProfileId;
    }
  | { kind: 'receipt'; receipt: ReceiptFacts }
  /** `back`: what was there before. */
  | { kind: 'said'; title: string; text?: string; back?: Asked }
  /** Several profiles came of one sign-in. `card`: the card that offered the link, to be changed. */
  | { kind: 'signedIn'; outcomes: Outcome[]; card?: ConversationRef & { activity: string } };

/** What is decided by a card that stands where those who decide see it. */
export type DecisionCard = Extract<Outcome, { kind: 'claim' | 'approval' }>;
