import type { Logger } from 'pino';
import type { Directory } from '../../directory/directory.js';
import type { PersonId, TenantId } from '../../rules/types.js';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whom ADMINS names, as object ids. */
export type NamedAdmins = {
  ids: (tenant: TenantId) => Promise<Set<PersonId>>;
  has: (tenant: TenantId, person: PersonId) => Promise<boolean>;
};

/** Sign-in names are looked up once; a directory that is down is asked again next time. */
export function createNamedAdmins(
  names: readonly string[],
  { directory, log }: { directory: Directory; log: Logger },
): NamedAdmins {
  const byTenant = new Map<TenantId, Promise<Set<PersonId>>>();
  const ids = (tenant: TenantId) => {
    let found = byTenant.get(tenant);
    if (!found) {
      found = lookUp(tenant);
      byTenant.set(tenant, found);
      found.catch(() => byTenant.delete(tenant));
    }
    return found.catch(() => new Set(names.filter((name) => guid.test(name))));
  };
  return { ids, has: async (tenant, person) => names.includes(person) || (await ids(tenant)).has(person) };

  async function lookUp(tenant: TenantId): Promise<Set<PersonId>> {
    const found = new Set<PersonId>();
    for (const name of names) {
      if (guid.test(name)) found.add(name);
      else {
        const same = (await directory.findPeople(tenant, name)).find(
          (person) => person.signInName.toLowerCase() === name.toLowerCase(),
        );
        if (same) found.add(same.id);
        else log.warn('an ADMINS entry names nobody in the directory');
      }
    }
    return found;
  }
}
