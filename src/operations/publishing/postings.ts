import type { Publishing } from '../../networks/publishing.js';
import type { Asked, Operation } from '../../rules/operation.js';
import { decidersOfPost } from '../../rules/publishing/approving.js';
import type { Intent, IntentState, Picture, Publishing as PublishingFacts } from '../../rules/publishing/intent.js';
import { offersOf } from '../../rules/publishing/offers.js';
import { after, dayMs } from '../../rules/publishing/times.js';
import { anyOf } from '../../rules/spoken.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { Outcome, PostingFacts, PostPreview, PostRow } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { ShownPicture } from '../core/shown.js';
import { actOf, wayOf } from './actOf.js';
import { intentsOf } from './ledger.js';
import { isFrozenAll } from './liveFacts.js';
import { pictureProblems } from './pictureProblems.js';
import { thumbnail } from './pictures.js';
import { profilesOf } from './profilesOf.js';
import { usableProfiles } from './usable.js';
import { videoProblems } from './videoProblems.js';

type PostingNeeds = Needs<'collections' | 'networks' | 'vault' | 'clock'>;

/** States in which a card says something of the profile as it is now. */
const aboutProfile: ReadonlySet<IntentState> = new Set(['asked', 'toApprove', 'toSettle', 'notSent']);

/** All posts of one preview; undefined when there is none. */
export async function postingFacts(
  services: PostingNeeds,
  tenant: string,
  posting: string,
): Promise<PostingFacts | undefined> {
  const intents = await intentsOf(services, tenant, posting);
  const [first] = intents;
  if (!first) return undefined;
  const ids = intents.flatMap(({ state, profile }) => (aboutProfile.has(state) ? profile : []));
  const [profiles, frozenAll] = await Promise.all([
    profilesOf(services, tenant, ids),
    intents.some(({ state }) => state === 'asked') && isFrozenAll(services, tenant),
  ]);
  const rows = intents.map(async (intent): Promise<PostRow> => {
    const profile = profiles.get(intent.profile);
    const isPreview = intent.state === 'asked';
    const publishing = actOf(services.networks, intent);
    const way = typeof publishing === 'string' ? undefined : publishing;
    const preview = typeof publishing === 'string' ? publishing : withMedia(publishing, intent);
    const same = isPreview ? await sameText(services, intent) : undefined;
    const replied = isPreview && !same ? await earlierReply(services, intent) : undefined;
    const isFrozen = isPreview && (frozenAll || profile?.frozen !== undefined);
    const deciders = decidersInWords(intent, profile, services.clock());
    return {
      intent,
      preview,
      offers: offersOf(intent, way),
      ...(same ? { same } : {}),
      ...(replied ? { replied } : {}),
      ...(isFrozen ? { frozen: true as const } : {}),
      ...(deciders ? { deciders } : {}),
      ...(way ? { takes: { pictures: way.pictures !== undefined, videos: way.videos !== undefined } } : {}),
      ...(way?.peopleOnly && profile?.url ? { page: profile.url } : {}),
    };
  });
  return {
    ...{ posting, text: first.text },
    rows: await Promise.all(rows),
    pictures: await shownPictures(services, tenant, first.pictures),
    ...(first.video ? { video: first.video } : {}),
  };
}

const shownPictures = (
  services: Needs<'collections' | 'vault'>,
  tenant: string,
  pictures: readonly Picture[] = [],
): Promise<ShownPicture[]> =>
  Promise.all(
    pictures.map(async (picture) => {
      const shown = await thumbnail(services, tenant, picture.id);
      return { picture, ...(shown ? { thumbnail: shown } : {}) };
    }),
  );

function withMedia(publishing: Publishing, { text, pictures, video }: Intent): PostPreview {
  const preview = publishing.preview(text);
  return {
    ...preview,
    problems: [
      ...preview.problems,
      ...pictureProblems(publishing, pictures, video),
      ...videoProblems(publishing, video),
    ],
  };
}

const most = 4;

/** Whose yes a post waits for, or would after Send. */
function decidersInWords({ state, asks, author }: Intent, profile: Profile | undefined, now: Date) {
  if (!(state === 'toApprove' || (state === 'asked' && asks))) return undefined;
  const deciders = profile && decidersOfPost(profile, author.id, now);
  if (deciders?.kind !== 'owners') return 'a Manager or an admin';
  const names = deciders.owners.map(({ name }) => name);
  return anyOf(names.length > most ? [...names.slice(0, most - 1), 'another owner'] : names, most);
}

/** States in which a post is there, or may still come to be. */
const aliveStates = ['toApprove', 'held', 'waiting', 'sending', 'unknown', 'toSettle', 'sent'];

/** Somebody said the same with the same profile within a day: worth knowing before it is said twice. */
async function sameText({ collections }: PostingNeeds, { tenant, id, profile, hash, askedAt }: Intent) {
  const where = { profile, hash, state: { in: aliveStates }, askedAt: { gte: after(askedAt, -dayMs) } };
  const found = await collections.intents.find(tenant, where, { sort: { askedAt: -1 }, limit: 2 });
  return found.find((other) => other.id !== id);
}

/** The card of what was decided, or of what it was about where nothing had to change. */
export async function postingOutcome(
  services: PostingNeeds,
  actor: Actor,
  decided: readonly Intent[],
  about: readonly Intent[],
): Promise<Outcome> {
  const shown = decided.find(({ why }) => why?.code !== 'replaced') ?? about[0];
  const facts = shown && (await postingFacts(services, actor.tenant, shown.posting));
  return facts ? { kind: 'posting', posting: facts } : { kind: 'said', title: 'Nothing to do.' };
}

/** A colleague may have answered already, as this profile or as another of the organisation. */
async function earlierReply({ collections }: PostingNeeds, { tenant, id, kind, targetKey }: Intent) {
  if (kind !== 'reply' || !targetKey) return undefined;
  const where = { targetKey, state: { in: aliveStates } };
  const found = await collections.intents.find(tenant, where, { sort: { askedAt: -1 }, limit: 5 });
  return found.find((other) => other.kind === 'reply' && other.id !== id);
}

/** The form: what was given is filled in, and no profile is chosen beforehand when there are several. */
export async function composeOutcome(
  services: Needs<'collections' | 'clock' | 'vault'>,
  actor: Actor,
  operation: Extract<Operation, { kind: 'post' }>,
  { pictures, video }: Partial<Pick<PublishingFacts, 'pictures' | 'video'>>,
): Promise<Outcome> {
  const { profiles, text, at, instead, form } = operation;
  const offered = await usableProfiles(services, actor);
  const [only] = offered;
  const missing = text !== undefined && profiles.length === 0 ? 'profiles' : profiles.length > 0 ? 'text' : undefined;
  const lost =
    operation.video && !video
      ? ('video' as const)
      : (pictures?.length ?? 0) < (operation.pictures?.length ?? 0)
        ? ('picture' as const)
        : undefined;
  const picked = profiles.length === 0 && offered.length === 1 && only ? [only.id] : profiles;
  return {
    kind: 'compose',
    offered,
    picked,
    text: text ?? '',
    ...(at ? { at } : {}),
    ...(instead ? { instead } : {}),
    pictures: await shownPictures(services, actor.tenant, pictures),
    ...(video ? { video } : {}),
    ...(lost ? { missing: lost } : form || missing === undefined ? {} : { missing }),
  };
}

const pageSize = 10;

/** Previews that nobody sent yet, one row for each: their card may never have arrived, or be far up in the chat. */
async function draftsOf(
  { collections, clock }: Needs<'collections' | 'clock'>,
  actor: Actor,
  profile: string | undefined,
): Promise<Intent[]> {
  const own = { authorId: actor.id, ...(profile ? { profile } : {}) };
  const where = { ...own, state: 'asked', expires: { gt: clock() } };
  const found = await collections.intents.find(actor.tenant, where, { sort: { askedAt: -1 }, limit: pageSize });
  return found.filter(({ posting }, at) => found.findIndex((one) => one.posting === posting) === at);
}

/** One's own drafts, then what waits and what went out, newest first: of one profile, or one's own. */
export async function postsOutcome(
  services: PostingNeeds & Needs<'clock'>,
  actor: Actor,
  { profiles, posting, page = 0, listed }: Extract<Operation, { kind: 'posts' }>,
): Promise<Outcome> {
  if (posting) {
    const facts = await postingFacts(services, actor.tenant, posting);
    const back: Asked = { kind: 'posts', profiles: profiles.map((id) => ({ id })), page, left: posting };
    if (facts) return { kind: 'posting', posting: facts, ...(listed ? { back } : {}) };
  }
  const [profile] = profiles;
  const where = { ...(profile ? { profile } : { authorId: actor.id }), state: { in: shownStates } };
  const options = { sort: { askedAt: -1 as const }, limit: (page + 1) * pageSize + 1 };
  const found = await services.collections.intents.find(actor.tenant, where, options);
  const drafts = page === 0 ? await draftsOf(services, actor, profile) : [];
  const rows = found.slice(page * pageSize, (page + 1) * pageSize);
  return {
    kind: 'posts',
    rows: [...drafts, ...rows].map((intent) => ({
      intent,
      offers: offersOf(intent, wayOf(services.networks, intent)),
    })),
    page,
    more: found.length > (page + 1) * pageSize,
    ...(profile ? { profile } : {}),
  };
}

const shownStates = [
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
];
