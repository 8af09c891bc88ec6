import type { Deciding, Decision } from '../decision.js';
import { auditEntry, nameFor } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';

type Role = Extract<Operation, { kind: 'role' }>;

/** Roles are kept with each person; who is admin is one list, so that two admins who remove each other leave one. */
export function changeRole(operation: Role, deciding: Deciding): Decision {
  const { who, role } = operation;
  if (role === 'admin') return addAdmin(operation, deciding);
  if (role === 'no-admin') return removeAdmin(operation, deciding);
  return {
    kind: 'changeRole',
    person: nameFor(who),
    role,
    done: `${who.name} is ${roleWords(role)} now.`,
    entry: entryFor(operation, deciding),
    also: [{ id: `${deciding.moment.id}:foresee`, kind: 'foreseeIntents', author: who.id }],
  };
}

function addAdmin(operation: Role, deciding: Deciding): Decision {
  const { who } = operation;
  const { admins } = deciding.state;
  if (admins.some(({ id }) => id === who.id)) return { kind: 'refuse', refusal: refuse('adminAlready', who.name) };
  return {
    kind: 'changeTenant',
    admins: [...made(deciding), nameFor(who)],
    done: `${who.name} is an admin now.`,
    entry: entryFor(operation, deciding),
  };
}

/** Whom the settings name stays, and there is never none. */
function removeAdmin(operation: Role, deciding: Deciding): Decision {
  const { who } = operation;
  const { admins } = deciding.state;
  const before = admins.find(({ id }) => id === who.id);
  if (!before) return { kind: 'refuse', refusal: refuse('noAdmin', who.name) };
  if (before.named) return { kind: 'refuse', refusal: refuse('adminBySettings', who.name) };
  if (admins.length === 1) return { kind: 'refuse', refusal: refuse('lastAdmin') };
  return {
    kind: 'changeTenant',
    admins: made(deciding).filter(({ id }) => id !== who.id),
    done: `${who.name} is no longer an admin.`,
    entry: entryFor(operation, deciding),
  };
}

const made = ({ state }: Deciding) => state.admins.filter(({ named }) => !named).map(nameFor);

const entryFor = ({ who, role }: Role, deciding: Deciding) =>
  auditEntry(deciding, {
    operation: 'role',
    what: role === 'no-admin' ? `removed ${who.name} as an admin` : `made ${who.name} ${roleWords(role)}`,
  });

function roleWords(role: Exclude<Role['role'], 'no-admin'>): string {
  if (role === 'admin') return 'an admin';
  return `a ${role[0]?.toUpperCase()}${role.slice(1)}`;
}
