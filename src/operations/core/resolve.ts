import { distance } from 'fastest-levenshtein';
import { networkOf } from '../../networks/types.js';
import { nameOf } from '../../rules/access.js';
import { fold } from '../../rules/fold.js';
import type { Asked, Operation, ProfileRef, WhoRef } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Actor, Profile } from '../../rules/types.js';
import { visibleProfiles } from '../answers/profileFacts.js';
import { resolvePerson, resolveWho, type WhoFound } from '../people/resolveWho.js';
import type { WhoOption } from './outcome.js';
import type { Needs } from './parts.js';

/** An operation whose names are ids; or a choice to make; or why there is nothing to choose from. */
export type Resolved =
  | { kind: 'operation'; operation: Operation }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'chooseProfile'; words: string; options: { profile: Profile; asked: Asked }[] }
  | { kind: 'chooseWho'; words: string; options: { option: WhoOption; asked: Asked }[] };

/** Turns names into ids, among what this actor may see. Nothing is decided here. */
export async function resolve(
  services: Needs<'collections' | 'directory' | 'clock'>,
  actor: Actor,
  asked: Asked,
): Promise<Resolved> {
  if (asked.kind === 'role') return resolveAbout(services, actor, asked, asked.who);
  if (asked.kind === 'whatif') return resolveAbout(services, actor, asked, meant(asked.who));
  if ('profiles' in asked) return resolveProfiles(services, actor, asked);
  if (!('profile' in asked)) return { kind: 'operation', operation: asked };
  const found = await findProfile(services, actor, asked.profile, asked.kind === 'withdraw');
  if (found.kind === 'refused') return found;
  if (found.kind === 'several') {
    const options = found.profiles.map((profile) => ({
      profile,
      asked: { ...asked, profile: { id: profile.id } } as Asked,
    }));
    return { kind: 'chooseProfile', words: found.words, options };
  }
  if (asked.kind !== 'share' && asked.kind !== 'unshare') {
    return { kind: 'operation', operation: { ...asked, profile: found.id } as Operation };
  }
  const named = { ...asked, profile: { id: found.id } };
  const who = await resolveWho(services, actor, named.who);
  if (who.kind === 'found') {
    return { kind: 'operation', operation: { ...named, profile: found.id, who: who.principals } as Operation };
  }
  const open = who.kind === 'several' ? who.index : -1;
  return chooseWho(who, (ref) => ({ ...named, who: named.who.map((old, at) => (at === open ? ref : old)) }));
}

/** Several profiles: the first that is not clear is asked about, with all others as they are. */
async function resolveProfiles(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  asked: Extract<Asked, { profiles: ProfileRef[] }>,
): Promise<Resolved> {
  const ids: string[] = [];
  for (const [at, ref] of asked.profiles.entries()) {
    const found = await findProfile(services, actor, ref, false);
    if (found.kind === 'refused') return found;
    if (found.kind === 'one') ids.push(found.id);
    else {
      const options = found.profiles.map((profile) => {
        const profiles = asked.profiles.map((old, index) => (index === at ? { id: profile.id } : old));
        return { profile, asked: { ...asked, profiles } };
      });
      return { kind: 'chooseProfile', words: found.words, options };
    }
  }
  return { kind: 'operation', operation: { ...asked, profiles: [...new Set(ids)] } };
}

type OnPerson = Extract<Asked, { kind: 'role' | 'whatif' }>;

/** One person, who is not named as the owner or audience of anything. */
async function resolveAbout(
  services: Needs<'directory'>,
  actor: Actor,
  asked: OnPerson,
  ref: WhoRef,
): Promise<Resolved> {
  const who = await resolvePerson(services, actor, ref);
  if (who.kind === 'found') {
    const person = who.principals[0];
    if (person?.kind === 'person') {
      return { kind: 'operation', operation: { ...asked, who: { id: person.id, name: person.name } } as Operation };
    }
    return { kind: 'refused', refusal: refuse('personOnly', person?.kind === 'group' ? person.name : 'Everyone') };
  }
  return chooseWho(who, (found) => ({ ...asked, who: found }) as Asked);
}

/** "what if I leave" */
const meant = (ref: WhoRef): WhoRef =>
  'words' in ref && /^(i|me|myself)$/i.test(ref.words.trim()) ? { words: 'me' } : ref;

function chooseWho(who: Exclude<WhoFound, { kind: 'found' }>, withRef: (ref: WhoOption['ref']) => Asked): Resolved {
  if (who.kind === 'refused') return who;
  const options = who.options.map((option) => ({ option, asked: withRef(option.ref) }));
  return { kind: 'chooseWho', words: who.words, options };
}

/** A claim can be withdrawn after the share that showed the profile ended; without any claim, all visible ones count. */
async function claimedProfiles(services: Needs<'collections' | 'clock'>, actor: Actor): Promise<Profile[]> {
  const claimed = await services.collections.profiles.find(actor.tenant, { access: `claim:${actor.id}` });
  return claimed.length > 0 ? claimed : visibleProfiles(services, actor, true);
}

type ProfileFound =
  | { kind: 'one'; id: string }
  | { kind: 'several'; words: string; profiles: Profile[] }
  | { kind: 'refused'; refusal: Refusal };

async function findProfile(
  services: Needs<'collections' | 'clock'>,
  actor: Actor,
  ref: ProfileRef,
  ownClaims: boolean,
): Promise<ProfileFound> {
  if ('id' in ref) return { kind: 'one', id: ref.id };
  const visible = ownClaims ? await claimedProfiles(services, actor) : await visibleProfiles(services, actor, true);
  const matches = matchProfiles(ref.words, visible);
  const [only] = matches;
  if (matches.length === 1 && only) return { kind: 'one', id: only.id };
  if (matches.length > 1) return { kind: 'several', words: ref.words, profiles: matches.slice(0, 10) };
  return { kind: 'refused', refusal: refuse('notFound', ref.words, nearestNames(ref.words, visible)) };
}

const plainWords = (words: string) => fold(words).replace(/^@/, '');

/** `x:contoso`, `@contoso`, `Contoso Support` or any part: exact handles and names win over parts. */
export function matchProfiles(words: string, profiles: readonly Profile[]): Profile[] {
  const prefix = /^([a-z-]+):\s*(.+)$/i.exec(words.trim());
  const network = prefix?.[1]?.toLowerCase();
  const known =
    network !== undefined && profiles.some(({ type }) => [type, networkOf(type)].includes(network as never));
  const among = known ? profiles.filter(({ type }) => [type, networkOf(type)].includes(network as never)) : profiles;
  const wanted = plainWords(known && prefix?.[2] ? prefix[2] : words);
  if (wanted === '') return [];
  const names = (profile: Profile) => [fold(profile.handle), fold(profile.name)];
  const exact = among.filter((profile) => names(profile).includes(wanted));
  return exact.length > 0 ? exact : among.filter((profile) => names(profile).some((name) => name.includes(wanted)));
}

function nearestNames(words: string, profiles: readonly Profile[]): string[] {
  const wanted = plainWords(words).slice(0, 60);
  return profiles
    .map((profile) => ({ name: nameOf(profile), far: distance(wanted, fold(profile.handle)) }))
    .filter(({ far, name }) => far <= Math.max(2, Math.floor(name.length / 2)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}
