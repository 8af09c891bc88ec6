import type { Outcome } from '../../operations/core/outcome.js';
import { cardKind } from './card.js';
import { plain } from './text.js';

export type RolesView = {
  title: string;
  people: { name: string; role: string; admin: boolean }[];
  note: string;
};

export const rolesCard = cardKind<RolesView>('roles', ({ title }) => title);

/** Who is admin, and whose role differs. */
export function rolesView({ people, defaultRole }: Extract<Outcome, { kind: 'roles' }>): RolesView {
  const word = (role: string) => `${role[0]?.toUpperCase()}${role.slice(1)}`;
  return {
    title: 'Roles',
    people: people.map((person) => ({ name: plain(person.name), role: word(person.role), admin: person.admin })),
    note: `Everyone else is a ${word(defaultRole)}. Change one with "role @name reader", "responder", "manager" or "admin".`,
  };
}
