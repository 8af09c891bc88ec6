import { distance } from 'fastest-levenshtein';
import { networkOf } from '../../networks/types.js';
import { nameOf } from '../../rules/access.js';
import { fold } from '../../rules/fold.js';
import { may, type ProfileOperation } from '../../rules/may.js';
import type { Asked, Operation, ProfileRef, WhoRef } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { formerNames } from '../../rules/signins/renaming.js';
import type { Actor, Profile } from '../../rules/types.js';
import { visibleProfiles } from '../answers/profileFacts.js';
import { resolvePerson, resolveWho } from '../people/resolveWho.js';
import type { WhoFound } from '../people/searchWho.js';
import type { WhoOption } from './outcome.js';
import type { Needs } from './parts.js';

/** The profile that is meant, as it stands in the store; or a choice to make; or why there is nothing to choose from. */
export type Located =
  | { kind: 'located'; asked: Asked; profile?: Profile }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'chooseProfile'; words: string; options: { profile: Profile; asked: Asked }[] };

/** Which profile is meant, or which ones, among those this actor may see. The directory is not asked. */
export async function locate(services: Needs<'collections' | 'clock'>, actor: Actor, asked: Asked): Promise<Located> {
  if ('profiles' in asked) return locateAll(services, actor, asked);
  if (!('profile' in asked)) return { kind: 'located', asked };
  const on = (profile: Profile): Asked => ({ ...asked, profile: { id: profile.id } });
  const found = await findProfile(services, actor, asked.profile, alsoFor[asked.kind]);
  if (found.kind === 'refused') return found;
  if (found.kind === 'missing') return { kind: 'located', asked };
  if (found.kind === 'one') return { kind: 'located', asked: on(found.profile), profile: found.profile };
  const rule = 'any' in asked.profile ? may[asked.kind as ProfileOperation] : undefined;
  const open = found.profiles.filter((profile) => !rule || rule({ actor, profile, now: services.clock() }));
  // Nothing was named, and there is nothing that it could be.
  if (open.length === 0) return { kind: 'refused', refusal: refuse('notFound') };
  const options = open.slice(0, chosenFrom).map((profile) => ({ profile, asked: on(profile) }));
  return { kind: 'chooseProfile', words: found.words, options };
}

/** Several profiles: the first that is not clear is asked about, with all others as they are. */
async function locateAll(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  asked: Extract<Asked, { profiles: ProfileRef[] }>,
): Promise<Located> {
  const refs: ProfileRef[] = [];
  for (const [at, ref] of asked.profiles.entries()) {
    const found: ProfileFound = 'id' in ref ? { kind: 'missing' } : await findProfile(services, actor, ref);
    if (found.kind === 'refused') return found;
    if (found.kind === 'several') {
      const options = found.profiles.map((profile) => {
        const profiles = asked.profiles.map((old, index) => (index === at ? { id: profile.id } : old));
        return { profile, asked: { ...asked, profiles } };
      });
      return { kind: 'chooseProfile', words: found.words, options };
    }
    const known = found.kind === 'one' ? { id: found.profile.id } : ref;
    if (!refs.some((one) => 'id' in one && 'id' in known && one.id === known.id)) refs.push(known);
  }
  return { kind: 'located', asked: { ...asked, profiles: refs } };
}

/** As many as a card shows at once; with more, a name finds it. */
const chosenFrom = 10;

type ProfileFound =
  | { kind: 'one'; profile: Profile }
  | { kind: 'missing' }
  | { kind: 'several'; words: string; profiles: Profile[] }
  | { kind: 'refused'; refusal: Refusal };

async function findProfile(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  ref: ProfileRef,
  also?: Also,
): Promise<ProfileFound> {
  if ('id' in ref) {
    const profile = await services.collections.profiles.get(actor.tenant, ref.id);
    return profile ? { kind: 'one', profile } : { kind: 'missing' };
  }
  const words = 'any' in ref ? '' : ref.words;
  const visible = await visibleProfiles(services, actor, true);
  const own = also ? await also(services, actor) : [];
  const among = [...own, ...visible.filter(({ id }) => !own.some((one) => one.id === id))];
  if ('any' in ref) return { kind: 'several', words, profiles: among };
  const matches = matchProfiles(words, among, services.clock());
  const [only] = matches;
  if (matches.length === 1 && only) return { kind: 'one', profile: only };
  if (matches.length > 1) return { kind: 'several', words, profiles: matches.slice(0, chosenFrom) };
  return { kind: 'refused', refusal: refuse('notFound', words, nearestNames(words, visible)) };
}

/** An operation whose names are ids; or a choice to make; or whom nobody knows. */
export type Named =
  | { kind: 'operation'; operation: Operation }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'chooseWho'; words: string; options: { option: WhoOption; asked: Asked }[] };

/** Turns the names of people and groups into ids. Rights were looked at before: only now is the directory asked. */
export function nameAll(
  services: Needs<'directory'>,
  actor: Actor,
  asked: Asked,
  profile: Profile | undefined,
): Named | Promise<Named> {
  if (!('who' in asked)) return { kind: 'operation', operation: withProfile(asked, profile) };
  if (asked.kind === 'role' || asked.kind === 'whatif') return namePerson(services, actor, asked);
  return namePrincipals(services, actor, asked, profile);
}

/** What was located stands by its id from here on. */
function withProfile(asked: Asked, profile: Profile | undefined): Operation {
  const ids = 'profiles' in asked ? asked.profiles.flatMap((ref) => ('id' in ref ? ref.id : [])) : undefined;
  return { ...asked, ...(profile ? { profile: profile.id } : {}), ...(ids ? { profiles: ids } : {}) } as Operation;
}

type OnPrincipals = Extract<Asked, { who: WhoRef[] }>;

async function namePrincipals(
  services: Needs<'directory'>,
  actor: Actor,
  asked: OnPrincipals,
  profile: Profile | undefined,
): Promise<Named> {
  const shares = asked.kind === 'unshare' ? (profile?.shares ?? []) : undefined;
  const who = await resolveWho(services, actor, asked.who, shares);
  if (who.kind === 'found') {
    return { kind: 'operation', operation: { ...withProfile(asked, profile), who: who.principals } as Operation };
  }
  const open = who.kind === 'several' ? who.index : -1;
  return chooseWho(who, (ref) => ({ ...asked, who: asked.who.map((old, at) => (at === open ? ref : old)) }));
}

type OnPerson = Extract<Asked, { who: WhoRef }>;

/** One person, also one whose account is switched off: nothing is given to them by it. */
async function namePerson(services: Needs<'directory'>, actor: Actor, asked: OnPerson): Promise<Named> {
  const who = await resolvePerson(services, actor, meant(asked.who));
  if (who.kind !== 'found') return chooseWho(who, (found) => ({ ...asked, who: found }));
  const [person] = who.principals;
  if (person?.kind === 'person') {
    return { kind: 'operation', operation: { ...asked, who: { id: person.id, name: person.name } } };
  }
  return { kind: 'refused', refusal: refuse('personOnly', person?.kind === 'group' ? person.name : 'Everyone') };
}

/** "what if I leave" */
const meant = (ref: WhoRef): WhoRef =>
  'words' in ref && /^(i|me|myself)$/i.test(ref.words.trim()) ? { words: 'me' } : ref;

function chooseWho(who: Exclude<WhoFound, { kind: 'found' }>, withRef: (ref: WhoOption['ref']) => Asked): Named {
  if (who.kind === 'refused') return who;
  const options = who.options.map((option) => ({ option, asked: withRef(option.ref) }));
  return { kind: 'chooseWho', words: who.words, options };
}

async function invitedProfiles(services: Needs<'collections' | 'clock'>, actor: Actor): Promise<Profile[]> {
  const now = services.clock();
  const found = await services.collections.profiles.find(actor.tenant, { access: `invite:${actor.id}` });
  return found.filter((profile) => may.claim({ actor, profile, now }));
}

async function claimedProfiles(services: Needs<'collections' | 'clock'>, actor: Actor): Promise<Profile[]> {
  return services.collections.profiles.find(actor.tenant, { access: `claim:${actor.id}` });
}

type Also = typeof claimedProfiles;
/**
 * What is found by name besides what one may see: a claim can be taken back after the share that showed the profile has
 * ended, and who is invited may sign in.
 */
const alsoFor: Partial<Record<Asked['kind'], Also>> = { withdraw: claimedProfiles, claim: invitedProfiles };

const plainWords = (words: string) => fold(words).replace(/^@/, '');

/** `x:contoso`, `@contoso`, `Contoso Support` or any part: exact handles and names, and then those of before, win over parts. */
export function matchProfiles(words: string, profiles: readonly Profile[], now: Date): Profile[] {
  const prefix = /^([a-z-]+):\s*(.+)$/i.exec(words.trim());
  const network = prefix?.[1]?.toLowerCase();
  const known =
    network !== undefined && profiles.some(({ type }) => [type, networkOf(type)].includes(network as never));
  const among = known ? profiles.filter(({ type }) => [type, networkOf(type)].includes(network as never)) : profiles;
  const wanted = plainWords(known && prefix?.[2] ? prefix[2] : words);
  if (wanted === '') return [];
  const names = (profile: Profile) => [fold(profile.handle), fold(profile.name)];
  // Also as sentences and cards name it: what they say can be typed.
  const isSaid = (profile: Profile) => plainWords(nameOf(profile)) === wanted;
  const exact = among.filter((profile) => names(profile).includes(wanted) || isSaid(profile));
  if (exact.length > 0) return exact;
  const former = among.filter((profile) =>
    formerNames(profile, now).some(({ handle, name }) => [fold(handle), fold(name)].includes(wanted)),
  );
  return former.length > 0 ? former : among.filter((profile) => names(profile).some((name) => name.includes(wanted)));
}

function nearestNames(words: string, profiles: readonly Profile[]): string[] {
  const wanted = plainWords(words).slice(0, 60);
  return profiles
    .map((profile) => ({
      name: nameOf(profile),
      far: distance(wanted, fold(profile.handle)),
      length: profile.handle.length,
    }))
    .filter(({ far, length }) => far <= Math.max(2, Math.floor((length + 1) / 2)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}
