import type { Deciding, Decision } from '../decision.js';
import { auditEntry, nameFor, noticeEntries } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { capital } from '../spoken.js';
import { type OutboxEntry, type Role as RoleName, roles } from '../types.js';

type Role = Extract<Operation, { kind: 'role' }>;

/** Roles are kept with each person; who is admin is one list, so that two admins who remove each other leave one. */
export function changeRole(operation: Role, deciding: Deciding): Decision {
  const { who, role } = operation;
  if (role === 'admin') return addAdmin(operation, deciding);
  if (role === 'no-admin') return removeAdmin(operation, deciding);
  const { actor, state } = deciding;
  const isLess = who.id === actor.id && roles.indexOf(role) < roles.indexOf(actor.role);
  if (isLess && !state.confirmed) return { kind: 'ask', question: 'demote-self' };
  return {
    kind: 'changePerson',
    person: nameFor(who),
    role,
    accessAskedAt: null,
    done: `${who.name} is ${roleWords(role)} now.`,
    entry: entryFor(operation, deciding),
    also: [
      { id: `${deciding.moment.id}:foresee`, kind: 'foreseeIntents', author: who.id },
      ...toldThem(operation, deciding, `You are ${roleWords(role)} now`, mayNow[role]),
    ],
  };
}

/** What a role lets one do, for who has just got it. */
const mayNow: Record<RoleName, string> = {
  reader: 'You can look at the help, and no longer work with profiles. Ask them if that is a mistake.',
  responder: 'You can add profiles, and use what is shared with you. Say "profiles" to begin.',
  manager: 'You can also decide claims that no owner can, and thaw what was frozen.',
};

/** Whoever gets or loses something hears it, with who it was. */
function toldThem({ who }: Role, deciding: Deciding, title: string, then: string): OutboxEntry[] {
  const { actor } = deciding;
  const text = `${actor.name} changed that. ${then}`;
  return noticeEntries([{ to: { person: who.id }, from: actor.id, title, text }], deciding);
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
    also: toldThem(operation, deciding, 'You are an admin now', 'Say "help all" to see what admins can do.'),
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
  if (who.id === deciding.actor.id && !deciding.state.confirmed) return { kind: 'ask', question: 'demote-self' };
  return {
    kind: 'changeTenant',
    admins: made(deciding).filter(({ id }) => id !== who.id),
    done: `${who.name} is no longer an admin.`,
    entry: entryFor(operation, deciding),
    also: toldThem(operation, deciding, 'You are no longer an admin', 'Your role stays as it is.'),
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
  return `a ${capital(role)}`;
}
