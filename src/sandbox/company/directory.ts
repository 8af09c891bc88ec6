import type { CompanyData, CompanyGroup, CompanyPerson } from './state.js';

/** People and groups of the pretend company, and who is in what. */
export type CompanyDirectory = ReturnType<typeof createCompanyDirectory>;

export function createCompanyDirectory(data: CompanyData) {
  const people = new Map(data.people.map((person) => [person.id, person]));
  const groups = new Map(data.groups.map((group) => [group.id, group]));

  /** Groups that have `child` directly, as a person or as a group. */
  function parents(child: string): CompanyGroup[] {
    return data.groups.filter((group) => group.people.includes(child) || group.groups.includes(child));
  }

  function groupsOf(person: string): CompanyGroup[] {
    const found = new Map<string, CompanyGroup>();
    const climb = (child: string): void => {
      for (const parent of parents(child)) {
        if (found.has(parent.id)) continue;
        found.set(parent.id, parent);
        climb(parent.id);
      }
    };
    climb(person);
    return [...found.values()];
  }

  function membersOf(group: CompanyGroup, nested: boolean): CompanyPerson[] {
    const found = new Map<string, CompanyPerson>();
    const seen = new Set<string>();
    const descend = (here: CompanyGroup): void => {
      if (seen.has(here.id)) return;
      seen.add(here.id);
      for (const id of here.people) {
        const person = livePerson(id);
        if (person) found.set(id, person);
      }
      if (nested) for (const id of here.groups) descendInto(id);
    };
    const descendInto = (id: string): void => {
      const child = groups.get(id);
      if (child) descend(child);
    };
    descend(group);
    return [...found.values()];
  }

  function livePerson(idOrName: string): CompanyPerson | undefined {
    const named = people.get(idOrName) ?? data.people.find((one) => one.signInName === idOrName);
    return named && named.deletedAt === undefined ? named : undefined;
  }

  return {
    people: () => data.people.filter((person) => person.deletedAt === undefined),
    deleted: () => data.people.filter((person) => person.deletedAt !== undefined),
    groups: () => data.groups,
    person: livePerson,
    anyPerson: (id: string) => people.get(id),
    group: (id: string) => groups.get(id),
    groupsOf,
    membersOf,
    addPerson(person: CompanyPerson): void {
      data.people.push(person);
      people.set(person.id, person);
    },
    addGroup(group: CompanyGroup): void {
      data.groups.push(group);
      groups.set(group.id, group);
    },
    removeGroup(id: string): void {
      data.groups = data.groups.filter((group) => group.id !== id);
      groups.delete(id);
    },
  };
}
