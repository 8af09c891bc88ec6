import type { ConversationRef, Reach } from '../platform/activity.js';
import type { Approvals, ChannelPlace, Policy } from '../rules/decision.js';
import type { Asked } from '../rules/operation.js';
import type { Intent } from '../rules/publishing/intent.js';
import type { NoticeTopic } from '../rules/tenant/noticeTopics.js';
import type {
  Freeze,
  OutboxEntry,
  PersonId,
  PersonName,
  Profile,
  ProfileId,
  ProfileType,
  Role,
  SealedGrant,
} from '../rules/types.js';
import { type AuditDoc, auditSpec } from './chain.js';
import type { ClaimCardDoc } from './claimCardDocs.js';
import type { FollowingDoc, GroupDoc } from './following.js';
import { type MediaCollections, mediaSpecs } from './pictureDocs.js';
import { openSchema, type SchemaDoc } from './schema.js';
import type { Collection, CollectionSpec, Store, StoredDoc } from './store.js';

export type PersonDoc = StoredDoc &
  Reach & {
    name: string;
    /** Absent: the tenant's default. */
    role?: Role;
    /** Of release 0.1.0; the tenant's list counts once it is written. */
    admin?: boolean;
    /** What they do not want to be told of. */
    quiet?: NoticeTopic[];
    /** When they were welcomed. */
    welcomedAt?: Date;
    /** Since a message to them was refused for good. */
    unreachableSince?: Date;
    /** The directory's groups of this person, as of `groupsAt`. */
    groups?: string[];
    groupsAt?: Date;
    /** What the directory said of them at `standingAt`. */
    standing?: 'works' | 'guest' | 'disabled' | 'unknown';
    standingAt?: Date;
    /** When the directory's list of changes last named them: what was asked before that counts no more. */
    newsAt?: Date;
    timeZone?: string;
    /** Since when they wait for a role that works with profiles. */
    accessAskedAt?: Date;
    outbox: OutboxEntry[];
    outboxSince?: Date;
  };

/** One document per tenant, id `tenant`. */
export type TenantDoc = StoredDoc & {
  policy: Partial<Policy>;
  /** Nothing of the organisation goes out. */
  frozen?: Freeze;
  /** The channel that claims are posted into. */
  approvals?: Approvals;
  /** Whom admins made admins; whom ADMINS names is not in here. */
  admins?: PersonName[];
  outbox: OutboxEntry[];
  outboxSince?: Date;
};

/** A team the bot was added to: what a mention of it or of its channels means. */
export type TeamDoc = StoredDoc & {
  name: string;
  group?: string;
  serviceUrl: string;
  channels: { id: string; name: string }[];
};

/** A picked account with its token set, sealed together. */
export type LinkoutResult = {
  externalId: string;
  handle: string;
  name: string;
  picture?: string;
  url?: string;
  unusable?: string;
};

/** A visit to a network's sign-in page. Its id is the hash of the address's secret part; nothing in it can be replayed. */
export type LinkoutDoc = StoredDoc & {
  person: PersonId;
  personName: string;
  why: 'add' | 'claim' | 'renew';
  type: ProfileType;
  profile?: ProfileId;
  /** The operation that waits for the sign-in. */
  waiting: Asked;
  /**
   * `returning`: the network's answer is being read. `moved`: it goes on under another id, which `sealedNext` leads to.
   * `done`: nothing waits any more, and `lines` say what came of it.
   */
  phase: 'offered' | 'identifying' | 'sent' | 'returning' | 'moved' | 'returned' | 'done';
  /** The organisation's own sign-in showed that the person in the browser is the one who asked. */
  known?: boolean;
  expires: Date;
  /** Where the card with the link is, to be changed when it is done. */
  card?: ConversationRef & { activity: string };
  /** Since Continue: hash of the OAuth state, hash of the browser's cookie, sealed PKCE verifier. */
  state?: string;
  browser?: string;
  sealedVerifier?: string;
  /** Since the return: what may be picked, what was picked, the sealed tokens, the sealed one-time code. */
  accounts?: LinkoutResult[];
  picked?: string[];
  sealedTokens?: string;
  sealedCode?: string;
  sealedNext?: string;
  lines?: string[];
  triesLeft?: number;
};

export type ConfirmDoc = StoredDoc & {
  person: PersonId;
  asked: Asked;
  profile?: ProfileId;
  channel?: ChannelPlace;
  revision: number;
  /** What the card said, to say what changed when it did. */
  shown: string[];
  expires: Date;
};

/** Something that is done, or told, once; written by operations/outbox/once.ts. */
export type MarkDoc = StoredDoc & {
  at: Date;
  expires: Date;
  /** Who is at it, and until when it counts as theirs; both absent once it is done. */
  owner?: string;
  until?: Date;
  /** What came of it, as JSON. */
  answer?: string;
  /** Set while it is an answer that did not arrive: when it is tried next, how often it was, and may be there already. */
  due?: Date;
  tries?: number;
  posts?: number;
};
export type LeaseDoc = StoredDoc & { holder: string; term?: number; until: Date };
/** How far scheduled work came, by its name: where the directory's list of changes was read to, which groups were missed. */
export type JobStateDoc = StoredDoc & { link: string; at: Date; since?: Date };
/** By network: until when it asked us to wait. */
export type RateLimitDoc = StoredDoc & { until: Date };

/** How much somebody spent of a limit until `until`, when it is full again. */
export type AllowanceDoc = StoredDoc & { spent: number; until: Date; expires: Date; name?: string };

const specs = {
  profiles: {
    name: 'profiles',
    indexes: [
      { fields: ['type', 'externalId'], unique: true },
      // Lists, by name: what somebody may see; and everything, for admins. Then health, most urgent first.
      { fields: ['access', 'network', 'sortName', 'id'] },
      { fields: ['network', 'sortName', 'id'] },
      { fields: ['names'] },
      { fields: ['care', 'urgency', 'id'] },
      { fields: ['access', 'lightNow'] },
      { fields: ['lightNow'] },
      { fields: ['outboxSince'] },
      { fields: ['nextEnd'] },
      { fields: ['nextClaim'] },
      { fields: ['careAt'] },
    ],
  },
  grants: {
    name: 'grants',
    indexes: [
      { fields: ['profile'] },
      { fields: ['person'] },
      { fields: ['checkAt'] },
      { fields: ['networkUser'] },
      { fields: ['externalId'] },
    ],
  },
  people: { name: 'people', indexes: [{ fields: ['admin'] }, { fields: ['role'] }, { fields: ['outboxSince'] }] },
  tenants: { name: 'tenants', indexes: [{ fields: ['outboxSince'] }] },
  intents: {
    name: 'intents',
    indexes: [
      { fields: ['posting'] },
      { fields: ['profile', 'askedAt'] },
      { fields: ['authorId', 'askedAt'] },
      { fields: ['state', 'due'] },
      { fields: ['due'] },
      { fields: ['proofId'] },
      { fields: ['proofUrl'] },
      { fields: ['targetKey', 'askedAt'] },
      { fields: ['pictureIds'] },
      { fields: ['videoId'] },
      { fields: ['domains'] },
      { fields: ['outboxSince'] },
    ],
    expires: 'expires',
  },
  ...mediaSpecs,
  claimCards: { name: 'claimCards', indexes: [{ fields: ['claim'] }], expires: 'expires' },
  teams: { name: 'teams', indexes: [{ fields: ['name'] }] },
  linkouts: { name: 'linkouts', indexes: [{ fields: ['state'] }, { fields: ['person'] }], expires: 'expires' },
  confirms: { name: 'confirms', indexes: [], expires: 'expires' },
  marks: { name: 'marks', indexes: [{ fields: ['due'] }], expires: 'expires' },
  audit: auditSpec,
  allowances: { name: 'allowances', indexes: [{ fields: ['until'] }], expires: 'expires' },
  leases: { name: 'leases', indexes: [] },
  jobState: { name: 'jobState', indexes: [] },
  groups: { name: 'groups', indexes: [{ fields: ['revision'] }] },
  following: { name: 'following', indexes: [] },
  rateLimits: { name: 'rateLimits', indexes: [] },
} satisfies Record<string, CollectionSpec>;

export type Collections = MediaCollections & {
  profiles: Collection<Profile>;
  grants: Collection<SealedGrant>;
  people: Collection<PersonDoc>;
  tenants: Collection<TenantDoc>;
  intents: Collection<Intent>;
  claimCards: Collection<ClaimCardDoc>;
  teams: Collection<TeamDoc>;
  linkouts: Collection<LinkoutDoc>;
  confirms: Collection<ConfirmDoc>;
  marks: Collection<MarkDoc>;
  audit: Collection<AuditDoc>;
  allowances: Collection<AllowanceDoc>;
  leases: Collection<LeaseDoc>;
  jobState: Collection<JobStateDoc>;
  groups: Collection<GroupDoc>;
  following: Collection<FollowingDoc>;
  rateLimits: Collection<RateLimitDoc>;
  schema: Collection<SchemaDoc>;
};

/** What the collections are called in a store. */
export const collectionNames: readonly string[] = Object.values(specs).map(({ name }) => name);

/** Opens every collection with its indexes. @throws Error when a newer release wrote the store */
export async function openCollections(store: Store): Promise<Collections> {
  const schema = await openSchema(store);
  const opened = await Promise.all(
    Object.entries(specs).map(async ([key, spec]) => [key, await store.collection(spec)] as const),
  );
  return { ...Object.fromEntries(opened), schema } as unknown as Collections;
}
