import { distance } from 'fastest-levenshtein';
import { nameOf } from '../../rules/access.js';
import { fold } from '../../rules/fold.js';
import { nameKeys, plainWords } from '../../rules/listing.js';
import { may, maySee, type ProfileOperation } from '../../rules/may.js';
import type { Asked, ProfileRef } from '../../rules/operation.js';
import { networkIds, type ProfileType, profileTypes, typeNames } from '../../rules/profileTypes.js';
import { formerNames } from '../../rules/signins/renaming.js';
import type { Actor, Profile } from '../../rules/types.js';
import { compareText } from '../../store/conditions.js';
import type { Condition } from '../../store/store.js';
import { accessOf, pageOf, type Scope } from '../answers/pages.js';
import type { Needs } from './parts.js';

type FindNeeds = Needs<'collections' | 'clock'>;

export type ProfileFound =
  | { kind: 'one'; profile: Profile }
  | { kind: 'missing' }
  | { kind: 'several'; words: string; profiles: Profile[] }
  /** None is called so; `near`: what may have been meant. */
  | { kind: 'none'; words: string; near: Profile[] };

/** As many as a card shows at once; with more, a name finds it. */
const chosenFrom = 10;
/** Rows that are looked through where no name key fits: the middle of a word, a slip of the finger, nothing named at all. */
const lookedThrough = 60;

/** The profile that is meant among those this actor may see, found through its name; the store reads a few of them at most. */
export async function findProfile(
  services: FindNeeds,
  actor: Actor,
  ref: ProfileRef,
  kind: Asked['kind'],
): Promise<ProfileFound> {
  if ('id' in ref) {
    const profile = await services.collections.profiles.get(actor.tenant, ref.id);
    return profile ? { kind: 'one', profile } : { kind: 'missing' };
  }
  const own = (await alsoFor[kind]?.(services, actor)) ?? [];
  if ('any' in ref) return { kind: 'several', words: '', profiles: await anyFor(services, actor, kind, own) };
  const { words } = ref;
  const matches = await named(services, actor, words, own);
  const [only] = matches.found;
  if (matches.found.length === 1 && only) return { kind: 'one', profile: only };
  if (matches.found.length > 1) return { kind: 'several', words, profiles: matches.found.slice(0, chosenFrom) };
  return { kind: 'none', words, near: nearest(words, matches.nearby) };
}

type Matches = { found: Profile[]; nearby: readonly Profile[] };

/** First by whole names, then by those of before, then by the beginning of a word, then by any part of those nearby. */
async function named(services: FindNeeds, actor: Actor, words: string, own: readonly Profile[]): Promise<Matches> {
  const now = services.clock();
  const { wanted, types } = meant(words);
  const steps: { as: How; find: () => Promise<readonly Profile[]> }[] = [
    { as: 'whole', find: () => candidates(services, actor, nameKeys.whole(wanted), types) },
    // Where `x:` is no network but how the name begins.
    ...(types
      ? [{ as: 'whole' as const, find: () => candidates(services, actor, nameKeys.whole(plainWords(words))) }]
      : []),
    { as: 'former', find: () => candidates(services, actor, nameKeys.former(wanted), types) },
    { as: 'part', find: () => candidates(services, actor, { prefix: nameKeys.part(wanted) }, types) },
    { as: 'part', find: () => nearbyOf(services, actor, wanted) },
  ];
  let nearby: readonly Profile[] = [];
  for (const { as, find } of steps) {
    nearby = await find();
    const { how, found } = matchesOf(words, [...own, ...without(nearby, own)], now);
    if (found.length > 0 && hows.indexOf(how) <= hows.indexOf(as)) return { found, nearby };
  }
  return { found: [], nearby };
}

const without = (profiles: readonly Profile[], others: readonly Profile[]) =>
  profiles.filter(({ id }) => !others.some((one) => one.id === id));

async function candidates(
  services: FindNeeds,
  actor: Actor,
  names: Condition,
  types?: readonly ProfileType[],
): Promise<Profile[]> {
  const access = accessOf(actor, scopeOf(actor));
  const where = { names, ...(access ? { access } : {}), ...(types ? { type: { in: types } } : {}) };
  const found = await services.collections.profiles.find(actor.tenant, where, { limit: chosenFrom + 1 });
  const now = services.clock();
  return inOrder(found.filter((profile) => maySee({ actor, profile, now })));
}

const inOrder = (profiles: Profile[]) => profiles.sort((a, b) => compareText(orderOf(a), orderOf(b)));
const orderOf = ({ sortName = '', id }: Profile) => `${sortName}\t${id}`;

const scopeOf = (actor: Actor): Scope => (actor.admin ? 'all' : 'visible');

/** Some whose names begin alike, and the first of the list: all there are, where there are not many. */
async function nearbyOf(services: FindNeeds, actor: Actor, wanted: string): Promise<Profile[]> {
  const start = wanted.slice(0, 2);
  const [alike, first] = await Promise.all([
    start === '' ? [] : candidates(services, actor, { prefix: nameKeys.part(start) }),
    pageOf(services, actor, { scope: scopeOf(actor) }, { size: lookedThrough }),
  ]);
  return inOrder([...first.profiles, ...without(alike, first.profiles)]);
}

/** Nothing was named: those that it can be done with, the actor's own first. */
async function anyFor(services: FindNeeds, actor: Actor, kind: Asked['kind'], own: readonly Profile[]) {
  const [owned, seen] = await Promise.all([
    pageOf(services, actor, { scope: 'owned' }, { size: lookedThrough / 2 }),
    pageOf(services, actor, { scope: scopeOf(actor) }, { size: lookedThrough / 2 }),
  ]);
  const all = [...own, ...without(owned.profiles, own)];
  const among = [...all, ...without(seen.profiles, all)];
  const rule = may[kind as ProfileOperation];
  const now = services.clock();
  return among.filter((profile) => !rule || rule({ actor, profile, now })).slice(0, chosenFrom);
}

/** Besides what one may see. */
const alsoFor: Partial<Record<Asked['kind'], (services: FindNeeds, actor: Actor) => Promise<Profile[]>>> = {
  /** A claim can be taken back after the share that showed the profile has ended. */
  withdraw: (services, actor) => byKey(services, actor, `claim:${actor.id}`),
  /** Who is invited may sign in. */
  claim: async (services, actor) => {
    const now = services.clock();
    const found = await byKey(services, actor, `invite:${actor.id}`);
    return found.filter((profile) => may.claim({ actor, profile, now }));
  },
};

const byKey = ({ collections }: FindNeeds, { tenant }: Actor, access: string) =>
  collections.profiles.find(
    tenant,
    { access, network: { in: networkIds } },
    { sort: { sortName: 1 }, limit: lookedThrough },
  );

/** `x:contoso`: the types that can be meant, and the name without them. */
function meant(words: string): { wanted: string; types?: ProfileType[] } {
  const [, before = '', rest = ''] = /^([a-z-]+):\s*(.+)$/i.exec(words.trim()) ?? [];
  const types = profileTypes.filter((type) => [type, typeNames[type].network].includes(before.toLowerCase() as never));
  return types.length > 0 ? { wanted: plainWords(rest), types } : { wanted: plainWords(words) };
}

/** How a name was met, the best first. */
const hows = ['whole', 'former', 'part'] as const;
type How = (typeof hows)[number];

/** `x:contoso`, `@contoso`, `Contoso Support` or any part: exact handles and names, and then those of before, win over parts. */
export const matchProfiles = (words: string, profiles: readonly Profile[], now: Date): Profile[] =>
  matchesOf(words, profiles, now).found;

function matchesOf(words: string, profiles: readonly Profile[], now: Date): { how: How; found: Profile[] } {
  const { wanted, types } = meant(words);
  const typed =
    types &&
    matching(
      wanted,
      profiles.filter(({ type }) => types.includes(type)),
      now,
    );
  return typed?.found.length ? typed : matching(types ? plainWords(words) : wanted, profiles, now);
}

function matching(wanted: string, among: readonly Profile[], now: Date): { how: How; found: Profile[] } {
  if (wanted === '') return { how: 'part', found: [] };
  const whole = among.filter((profile) => {
    const { names, said } = foldedOf(profile);
    return names.includes(wanted) || said === wanted;
  });
  if (whole.length > 0) return { how: 'whole', found: whole };
  const former = among.filter((profile) =>
    formerNames(profile, now).some(({ handle, name }) => [fold(handle), fold(name)].includes(wanted)),
  );
  if (former.length > 0) return { how: 'former', found: former };
  return {
    how: 'part',
    found: among.filter((profile) => foldedOf(profile).names.some((name) => name.includes(wanted))),
  };
}

/** By the document, which nobody changes in its place: each is compared several times, and folding is what costs. */
const folded = new WeakMap<Profile, { names: [handle: string, name: string]; said: string }>();

function foldedOf(profile: Profile) {
  const kept = folded.get(profile);
  if (kept) return kept;
  // Also as sentences and cards name it: what they say can be typed.
  const said = plainWords(nameOf(profile));
  const made = { names: [fold(profile.handle), fold(profile.name)] as [string, string], said };
  folded.set(profile, made);
  return made;
}

function nearest(words: string, profiles: readonly Profile[]): Profile[] {
  const wanted = plainWords(words).slice(0, 60);
  return profiles
    .map((profile) => ({ profile, far: distance(wanted, foldedOf(profile).names[0]) }))
    .filter(({ far, profile: { handle } }) => far <= Math.max(2, Math.floor((handle.length + 1) / 2)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ profile }) => profile);
}
