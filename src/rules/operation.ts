import type { ListFilter, ListName, PagePlace, Turn } from './browsing.js';
import type { Acquisition, NetworkId, PersonId, Principal, ProfileId, ProfileType, ReactionKind, Role } from './ids.js';
import type { Picking, PostForm, ProfileRef, WhoRef } from './refs.js';
import type { NoticeTopic } from './tenant/noticeTopics.js';
import type { PolicySetting } from './tenant/policy.js';

export * from './browsing.js';
export * from './refs.js';
export type { NoticeTopic };

type OneOf<K extends string> = K extends string ? { kind: K } : never;

/** Everything anyone can do is one of these. `P` names a profile, `W` a principal, `H` a person. */
type OperationOf<P, W, H> =
  /** `all`: every command, and not only what to begin with. */
  | { kind: 'help'; all?: true }
  | ({ kind: 'profiles'; list: ListName; network?: NetworkId } & Turn)
  /** A page of a list, as the tab shows it, `most` rows from behind a place. `descending`: from Z to A. */
  | ({ kind: 'browse'; list: ListName; descending?: true; after?: PagePlace; most?: number } & ListFilter)
  | { kind: 'show'; profile: P }
  | { kind: 'add'; type?: ProfileType; network?: NetworkId }
  /** `picking`: the picker is still open, nothing is shared yet; `review` is its second step, which shows whom it reaches. `endless`: an end that is there goes. `approval`: what they send needs an owner's yes. `span`: the words of an end that counts from the click that shares. */
  | {
      kind: 'share';
      who: W[];
      profile: P;
      until?: Date;
      span?: string;
      endless?: true;
      approval?: true;
      picking?: Picking;
    }
  | { kind: 'unshare'; who: W[]; profile: P }
  /** Asks people to become owners too, by signing in to the account. */
  | { kind: 'invite'; who: W[]; profile: P; picking?: Picking }
  /** `ask`: without a sign-in, those who decide are asked. */
  | { kind: 'claim'; profile: P; why?: string; ask?: true }
  | { kind: 'withdraw'; profile: P }
  | (OneOf<'approve' | 'decline'> & { profile: P; claim: string; reason?: string })
  /** A claim as it is now, as the one who looks may see it. */
  | { kind: 'claimcard'; profile: P; claim: string; listed?: true }
  /** Against, or for, somebody who became an owner by signing in and may still be contested. */
  | (OneOf<'object' | 'vouch'> & { profile: P; owner?: PersonId })
  | { kind: 'claims' }
  | { kind: 'approvals'; to: 'here' | 'off' }
  /** `changes`: what stands in the form. */
  | { kind: 'policy'; setting?: PolicySetting; value?: string; changes?: { setting: PolicySetting; value: string }[] }
  /** Looks now whether its sign-ins work, and not when the sweep comes to it. */
  | { kind: 'check'; profile: P }
  | { kind: 'renew'; profile: P }
  | { kind: 'forget'; profile: P }
  | { kind: 'leave'; profile: P }
  | { kind: 'delete'; profile: P }
  /** An admin's: ends the ownership of somebody who left, before the window is over. */
  | { kind: 'removeOwner'; owner: PersonId; profile: P }
  | { kind: 'whatif'; who: H }
  | { kind: 'history'; profile: P; page?: number }
  | ({ kind: 'health' } & Turn)
  | { kind: 'allow'; what: Acquisition; profile: P }
  | { kind: 'deny'; what: Acquisition; profile: P }
  | { kind: 'role'; who: H; role: Role | 'admin' | 'no-admin' }
  | { kind: 'roles' }
  /** A Reader asks to become a Responder; whoever may raise them can also say no for now. */
  | { kind: 'requestaccess' }
  | { kind: 'refuseaccess'; who: H }
  | { kind: 'notices'; topic?: NoticeTopic; on?: boolean }
  | { kind: 'code'; digits: string }
  /** One preview with a post for each profile. */
  | ({ kind: 'post'; profiles: P[] } & PostForm)
  /** A page to add pictures, or a video, to a preview, or to take them off. */
  | { kind: 'pictures'; posting: string; video?: true }
  /** One preview with a reaction to the post that the link leads to; without a profile, that of the link's network. */
  | (OneOf<ReactionKind> & { link: string; profiles: P[]; text?: string; form?: true; instead?: string })
  /** What the preview shows goes out. */
  | { kind: 'send'; posting: string }
  /** What waits and what went out, or all posts of one preview. */
  | { kind: 'posts'; profiles: P[]; posting?: string; page?: number; listed?: true; left?: string }
  /** Of one post, of all of a preview, or of what was sent last. */
  | (OneOf<'undo' | 'sendNow'> & { posting?: string; intent?: string })
  | (OneOf<'takeBack' | 'lookAgain' | 'watchVideo'> & { intent: string })
  /** A person looked at the network: it is there, as this one of several, or not. */
  | { kind: 'settle'; intent: string; there: boolean; candidate?: string }
  /** Who wrote a post, who approved it, what was sent and what is there: by its link, or from its card. */
  | { kind: 'prove'; link?: string; intent?: string }
  /** A yes for exactly what has this hash, or a no, to a post that waits for one. */
  | { kind: 'approvePost'; intent: string; hash: string }
  | { kind: 'declinePost'; intent: string; reason?: string }
  /** A post that waits for a yes as it is now, as the one who looks may see it. */
  | { kind: 'approvalcard'; intent: string; listed?: true }
  | { kind: 'freeze'; profile: P; drill?: true }
  | { kind: 'thaw'; profile: P; reason?: string }
  | { kind: 'freezeAll' }
  | { kind: 'thawAll'; reason?: string }
  /** The answer to a question put by a confirm card. */
  | (OneOf<'yes' | 'no'> & { confirm: string });

/** As asked: names may still be words. */
export type Asked = OperationOf<ProfileRef, WhoRef, WhoRef>;
/** Resolved: every name is an id, so that rules can decide. */
export type Operation = OperationOf<ProfileId, Principal, { id: PersonId; name: string }>;
export type OperationKind = Operation['kind'];

/**
 * Whom it is open to. `anybody`: Readers too. `role`: Responders and Managers. `worker`: them, and admins, whatever
 * their role. `admin`: admins. `may`: who the rule of this name in may.ts lets. `claim`: who knows the claim's id, and
 * with it has seen its card; they are answered about it even if they may not see the profile.
 */
export type Who = 'anybody' | 'role' | 'worker' | 'admin' | 'may' | 'claim';
/**
 * Facts that cost a question of their own, loaded before deciding where an operation needs them. `tenant`: who is admin,
 * out of the store now and not as known for seconds.
 */
export type Fact =
  | 'approvals'
  | 'claimant'
  | 'leaver'
  | 'tenant'
  | 'publishing'
  | 'frozenAll'
  | 'reached'
  | 'accessAsked';

type Any<K extends OperationKind> = Extract<Asked | Operation, { kind: K }>;
/** What tells one operation from another, for everything that handles them all. */
type Row<K extends OperationKind> = {
  /**
   * `reads`: repeating it does no harm. `changes`: done once, however often delivered, by somebody whose account works.
   * `resumes`: goes on with something asked before, whose own row counts then.
   */
  does: 'reads' | 'changes' | 'resumes';
  who: Who | ((operation: Any<K>, actor: { id: PersonId }) => Who);
  /** Whether it rests on the groups the actor is in: as known for minutes (`kept`), or asked of the directory now (`live`). */
  groups: Groups | ((operation: Any<K>) => Groups);
  /** `asker`: it depends on who asks, so it is answered in their personal chat. `there`: where it was asked. */
  answer: 'asker' | 'there';
  needs?: readonly Fact[];
  /** Whom it names is meant to be among these; else anybody in the directory. */
  among?: 'shares';
  /** What its card is about after a change; else the profile, or one line. */
  shows?: 'claim' | 'approval' | 'policy';
};
export type Groups = 'no' | 'kept' | 'live';

const ofList = ({ list }: { list: ListName }): Who => (list === 'all' ? 'admin' : 'worker');
const groupsOfList = ({ list }: { list: ListName }): Groups =>
  list === 'owned' || list === 'ownerless' ? 'no' : 'kept';
const read = { does: 'reads', answer: 'there' } as const;
const readByAsker = { does: 'reads', answer: 'asker' } as const;
const tenantChange = { does: 'changes', who: 'admin', groups: 'no', answer: 'there', needs: ['tenant'] } as const;
const profileChange = { does: 'changes', who: 'may', groups: 'kept', answer: 'there' } as const;
const claimDecision = { does: 'changes', who: 'claim', groups: 'kept', answer: 'there', shows: 'claim' } as const;
const publishing = {
  does: 'changes',
  who: 'role',
  groups: 'live',
  answer: 'asker',
  needs: ['publishing', 'frozenAll'],
} as const;
const resumed = { does: 'resumes', who: 'worker', groups: 'no', answer: 'there' } as const;
const freezing = { ...resumed, does: 'changes', needs: ['tenant', 'frozenAll'] } as const;
const postDecision = { ...freezing, groups: 'kept', needs: ['publishing', 'tenant'], shows: 'approval' } as const;

/** One row for each operation. What is the same for all of them looks here, and names none. */
export const operations = {
  help: { ...read, who: 'anybody', groups: 'no' },
  profiles: { ...readByAsker, who: ofList, groups: groupsOfList },
  browse: { ...readByAsker, who: ofList, groups: groupsOfList },
  show: { ...readByAsker, who: 'may', groups: 'kept' },
  add: { does: 'changes', who: 'role', groups: 'no', answer: 'there' },
  share: { ...profileChange, needs: ['reached'] },
  unshare: { ...profileChange, among: 'shares' },
  invite: profileChange,
  claim: { ...profileChange, groups: 'live' },
  withdraw: { ...profileChange, shows: 'claim' },
  approve: { ...claimDecision, needs: ['tenant', 'claimant'] },
  decline: { ...claimDecision, needs: ['tenant'] },
  claimcard: { ...read, who: 'claim', groups: 'kept' },
  object: profileChange,
  vouch: profileChange,
  claims: { ...readByAsker, who: 'worker', groups: 'kept' },
  approvals: { ...tenantChange, needs: ['approvals', 'tenant'] },
  policy: { ...tenantChange, shows: 'policy' },
  check: { ...readByAsker, who: 'may', groups: 'no' },
  renew: profileChange,
  forget: profileChange,
  leave: profileChange,
  delete: profileChange,
  removeOwner: { ...profileChange, needs: ['tenant', 'leaver'] },
  whatif: { ...read, who: ({ who }, actor) => (isOneself(who, actor.id) ? 'worker' : 'admin'), groups: 'no' },
  history: { ...readByAsker, who: 'may', groups: 'kept' },
  health: { ...readByAsker, who: 'worker', groups: 'kept' },
  allow: profileChange,
  deny: profileChange,
  role: tenantChange,
  notices: { does: 'changes', who: 'worker', groups: 'no', answer: 'asker' },
  roles: { ...read, who: 'admin', groups: 'no' },
  requestaccess: { does: 'changes', who: 'anybody', groups: 'no', answer: 'asker', needs: ['tenant', 'accessAsked'] },
  refuseaccess: { ...tenantChange, needs: ['tenant', 'accessAsked'] },
  post: publishing,
  pictures: publishing,
  reply: publishing,
  like: publishing,
  repost: publishing,
  send: publishing,
  posts: { ...readByAsker, who: 'worker', groups: 'kept', needs: ['publishing', 'frozenAll'] },
  undo: publishing,
  sendNow: publishing,
  takeBack: publishing,
  lookAgain: publishing,
  settle: publishing,
  approvePost: postDecision,
  declinePost: postDecision,
  approvalcard: { ...postDecision, does: 'reads' },
  watchVideo: { ...readByAsker, who: 'worker', groups: 'kept', needs: ['publishing', 'tenant'] },
  prove: { ...readByAsker, who: 'worker', groups: 'no', needs: ['publishing'] },
  freeze: profileChange,
  thaw: profileChange,
  freezeAll: freezing,
  thawAll: freezing,
  code: resumed,
  yes: resumed,
  no: resumed,
} satisfies { [K in OperationKind]: Row<K> };

/** The kinds of operation whose row says `V` under `F`. */
export type KindsWith<F extends 'does' | 'who', V> = {
  [K in OperationKind]: (typeof operations)[K][F] extends V ? K : never;
}[OperationKind];

/** Whether it, or what it goes on with, changes something: done once, however often it is delivered. */
export const changes = (kind: OperationKind): boolean => operations[kind].does !== 'reads';

/** The row of an operation, with what depends on the operation itself worked out. */
export function rowOf(operation: Asked | Operation, actor: { id: PersonId }) {
  const row = operations[operation.kind] as Row<OperationKind>;
  return {
    ...row,
    who: typeof row.who === 'function' ? row.who(operation, actor) : row.who,
    groups: typeof row.groups === 'function' ? row.groups(operation) : row.groups,
  };
}

/** "what if I leave" */
export const isMe = (who: WhoRef): boolean => 'words' in who && /^(i|me|myself)$/i.test(who.words.trim());
const isOneself = (who: WhoRef | { id: PersonId }, id: PersonId): boolean =>
  'id' in who ? who.id === id : 'person' in who ? who.person === id : isMe(who);

/** When the operation happens and its id: the same delivery gives the same id, so it is audited once. */
export type Moment = { now: Date; id: string };
