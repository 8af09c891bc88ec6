import type { Deciding, Decision } from '../decision.js';
import { auditEntry } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';

/** Only admins give roles; the last admin cannot be removed. */
export function changeRole(
  operation: Extract<Operation, { kind: 'role' }>,
  { actor, state, moment }: Deciding,
): Decision {
  const before = state.person ?? { ...operation.who, role: state.policy.defaultRole, admin: false };
  const admin = operation.role === 'admin' || (operation.role !== 'no-admin' && before.admin);
  const role = operation.role === 'admin' || operation.role === 'no-admin' ? before.role : operation.role;
  if (before.admin && !admin && state.adminCount <= 1) return { kind: 'refuse', refusal: refuse('lastAdmin') };
  const what = `made ${before.name} ${roleWords(operation.role)}`;
  return {
    kind: 'changeRole',
    person: operation.who,
    role,
    admin,
    done: `${before.name} is ${roleWords(operation.role)} now.`,
    entry: auditEntry({ actor, moment }, { operation: 'role', what }),
  };
}

function roleWords(role: Extract<Operation, { kind: 'role' }>['role']): string {
  if (role === 'admin') return 'an admin';
  if (role === 'no-admin') return 'no admin';
  return `a ${role[0]?.toUpperCase()}${role.slice(1)}`;
}
