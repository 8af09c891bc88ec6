import { distance } from 'fastest-levenshtein';
import { fold } from '../../rules/fold.js';
import type { WhoRef } from '../../rules/operation.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor, Principal, Share } from '../../rules/types.js';
import type { WhoOption } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { among } from './amongShares.js';
import { searchWho, toPrincipal, type WhoFound, type WhoMatch } from './searchWho.js';
import { taggedPeople } from './tags.js';

/** `absent`: the directory knows nobody of that name. */
type One = WhoFound | { kind: 'absent'; words: string; looked: string };

/** How many names in one message, and how many of them in words, which cost a search each. */
const refsLimit = 20;
const wordsLimit = 5;

type TagRef = Extract<WhoRef, { tag: object }>['tag'];

/** What may be named: people only or groups too, and people whose account is switched off. */
type May = { groups: boolean; disabled: boolean };

/**
 * Each name as a principal. The first that is open or unknown stops it. With `shares`, the profile's own: they are looked
 * at first, so that a share can be taken back whoever it is with.
 */
export async function resolveWho(
  services: Needs<'directory'>,
  actor: Actor,
  refs: readonly WhoRef[],
  shares?: readonly Share[],
): Promise<WhoFound> {
  const known = refs.map((ref) => (shares ? among(shares, ref, actor) : undefined));
  const open = refs.filter((ref, index) => ('words' in ref || 'tag' in ref) && !known[index]);
  if (refs.length > refsLimit || open.length > wordsLimit) {
    return { kind: 'refused', refusal: refuse('tooManyNames', wordsLimit) };
  }
  const may = { groups: true, disabled: shares !== undefined };
  const all = await Promise.all(refs.map((ref, index) => known[index] ?? resolveOne(services, actor, ref, may)));
  const principals: Principal[] = [];
  for (const [index, found] of all.entries()) {
    if (found.kind === 'several') return { ...found, index };
    if (found.kind === 'refused') return found;
    if (found.kind === 'absent') return notFound(services, actor, found, may);
    principals.push(...found.principals.filter((one) => !principals.some((other) => sameKey(one, other))));
  }
  return { kind: 'found', principals };
}

/** One name that has to be a person; their account may be switched off. */
export async function resolvePerson(services: Needs<'directory'>, actor: Actor, ref: WhoRef): Promise<WhoFound> {
  const may = { groups: false, disabled: true };
  const found = await resolveOne(services, actor, ref, may);
  return found.kind === 'absent' ? notFound(services, actor, found, may) : found;
}

const sameKey = (a: Principal, b: Principal) =>
  a.kind === b.kind && (a.kind === 'everyone' || b.kind === 'everyone' || a.id === b.id);

async function resolveOne(services: Needs<'directory'>, actor: Actor, ref: WhoRef, may: May): Promise<One> {
  const { directory } = services;
  if ('everyone' in ref) return found({ kind: 'everyone' });
  if ('tag' in ref) return resolveTag(services, actor, ref.tag, may);
  if ('person' in ref) {
    const person = await directory.person(actor.tenant, ref.person);
    if (!person) return unknown('that person');
    return person.enabled || may.disabled ? found(toPrincipal(person)) : switchedOff(person.name);
  }
  if ('group' in ref) {
    const group = await directory.group(actor.tenant, ref.group);
    return group ? found({ kind: 'group', id: group.id, name: group.name }) : unknown('that group');
  }
  return resolveWords(services, actor, ref.words, may);
}

/** The people of a tag, without those whose account is switched off; a name that is no tag's may be somebody's. */
async function resolveTag(services: Needs<'directory'>, actor: Actor, tag: TagRef, may: May): Promise<One> {
  const ids = may.groups ? await taggedPeople(services, actor.tenant, tag.team, tag) : [];
  if (ids.length === 0) return resolveWords(services, actor, tag.name, may);
  const people = await services.directory.people(actor.tenant, ids);
  const principals = people.filter(({ enabled }) => enabled || may.disabled).map(toPrincipal);
  return principals.length > 0 ? { kind: 'found', principals } : switchedOff(tag.name);
}

const found = (principal: Principal): WhoFound => ({ kind: 'found', principals: [principal] });
const switchedOff = (name: string): WhoFound => ({ kind: 'refused', refusal: refuse('whoDisabled', name) });
const unknown = (words: string, near: string[] = []): WhoFound => ({
  kind: 'refused',
  refusal: refuse('whoNotFound', words, near),
});

async function resolveWords(services: Needs<'directory'>, actor: Actor, words: string, may: May): Promise<One> {
  const looked = words.trim().replace(/^@/, '').slice(0, 120);
  if (fold(looked) === 'everyone' && may.groups) return found({ kind: 'everyone' });
  if (fold(looked) === 'me') return found({ kind: 'person', id: actor.id, name: actor.name });
  if (looked === '') return unknown(words);
  if (actor.guest) return { kind: 'refused', refusal: refuse('guestsMention') };
  const matches = await searchWho(services, actor, looked, !may.groups);
  return chosen(matches, words, may) ?? { kind: 'absent', words, looked };
}

/**
 * Only an exact name, alias or address acts unasked; somebody whose account is switched off counts as a match, so that
 * nobody else gets what was meant for them. Anything less asks, also when only one comes near.
 */
function chosen(matches: readonly WhoMatch[], words: string, may: May): WhoFound | undefined {
  const exact = matches.filter((match) => match.exact);
  const [only] = exact;
  if (only && exact.length === 1) {
    return only.enabled || may.disabled ? found(only.principal) : switchedOff(only.name);
  }
  const offered = exact.length > 0 ? exact : matches.filter(({ enabled }) => enabled);
  if (offered.length === 0) return undefined;
  return { kind: 'several', index: 0, words, options: offered.slice(0, 10).map(toOption) };
}

const toOption = ({ ref, name, detail }: WhoMatch): WhoOption => ({ ref, name, detail });

async function notFound(
  services: Needs<'directory'>,
  actor: Actor,
  { words, looked }: Extract<One, { kind: 'absent' }>,
  may: May,
): Promise<WhoFound> {
  return unknown(words, await nearNames(services, actor, looked, !may.groups));
}

/** Names that begin like the first or the last word, the most alike first. */
async function nearNames(
  services: Needs<'directory'>,
  actor: Actor,
  wanted: string,
  peopleOnly: boolean,
): Promise<string[]> {
  const all = wanted.split(/[\s@.]+/).filter((word) => word.length >= 3);
  const starts = new Set([all[0], all.at(-1)].flatMap((word) => word?.slice(0, 3).toLowerCase() ?? []));
  const near = await Promise.all([...starts].map((start) => searchWho(services, actor, start, peopleOnly)));
  const usable = near.flat().filter(({ enabled }) => enabled);
  const names = new Set(usable.map(({ name }) => name));
  const far = (name: string) => distance(wanted.toLowerCase(), name.toLowerCase());
  return [...names].sort((a, b) => far(a) - far(b)).slice(0, 3);
}
