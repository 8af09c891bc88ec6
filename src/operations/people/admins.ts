import type { Logger } from 'pino';
import type { Directory, DirectoryPerson } from '../../directory/directory.js';
import { createCache } from '../../platform/cache.js';
import type { Clock } from '../../platform/clock.js';
import { isGuid } from '../../platform/guid.js';
import type { Admin } from '../../rules/decision.js';
import type { PersonId, PersonName, TenantId } from '../../rules/types.js';
import type { Collections } from '../../store/collections.js';

/** How old the tenant's list may be for what only shows; what changes something asks anew. */
const keptMs = 5_000;

/** The one answer to "who is admin": whom ADMINS names, and whom admins made one. */
export type Admins = {
  of: (tenant: TenantId) => Promise<readonly Admin[]>;
  has: (tenant: TenantId, person: PersonId) => Promise<boolean>;
  /** Out of the store now, with the version of the tenant's document that says so. */
  fresh: (tenant: TenantId) => Promise<{ admins: readonly Admin[]; version: number }>;
  /** After the list was changed here. */
  forget: (tenant: TenantId) => void;
};

type AdminsNeed = {
  collections: Pick<Collections, 'tenants' | 'people'>;
  directory: Pick<Directory, 'findPeople' | 'people'>;
  clock: Clock;
  log: Logger;
};

export function createAdmins(names: readonly string[], parts: AdminsNeed): Admins {
  const kept = createCache<readonly Admin[]>({ entries: 1000, forMs: keptMs, clock: parts.clock });
  const named = new Map<TenantId, Promise<Admin[]>>();
  const of = (tenant: TenantId) => kept.of(tenant, async () => (await fresh(tenant)).admins);
  return { of, has: async (tenant, person) => isAdmin(await of(tenant), person), fresh, forget: kept.forget };

  async function fresh(tenant: TenantId) {
    const [fromSettings, doc] = await Promise.all([namedIn(tenant), parts.collections.tenants.get(tenant, 'tenant')]);
    const made = doc?.admins ?? (await flagged(parts, tenant));
    const others = made.filter(({ id }) => !isAdmin(fromSettings, id));
    return { admins: [...fromSettings, ...others], version: doc?.version ?? 0 };
  }

  /** Looked up once; a directory that is down is asked again next time, and until then an id is believed as it stands. */
  function namedIn(tenant: TenantId): Promise<Admin[]> {
    let found = named.get(tenant);
    if (!found) {
      found = lookUp(names, tenant, parts);
      named.set(tenant, found);
      found.catch(() => named.delete(tenant));
    }
    return found.catch(() => names.filter((name) => isGuid(name)).map((id) => ({ id, name: '', named: true })));
  }
}

export const isAdmin = (admins: readonly { id: PersonId }[], person: PersonId): boolean =>
  admins.some(({ id }) => id === person);

async function lookUp(names: readonly string[], tenant: TenantId, { directory, log }: AdminsNeed): Promise<Admin[]> {
  const ids = names.filter((name) => isGuid(name));
  const byId = ids.length > 0 ? await directory.people(tenant, ids) : [];
  const found = await Promise.all(
    names.map(async (name) => {
      if (isGuid(name)) return byId.find(({ id }) => id.toLowerCase() === name.toLowerCase());
      return byAddress(name, await directory.findPeople(tenant, name));
    }),
  );
  const admins = found.flatMap((person) => (person ? [{ id: person.id, name: person.name, named: true }] : []));
  const nobody = names.filter((_, index) => !found[index]);
  if (nobody.length > 0) log.warn({ tenant, nobody }, 'ADMINS names somebody whom the directory does not know');
  log.info({ tenant, admins: admins.length }, 'ADMINS were looked up');
  return admins;
}

/** A sign-in name is one person's. A mail address is believed only where it is one colleague's, and nobody's sign-in name. */
function byAddress(address: string, people: readonly DirectoryPerson[]): DirectoryPerson | undefined {
  const isIt = (text = '') => text.toLowerCase() === address.toLowerCase();
  const signsIn = people.find(({ signInName }) => isIt(signInName));
  const [one, ...others] = people.filter(({ mail, guest }) => isIt(mail) && !guest);
  return signsIn ?? (others.length === 0 ? one : undefined);
}

/** Release 0.1.0 kept a flag with each person; it counts until the list is written for the first time. */
async function flagged({ collections }: AdminsNeed, tenant: TenantId): Promise<PersonName[]> {
  const people = await collections.people.find(tenant, { admin: true });
  return people.map(({ id, name }) => ({ id, name }));
}
