import { randomUUID } from 'node:crypto';
import type { Parts } from './parts.js';
import type { CompanyGroup, CompanyPerson, LoggedChange, LoggedGroupChange } from './state.js';

/** Sets off what happens in a company. Unknown ids are an error. */
export type CompanyDial = ReturnType<typeof createCompanyDial>;

export type NewPerson = Partial<CompanyPerson> & { name: string };
export type NewGroup = Partial<CompanyGroup> & { name: string };

export function createCompanyDial({ clock, data, directory, faults }: Parts, changed: () => void) {
  const log = (person: CompanyPerson, removed?: LoggedChange['removed']) => {
    data.log.push({ id: person.id, accountEnabled: person.accountEnabled, ...(removed ? { removed } : {}) });
    changed();
  };
  const logGroup = (group: string, member?: LoggedGroupChange['member']) => {
    data.groupLog.push({ group, ...(member ? { member } : {}) });
    changed();
  };
  /** Who is deleted leaves every group, and is back in them when restored. */
  const logGroupsOf = (person: string, removed: { removed?: true }) => {
    for (const { id, people } of directory.groups()) {
      if (people.includes(person)) logGroup(id, { kind: 'user', id: person, ...removed });
    }
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
      logGroupsOf(id, { removed: true });
    },
    restore(id: string) {
      const person = personOf(id);
      delete person.deletedAt;
      log(person);
      logGroupsOf(id, {});
    },
    addToGroup(group: string, person: string) {
      const { people } = groupOf(group);
      if (!people.includes(personOf(person).id)) people.push(person);
      logGroup(group, { kind: 'user', id: person });
    },
    removeFromGroup(group: string, person: string) {
      const found = groupOf(group);
      found.people = found.people.filter((one) => one !== person);
      logGroup(group, { kind: 'user', id: person, removed: true });
    },
    /** Puts a group into a group, or takes it out. */
    nest(group: string, child: string, inside: boolean) {
      const found = groupOf(group);
      found.groups = found.groups.filter((one) => one !== groupOf(child).id);
      if (inside) found.groups.push(child);
      logGroup(group, { kind: 'group', id: child, ...(inside ? {} : { removed: true as const }) });
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
      for (const { id: parent, groups } of directory.groups()) {
        if (groups.includes(groupOf(id).id)) logGroup(parent, { kind: 'group', id, removed: true });
      }
      directory.removeGroup(groupOf(id).id);
      logGroup(id);
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
      logGroup(group);
    },
    showMembers(group: string) {
      faults.hidden.delete(groupOf(group).id);
      logGroup(group);
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
