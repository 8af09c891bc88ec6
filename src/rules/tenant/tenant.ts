import { nameFor } from '../change.js';
import type { Approvals, Deciding, Decision, Policy } from '../decision.js';
import type { Operation, PolicySetting } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import { type OutboxEntry, roles } from '../types.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** Looks at, or changes, the tenant's own rules. */
export function changePolicy({ setting, value }: Of<'policy'>, deciding: Deciding): Decision {
  if (!setting) return { kind: 'view' };
  const policy = readPolicy(setting, value?.toLowerCase() ?? '');
  if ('sentence' in policy) return { kind: 'refuse', refusal: policy };
  return {
    kind: 'changeTenant',
    policy,
    done: `Set: ${setting} ${value?.toLowerCase()}.`,
    entry: audit('policy', `set ${setting} to ${value?.toLowerCase()}`, deciding),
  };
}

const mostDays = 365;

function readPolicy(setting: PolicySetting, value: string): Partial<Policy> | Refusal {
  switch (setting) {
    case 'claims':
      return value === 'credentials' || value === 'approval'
        ? { claims: value }
        : refuse('policyValue', setting, 'credentials or approval');
    case 'default-role': {
      const role = roles.find((one) => one === value);
      return role ? { defaultRole: role } : refuse('policyValue', setting, 'reader, responder or manager');
    }
    default: {
      const days = /^\d{1,3}( days?)?$/.test(value) ? Number.parseInt(value, 10) : Number.NaN;
      if (!(days <= mostDays)) return refuse('policyValue', setting, `a number of days, 0 to ${mostDays}`);
      if (setting === 'cool-off') return { coolOffDays: days };
      return setting === 'disabled-owner' ? { disabledOwnerDays: days } : { deletedOwnerDays: days };
    }
  }
}

/** Which channel claims are posted into. It is asked first, since the channel gets to see names of profiles. */
export function changeApprovals({ to }: Of<'approvals'>, deciding: Deciding): Decision {
  const { actor, state, moment } = deciding;
  if (to === 'off') {
    if (!state.approvals) return { kind: 'refuse', refusal: refuse('noApprovals') };
    return {
      kind: 'changeTenant',
      approvals: null,
      done: 'Claims go to the owners in their own chats from now on, and to Managers where there is no owner.',
      entry: audit('approvals', `stopped posting claims into ${state.approvals.name}`, deciding),
    };
  }
  const { channel } = state;
  if (!channel) return { kind: 'refuse', refusal: refuse('approvalsInChannel') };
  if (!state.confirmed) return { kind: 'ask', question: 'approvals' };
  if (!channel.open) return { kind: 'refuse', refusal: refuse('channelClosed', channel.name) };
  const { open: _, ...place } = channel;
  const approvals: Approvals = { ...place, by: nameFor(actor), at: moment.now };
  return {
    kind: 'changeTenant',
    approvals,
    done: `Claims are posted into ${channel.name} from now on. I posted a line there to try it.`,
    entry: audit('approvals', `chose ${channel.name} for claims`, deciding),
  };
}

function audit(operation: string, what: string, { actor, moment }: Deciding): OutboxEntry {
  return {
    id: moment.id,
    kind: 'audit',
    record: {
      tenant: actor.tenant,
      id: moment.id,
      at: moment.now,
      actor: nameFor(actor),
      operation,
      outcome: 'done',
      what,
    },
  };
}
