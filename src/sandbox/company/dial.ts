import { randomUUID } from 'node:crypto';
import type { Parts } from './parts.js';
import type { CompanyGroup, CompanyPerson, LoggedChange } from './state.js';

/** Sets off what happens in a company. Unknown ids are an error. */
export type CompanyDial = ReturnType<typeof createCompanyDial>;

export type NewPerson = Partial<CompanyPerson> & { name: string };
export type NewGroup = Partial<CompanyGroup> & { name: string };

export function createCompanyDial({ clock, data, directory, faults }: Parts, changed: () => void) {
  const log = (person: CompanyPerson, removed?: LoggedChange['removed']) => {
    data.log.push({ id: person.id, accountEnabled: person.accountEnabled, ...(removed ? { removed } : {}) });
    changed();
  };
  const personOf = (id: string) => directory.anyPerson(id) ?? unknown(id);
  const groupOf = (id: string) => directory.group(id) ?? unknown(id);
  const setEnabled = (id: string, accountEnabled: boolean) => {
    const person = personOf(id);
    person.accountEnabled = accountEnabled;
    log(person);
  };
  return {
    disable: (id: string) => setEnabled(id, false),
    enable: (id: string) => setEnabled(id, true),
    /** Soft deleted: gone from every list, and can be restored. */
    remove(id: string) {
      const person = personOf(id);
      person.deletedAt = clock().toISOString();
      log(person, 'changed');
    },
    restore(id: string) {
      const person = personOf(id);
      delete person.deletedAt;
      log(person);
    },
    addToGroup(group: string, person: string) {
      const { people } = groupOf(group);
      if (!people.includes(personOf(person).id)) people.push(person);
      changed();
    },
    removeFromGroup(group: string, person: string) {
      const found = groupOf(group);
      found.people = found.people.filter((one) => one !== person);
      changed();
    },
    addPerson(person: NewPerson): string {
      const added = asPerson(person);
      directory.addPerson(added);
      log(added);
      return added.id;
    },
    addGroup(group: NewGroup): string {
      const alias = group.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      const added = { id: randomUUID(), alias, kind: 'security' as const, people: [], groups: [], ...group };
      directory.addGroup(added);
      changed();
      return added.id;
    },
    removeGroup(id: string) {
      directory.removeGroup(groupOf(id).id);
      changed();
    },
    /** The next `times` requests get 429; `retryAfter` in seconds or an HTTP date, undefined leaves the header out. */
    throttle({ times, retryAfter, path }: { times: number; retryAfter?: number | string; path?: string }) {
      faults.throttled = { times, retryAfter, path };
    },
    down(down: boolean | 'silent') {
      faults.down = down;
    },
    /** Paths containing one of these get 403: a permission is missing. */
    deny(paths: string[]) {
      faults.denied = paths;
    },
    /** From now on nobody is shown who is in this group: without a permission for it, as here, Graph answers like this. */
    hideMembers(group: string, how: 'empty' | 'denied' = 'empty') {
      faults.hidden.set(groupOf(group).id, how);
    },
    staleDelta(status: 400 | 410 | undefined) {
      faults.staleDelta = status;
    },
    repeatDelta(repeats: boolean) {
      faults.repeatsDelta = repeats;
    },
  };
}

function asPerson(person: NewPerson): CompanyPerson {
  const [givenName = '', ...rest] = person.name.split(' ');
  const id = person.id ?? randomUUID();
  const address = `${person.name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}.${id.slice(0, 8)}@contoso.example`;
  return {
    givenName,
    surname: rest.join(' '),
    signInName: address,
    mail: address,
    department: 'Marketing',
    jobTitle: 'Colleague',
    userType: 'Member',
    accountEnabled: true,
    ...person,
    id,
  };
}

function unknown(id: string): never {
  throw new Error(`Nobody and nothing in the company is called ${id.slice(0, 80)}.`);
}
