import type { Outcome } from '../../operations/core/outcome.js';
import { capital } from '../../rules/spoken.js';
import { cardKind } from './card.js';
import { plain } from './text.js';

export type RolesView = {
  title: string;
  people: { name: string; role: string; admin: boolean }[];
  note: string;
};

export const rolesCard = cardKind<RolesView>('roles', ({ title }) => title);

type Roles = Extract<Outcome, { kind: 'roles' }>;

/** A card with more is too large for Teams. */
const rowsAtMost = 50;

/** Who is admin, and whose role differs. */
export function rolesView({ people, defaultRole, isMore }: Roles): RolesView {
  const others = othersWords({ defaultRole, isMore: isMore || people.length > rowsAtMost });
  return {
    title: 'Roles',
    people: people
      .slice(0, rowsAtMost)
      .map((person) => ({ name: plain(person.name), role: capital(person.role), admin: person.admin })),
    note: `${others} Change one with "role @name reader", "responder", "manager" or "admin".`,
  };
}

/** What those are who are not listed. */
export function othersWords({ defaultRole, isMore }: Pick<Roles, 'defaultRole' | 'isMore'>): string {
  const role = capital(defaultRole);
  if (!isMore) return `Everyone else is a ${role}.`;
  return `More people than these have a role of their own. All others are ${role}s.`;
}
