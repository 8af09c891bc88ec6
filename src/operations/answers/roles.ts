import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

/** People whose role or admin flag is not the default, admins first. */
export async function rolesOutcome(
  services: Needs<'collections' | 'directory' | 'policies' | 'namedAdmins'>,
  { tenant }: Actor,
): Promise<Outcome> {
  const policy = await services.policies.of(tenant);
  const docs = await services.collections.people.find(tenant, {});
  const named = await services.namedAdmins.ids(tenant);
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
