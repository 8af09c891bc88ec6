import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { isAdmin } from '../people/admins.js';

/** Admins, and people whose role is not the default; admins first. */
export async function rolesOutcome(
  services: Needs<'collections' | 'policies' | 'admins'>,
  { tenant }: Actor,
): Promise<Outcome> {
  const { defaultRole } = await services.policies.of(tenant);
  const { admins } = await services.admins.fresh(tenant);
  const docs = await services.collections.people.find(tenant, {});
  const roleOf = new Map(docs.map(({ id, role }) => [id, role ?? defaultRole]));
  const others = docs
    .filter(({ id, name, role }) => name && (role ?? defaultRole) !== defaultRole && !isAdmin(admins, id))
    .map(({ name, role }) => ({ name, role: role ?? defaultRole, admin: false }));
  const named = admins.map(({ id, name }) => ({
    name: name || docs.find((doc) => doc.id === id)?.name || 'Someone',
    role: roleOf.get(id) ?? defaultRole,
    admin: true,
  }));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return { kind: 'roles', defaultRole, people: [...named.sort(byName), ...others.sort(byName)] };
}
