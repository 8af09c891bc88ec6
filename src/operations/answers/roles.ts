import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Services } from '../core/services.js';
import { namedAdminIds, policyOf } from '../people/actor.js';

/** People whose role or admin flag is not the default, admins first. */
export async function rolesOutcome(services: Services, { tenant }: Actor): Promise<Outcome> {
  const policy = await policyOf(services, tenant);
  const docs = await services.collections.people.find(tenant, {});
  const named = await namedAdminIds(services, tenant);
  const unknown = [...named].filter((id) => !docs.some((doc) => doc.id === id && doc.name));
  const found = unknown.length > 0 ? await services.directory.people(tenant, unknown) : [];
  const people = [
    ...docs.map((doc) => ({
      name: doc.name,
      role: doc.role ?? policy.defaultRole,
      admin: doc.admin ?? named.has(doc.id),
    })),
    ...found.map(({ name }) => ({ name, role: policy.defaultRole, admin: true })),
  ];
  return {
    kind: 'roles',
    defaultRole: policy.defaultRole,
    people: people
      .filter((person) => person.name && (person.admin || person.role !== policy.defaultRole))
      .sort((a, b) => Number(b.admin) - Number(a.admin) || a.name.localeCompare(b.name)),
  };
}
