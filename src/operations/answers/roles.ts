import { type Actor, roles } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { isAdmin } from '../people/admins.js';

/** Of people with a role of their own. */
const listedAtMost = 200;

/** Admins, and people whose role is not the default; admins first. `isMore`: not all of them. */
export async function rolesOutcome(
  services: Needs<'collections' | 'policies' | 'admins'>,
  { tenant }: Actor,
): Promise<Outcome> {
  const { defaultRole } = await services.policies.of(tenant);
  const { admins } = await services.admins.fresh(tenant);
  const { people } = services.collections;
  const [docs, adminDocs] = await Promise.all([
    people.find(tenant, { role: { in: roles.filter((role) => role !== defaultRole) } }, { limit: listedAtMost + 1 }),
    people.find(tenant, { id: { in: admins.map(({ id }) => id) } }),
  ]);
  const roleOf = new Map(adminDocs.map(({ id, role }) => [id, role ?? defaultRole]));
  const others = docs
    .slice(0, listedAtMost)
    .filter(({ id, name }) => name && !isAdmin(admins, id))
    .map(({ id, name, role }) => ({ id, name, role: role ?? defaultRole, admin: false }));
  const all = admins.map(({ id, name, named }) => ({
    id,
    name: name || adminDocs.find((doc) => doc.id === id)?.name || 'Someone',
    role: roleOf.get(id) ?? defaultRole,
    admin: true,
    ...(named ? { named } : {}),
  }));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return {
    kind: 'roles',
    defaultRole,
    people: [...all.sort(byName), ...others.sort(byName)],
    isMore: docs.length > listedAtMost,
  };
}
