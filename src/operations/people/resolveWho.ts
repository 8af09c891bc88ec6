import { distance } from 'fastest-levenshtein';
import type { DirectoryGroup, DirectoryPerson } from '../../directory/directory.js';
import { fold, sameName } from '../../rules/fold.js';
import type { WhoRef } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Actor, Principal } from '../../rules/types.js';
import type { WhoOption } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

export type WhoFound =
  | { kind: 'found'; principals: Principal[] }
  /** `index`: which of the names is open. */
  | { kind: 'several'; index: number; words: string; options: WhoOption[] }
  | { kind: 'refused'; refusal: Refusal };

/** Each name as a principal of the directory. The first that is open or unknown stops it. */
export async function resolveWho(
  services: Needs<'directory'>,
  actor: Actor,
  refs: readonly WhoRef[],
): Promise<WhoFound> {
  const principals: Principal[] = [];
  const all = await Promise.all(refs.map((ref) => resolveOne(services, actor, ref, false)));
  for (const [index, found] of all.entries()) {
    if (found.kind === 'several') return { ...found, index };
    if (found.kind === 'refused') return found;
    principals.push(...found.principals.filter((one) => !principals.some((other) => sameKey(one, other))));
  }
  return { kind: 'found', principals };
}

/** One name that has to be a person. */
export function resolvePerson(services: Needs<'directory'>, actor: Actor, ref: WhoRef): Promise<WhoFound> {
  return resolveOne(services, actor, ref, true);
}

const sameKey = (a: Principal, b: Principal) =>
  a.kind === b.kind && (a.kind === 'everyone' || b.kind === 'everyone' || a.id === b.id);

async function resolveOne(
  services: Needs<'directory'>,
  actor: Actor,
  ref: WhoRef,
  peopleOnly: boolean,
): Promise<WhoFound> {
  const { directory } = services;
  if ('everyone' in ref) return { kind: 'found', principals: [{ kind: 'everyone' }] };
  if ('person' in ref) {
    const person = await directory.person(actor.tenant, ref.person);
    return person ? found(toPrincipal(person)) : unknown('that person');
  }
  if ('group' in ref) {
    const group = await directory.group(actor.tenant, ref.group);
    return group ? found(groupPrincipal(group)) : unknown('that group');
  }
  return resolveWords(services, actor, ref.words, peopleOnly);
}

const found = (principal: Principal): WhoFound => ({ kind: 'found', principals: [principal] });
const unknown = (words: string, near: string[] = []): WhoFound => ({
  kind: 'refused',
  refusal: refuse('whoNotFound', words, near),
});
const toPrincipal = ({ id, name, guest }: DirectoryPerson): Principal => ({
  kind: 'person',
  id,
  name,
  ...(guest ? { guest } : {}),
});
const groupPrincipal = ({ id, name }: DirectoryGroup): Principal => ({ kind: 'group', id, name });

async function resolveWords(
  services: Needs<'directory'>,
  actor: Actor,
  words: string,
  peopleOnly: boolean,
): Promise<WhoFound> {
  const wanted = words.trim().replace(/^@/, '').slice(0, 120);
  if (sameName(wanted, 'everyone') && !peopleOnly) return found({ kind: 'everyone' });
  if (sameName(wanted, 'me')) return found({ kind: 'person', id: actor.id, name: actor.name });
  if (wanted === '') return unknown(words);
  const options = await searchWho(services, actor, wanted, peopleOnly);
  const exact = options.filter((option) => option.exact);
  const matches = exact.length > 0 ? exact : options;
  const [only] = matches;
  if (matches.length === 1 && only) return found(only.principal);
  if (matches.length > 1) return { kind: 'several', index: 0, words, options: matches.slice(0, 10).map(toOption) };
  return unknown(words, await nearNames(services, actor, wanted, peopleOnly));
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
  const found = await Promise.all([...starts].map((start) => searchWho(services, actor, start, peopleOnly)));
  const names = new Set(found.flat().map(({ name }) => name));
  const far = (name: string) => distance(fold(wanted), fold(name));
  return [...names].sort((a, b) => far(a) - far(b)).slice(0, 3);
}

export type WhoMatch = WhoOption & { principal: Principal; exact: boolean };
const toOption = ({ ref, name, detail }: WhoMatch): WhoOption => ({ ref, name, detail });

/** People and groups that fit typed words, exact ones first; the detail tells namesakes apart. */
export async function searchWho(
  services: Needs<'directory'>,
  actor: Actor,
  words: string,
  peopleOnly: boolean,
): Promise<WhoMatch[]> {
  const [people, groups] = await Promise.all([
    services.directory.findPeople(actor.tenant, words),
    peopleOnly ? [] : services.directory.findGroups(actor.tenant, words),
  ]);
  const same = (...names: (string | undefined)[]) => names.some((name) => name !== undefined && sameName(name, words));
  const matches = [
    ...groups.map((group) => ({
      ...groupOption(group),
      principal: groupPrincipal(group),
      exact: same(group.name, group.alias, group.mail),
    })),
    ...people
      .filter((person) => person.enabled)
      .map((person) => ({
        ...personOption(person),
        principal: toPrincipal(person),
        exact: same(person.name, person.mail, person.signInName, person.signInName.split('@')[0]),
      })),
  ];
  return matches.sort((a, b) => Number(b.exact) - Number(a.exact));
}

export function personOption(person: DirectoryPerson): WhoOption {
  const detail = [person.guest ? 'Guest' : '', person.department, person.mail ?? person.signInName]
    .filter(Boolean)
    .join(' · ');
  return { ref: { person: person.id }, name: person.name, detail };
}

export function groupOption(group: DirectoryGroup): WhoOption {
  const kind = group.isTeam ? 'Team' : group.kind === 'microsoft365' ? 'Microsoft 365 group' : 'Security group';
  return {
    ref: { group: group.id },
    name: group.name,
    detail: [kind, group.mail ?? group.alias].filter(Boolean).join(' · '),
  };
}
