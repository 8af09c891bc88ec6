import type { Networks } from '../../networks/createNetworks.js';
import type { PastedLink } from '../../networks/links.js';
import { linksIn } from '../../networks/previewing.js';
import { nameOf } from '../../rules/access.js';
import type { State } from '../../rules/decision.js';
import { nameKeys, plainWords } from '../../rules/listing.js';
import type { Operation } from '../../rules/operation.js';
import { typeNames } from '../../rules/profileTypes.js';
import { mayReplace } from '../../rules/publishing/asking.js';
import type { Aim, Draft, Intent, Picture, Publishing } from '../../rules/publishing/intent.js';
import { targetKeyOf } from '../../rules/publishing/reacting.js';
import { seenOf, type Video } from '../../rules/publishing/video.js';
import type { Actor, Profile, ProfileId } from '../../rules/types.js';
import type { Where } from '../../store/store.js';
import type { Needs, Parts } from '../core/parts.js';
import { hashOf } from '../linkouts/tickets.js';
import { actOf, wayOf } from './actOf.js';
import { aimOf } from './aiming.js';
import { exactHash } from './exactly.js';
import { intentsOf } from './ledger.js';
import { pictureProblems } from './pictureProblems.js';
import { usablePictures } from './pictures.js';
import { profilesOf } from './profilesOf.js';
import { isReacting } from './reactions.js';
import { videoProblems } from './videoProblems.js';
import { usableVideo } from './videos.js';

type FactNeeds = Needs<'collections' | 'networks' | 'policies'>;

/** What an operation on posts may look at: the posts, their profiles now, and what the networks make of the text. */
export async function publishingFacts(services: Parts, actor: Actor, operation: Operation): Promise<Partial<State>> {
  const intents = await named(services, actor, operation);
  const asked = 'profiles' in operation ? operation.profiles : [];
  const profiles = await profilesOf(services, actor.tenant, [...asked, ...intents.map(({ profile }) => profile)]);
  const [only] = intents;
  const aim = isReacting(operation)
    ? await aimOf(services, actor, operation, profiles.get(operation.profiles[0] ?? ''))
    : undefined;
  const isPost = operation.kind === 'post';
  const replaced = isPost ? replacedBy(actor, intents, profiles, services.clock()) : [];
  const pictures = isPost ? await picturesFor(services, actor, operation, replaced) : (only?.pictures ?? []);
  const chosen = isPost && operation.video;
  const video = chosen ? await usableVideo(services, actor, chosen, replaced) : isPost ? undefined : only?.video;
  if (aim && 'profile' in aim) profiles.set(aim.profile.id, aim.profile);
  const profile = only && intents.length === 1 ? profiles.get(only.profile) : undefined;
  const publishing: Publishing = {
    intents,
    profiles,
    drafts: await withNewDomains(
      services,
      actor.tenant,
      draftsOf(services.networks, operation, { intents, profiles, aim, pictures, video }),
    ),
    ...(aim ? { aim } : {}),
    ...(pictures.length > 0 ? { pictures } : {}),
    ...(video ? { video } : {}),
    hashes: new Map(intents.map((intent) => [intent.id, exactHash(intent)])),
    ...costOf(services.networks, only),
  };
  return { publishing, ...(profile ? { profile } : {}) };
}

/** The posts that a new one takes the place of. */
const replacedBy = (actor: Actor, intents: readonly Intent[], profiles: ReadonlyMap<ProfileId, Profile>, now: Date) =>
  intents.filter((intent) => mayReplace(intent, profiles.get(intent.profile), actor, now));

/** Those that one may use, with what was said of each: in the form just now, else in the post that this one takes the place of. */
async function picturesFor(
  services: FactNeeds,
  actor: Actor,
  { pictures: ids = [], alts = [] }: Extract<Operation, { kind: 'post' }>,
  replaced: readonly Intent[],
): Promise<Picture[]> {
  const kept = await usablePictures(services, actor, ids, replaced);
  const before = replaced.flatMap(({ pictures = [] }) => pictures);
  return kept.map((picture) => {
    const earlier = before.find(({ id }) => id === picture.id) ?? picture;
    return { ...picture, alt: alts[ids.indexOf(picture.id)] ?? earlier.alt };
  });
}

/** Which posts an operation is about. Undo without a name is about what was sent last and is still held. */
async function named(services: FactNeeds, actor: Actor, operation: Operation): Promise<Intent[]> {
  const { tenant } = actor;
  if ('posting' in operation && operation.posting) return intentsOf(services, tenant, operation.posting);
  if ('instead' in operation && operation.instead) return intentsOf(services, tenant, operation.instead);
  const { intents } = services.collections;
  if ('intent' in operation && operation.intent) {
    const one = await intents.get(tenant, operation.intent);
    return one ? [one] : [];
  }
  if (operation.kind === 'prove') return operation.link ? intentsAt(services, tenant, operation.link) : [];
  if (operation.kind !== 'undo') return [];
  const where = { authorId: actor.id, state: { in: ['toApprove', 'held', 'waiting'] } };
  const held = await intents.find(tenant, where, { sort: { askedAt: -1 }, limit: 50 });
  return held.filter(({ posting }) => posting === held[0]?.posting);
}

/** Posts of ours that a link leads to. What a network calls them is looked for, however the link is written. */
async function intentsAt(services: FactNeeds, tenant: string, link: string): Promise<Intent[]> {
  const found = await services.networks.followLink(link);
  const where = 'network' in found ? await proofAt(services, tenant, found) : undefined;
  if (!('network' in found) || !where) return [];
  const intents = await services.collections.intents.find(tenant, where, { limit: 10 });
  return intents.filter(({ type }) => typeNames[type].network === found.network);
}

/** A link that names a comment means that, and not its post. */
async function proofAt(services: FactNeeds, tenant: string, link: PastedLink): Promise<Where | undefined> {
  const { networks } = services;
  if (link.kind === 'code' && link.comment) return { proofId: link.comment };
  if (link.kind === 'code') return { proofUrl: { in: networks.linksWithCode(link.network, link.code) } };
  if (link.kind !== 'post' && link.kind !== 'media') return undefined;
  const accounts = link.owner ? await accountsCalled(services, tenant, link.owner) : [];
  const ofThem = accounts.map(({ externalId }) => networks.postOf(link, externalId));
  return { proofId: { in: [link.comment, link.id, ...ofThem].filter((one) => one !== undefined) } };
}

/** Profiles whose handle stands in a link. */
async function accountsCalled({ collections }: FactNeeds, tenant: string, handle: string): Promise<Profile[]> {
  const found = await collections.profiles.find(tenant, { names: nameKeys.whole(plainWords(handle)) }, { limit: 50 });
  return found.filter((profile) => profile.handle.toLowerCase() === handle.toLowerCase());
}

type About = {
  intents: readonly Intent[];
  profiles: ReadonlyMap<ProfileId, Profile>;
  aim: Aim | undefined;
  pictures: readonly Picture[];
  video: Video | undefined;
};
type Act = Pick<Intent, 'text' | 'kind' | 'target' | 'pictures' | 'video'>;

/** Of a new text for the profiles that were named, or of what is sent, as it was asked. Nothing else looks at them. */
function draftsOf(networks: Networks, operation: Operation, about: About): Draft[] {
  return actsOf(operation, about).flatMap(({ id, ...act }) => {
    const profile = about.profiles.get(id);
    return profile ? draftOf(networks, profile, act) : [];
  });
}

function actsOf(operation: Operation, { intents, aim, pictures, video }: About): (Act & { id: ProfileId })[] {
  if (operation.kind === 'post') {
    return operation.profiles.map((id) => ({ id, text: operation.text ?? '', pictures, ...(video ? { video } : {}) }));
  }
  if (operation.kind === 'send') return intents.map((intent) => ({ id: intent.profile, ...actAsAsked(intent) }));
  if (!isReacting(operation)) return [];
  const { kind, text = '' } = operation;
  return aim?.kind === 'at' ? [{ id: aim.profile.id, text, kind, target: aim.target }] : [];
}

const actAsAsked = ({ text, kind, target, pictures, video }: Intent): Act => ({
  text,
  ...(kind && target ? { kind, target } : {}),
  ...(pictures ? { pictures } : {}),
  ...(video ? { video } : {}),
});

function draftOf(networks: Networks, profile: Profile, act: Act): Draft {
  const way = actOf(networks, { type: profile.type, ...act });
  const handle = nameOf(profile);
  if (typeof way === 'string')
    return { profile, handle, wire: act.text, hash: hashOfAct(profile, act, act.text), problems: [way] };
  const { wire, problems, links } = way.preview(act.text);
  const stopping = [...problems, ...pictureProblems(way, act.pictures, act.video), ...videoProblems(way, act.video)]
    .filter(({ stops }) => stops)
    .map(({ sentence }) => sentence);
  return {
    profile,
    handle,
    wire,
    hash: hashOfAct(profile, act, wire),
    problems: stopping,
    domains: hostsIn([...links, ...linksIn(wire)]),
  };
}

/**
 * What was looked at is what goes out: the text as it is sent, for a reaction what it is done to, and the very bytes and
 * words of pictures, or of a video.
 */
function hashOfAct({ type }: Profile, { kind, target, pictures = [], video }: Act, wire: string): string {
  if (kind && target) return hashOf(JSON.stringify([kind, targetKeyOf(type, target), wire]));
  if (video) return hashOf(JSON.stringify([wire, 'video', ...seenOf(video)]));
  return hashOf(pictures.length > 0 ? JSON.stringify([wire, pictures.map(({ hash, alt }) => [hash, alt])]) : wire);
}

/** The hosts that links lead to, as browsers read them, each once: also of links that the network does not see. */
function hostsIn(links: readonly string[]): string[] {
  const hosts = links.flatMap((link) => {
    const whole = /^https?:\/\//i.test(link) ? link : `https://${link}`;
    return URL.canParse(whole) ? [new URL(whole).hostname.replace(/^www\./, '')] : [];
  });
  return [...new Set(hosts)].slice(0, mostHosts);
}
const mostHosts = 50;

/** Which hosts nothing of the organisation led to before: asked only where that matters. */
async function withNewDomains(services: FactNeeds, tenant: string, drafts: readonly Draft[]): Promise<Draft[]> {
  const hosts = [...new Set(drafts.flatMap(({ domains = [] }) => domains))];
  if (hosts.length === 0 || (await services.policies.of(tenant)).newLinks === 'free') return [...drafts];
  const ledTo = (host: string) =>
    services.collections.intents.find(tenant, { domains: host, state: 'sent' }, { limit: 1 });
  const sent = await Promise.all(hosts.map(ledTo));
  const known = new Set(hosts.filter((_, at) => sent[at]?.length));
  return drafts.map((draft) => ({ ...draft, newDomains: (draft.domains ?? []).filter((host) => !known.has(host)) }));
}

function costOf(networks: Networks, intent: Intent | undefined): Pick<Publishing, 'takeBackCost'> {
  const way = intent && wayOf(networks, intent);
  return way ? { takeBackCost: way.takeBackCost } : {};
}

/** Whether, by whom and since when nothing of the organisation goes out. */
export async function frozenAllFacts(
  { collections }: Needs<'collections'>,
  { tenant }: Actor,
): Promise<Partial<State>> {
  const frozen = (await collections.tenants.get(tenant, 'tenant'))?.frozen;
  return frozen ? { frozenAll: frozen } : {};
}
