import type { DirectoryGroup, DirectoryPerson } from '../../directory/directory.js';
import { fold } from '../../rules/fold.js';
import type { Refusal } from '../../rules/refusals.js';
import type { Actor, Principal } from '../../rules/types.js';
import type { WhoOption } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

export type WhoFound =
  | { kind: 'found'; principals: Principal[] }
  /** `index`: which of the names is open. */
  | { kind: 'several'; index: number; words: string; options: WhoOption[] }
  | { kind: 'refused'; refusal: Refusal };

/** `exact`: it is the very name, alias or address that was typed. */
export type WhoMatch = WhoOption & { principal: Principal; exact: boolean; enabled: boolean };

/** People and groups that fit typed words, exact ones first; the detail tells namesakes apart. */
export async function searchWho(
  services: Needs<'directory'>,
  { tenant }: Actor,
  words: string,
  peopleOnly: boolean,
): Promise<WhoMatch[]> {
  const [people, groups] = await Promise.all([
    services.directory.findPeople(tenant, words),
    peopleOnly ? [] : services.directory.findGroups(tenant, words),
  ]);
  const wanted = fold(words);
  const same = (...names: (string | undefined)[]) => names.some((name) => name && fold(name) === wanted);
  const matches = [
    ...groups.map((group) => ({
      ...groupOption(group),
      principal: { kind: 'group' as const, id: group.id, name: group.name },
      exact: same(group.name, group.alias, group.mail),
      enabled: true,
    })),
    ...people.map((person) => ({
      ...personOption(person),
      principal: toPrincipal(person),
      exact: same(person.name, person.mail, person.signInName, person.signInName.split('@')[0]),
      enabled: person.enabled,
    })),
  ];
  return matches.sort((a, b) => Number(b.exact) - Number(a.exact));
}

export const toPrincipal = ({ id, name, guest }: DirectoryPerson): Principal => ({
  kind: 'person',
  id,
  name,
  ...(guest ? { guest } : {}),
});

export function personOption(person: DirectoryPerson): WhoOption {
  const detail = [
    person.enabled ? '' : 'Account switched off',
    person.guest ? 'Guest' : '',
    person.department,
    person.mail ?? person.signInName,
  ]
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
