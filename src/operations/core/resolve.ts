import { nameOf } from '../../rules/access.js';
import { may, type ProfileOperation } from '../../rules/may.js';
import { type Asked, isMe, type Operation, type ProfileRef, rowOf, type WhoRef } from '../../rules/operation.js';
import { type Meant, type Refusal, refuse } from '../../rules/refusals.js';
import type { Actor, Profile } from '../../rules/types.js';
import { resolvePerson, resolveWho } from '../people/resolveWho.js';
import type { WhoFound } from '../people/searchWho.js';
import { findProfile, type ProfileFound } from './findProfile.js';
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
  const found = await findProfile(services, actor, asked.profile, asked.kind);
  if (found.kind === 'none') return notFound(services, actor, found, on);
  if (found.kind === 'missing') return { kind: 'located', asked };
  if (found.kind === 'one') return { kind: 'located', asked: on(found.profile), profile: found.profile };
  // Nothing was named, and there is nothing that it could be.
  if (found.profiles.length === 0) return { kind: 'refused', refusal: refuse('notFound') };
  const options = found.profiles.map((profile) => ({ profile, asked: on(profile) }));
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
    const found: ProfileFound = 'id' in ref ? { kind: 'missing' } : await findProfile(services, actor, ref, asked.kind);
    const on = ({ id }: Profile): Asked => ({
      ...asked,
      profiles: asked.profiles.map((old, index) => (index === at ? { id } : old)),
    });
    if (found.kind === 'none') return notFound(services, actor, found, on);
    if (found.kind === 'several') {
      const options = found.profiles.map((profile) => ({ profile, asked: on(profile) }));
      return { kind: 'chooseProfile', words: found.words, options };
    }
    const known = found.kind === 'one' ? { id: found.profile.id } : ref;
    if (!refs.some((one) => 'id' in one && 'id' in known && one.id === known.id)) refs.push(known);
  }
  return { kind: 'located', asked: { ...asked, profiles: refs } };
}

/** Longer than what people name profiles for; a card has its limits. */
const mostCarried = 2_000;

/** No profile is called so. What is near is named, and done at a press where that would not be refused too. */
function notFound(
  { clock }: Needs<'clock'>,
  actor: Actor,
  { words, near }: Extract<ProfileFound, { kind: 'none' }>,
  on: (profile: Profile) => Asked,
): Located {
  const now = clock();
  const meant = near.map((profile): Meant => {
    const operation = on(profile);
    const rule = may[operation.kind as ProfileOperation];
    const isOffered = (!rule || rule({ actor, profile, now })) && JSON.stringify(operation).length <= mostCarried;
    return { title: nameOf(profile), ...(isOffered ? { operation } : {}) };
  });
  return { kind: 'refused', refusal: refuse('notFound', words, meant) };
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
  return isOnPerson(asked) ? namePerson(services, actor, asked) : namePrincipals(services, actor, asked, profile);
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
  const shares = rowOf(asked, actor).among === 'shares' ? (profile?.shares ?? []) : undefined;
  const who = await resolveWho(services, actor, asked.who, shares);
  if (who.kind === 'found') {
    return { kind: 'operation', operation: { ...withProfile(asked, profile), who: who.principals } as Operation };
  }
  const open = who.kind === 'several' ? who.index : -1;
  return chooseWho(who, (ref) => ({ ...asked, who: asked.who.map((old, at) => (at === open ? ref : old)) }));
}

type OnPerson = Extract<Asked, { who: WhoRef }>;
const isOnPerson = (asked: OnPerson | OnPrincipals): asked is OnPerson => !Array.isArray(asked.who);

/** One person, also one whose account is switched off: nothing is given to them by it. */
async function namePerson(services: Needs<'directory'>, actor: Actor, asked: OnPerson): Promise<Named> {
  const who = await resolvePerson(services, actor, isMe(asked.who) ? { words: 'me' } : asked.who);
  if (who.kind !== 'found') return chooseWho(who, (found) => ({ ...asked, who: found }));
  const [person] = who.principals;
  if (person?.kind === 'person') {
    return { kind: 'operation', operation: { ...asked, who: { id: person.id, name: person.name } } };
  }
  return { kind: 'refused', refusal: refuse('personOnly', person?.kind === 'group' ? person.name : 'Everyone') };
}

function chooseWho(who: Exclude<WhoFound, { kind: 'found' }>, withRef: (ref: WhoOption['ref']) => Asked): Named {
  if (who.kind === 'refused') return who;
  const options = who.options.map((option) => ({ option, asked: withRef(option.ref) }));
  return { kind: 'chooseWho', words: who.words, options };
}
