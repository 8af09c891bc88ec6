import type { Approvals, Deciding, Decision } from '../decision.js';
import { auditEntry, nameFor } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { type Policy, policyRows, readSetting } from './policy.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** Looks at, or changes, the tenant's own rules: the one that was named, or those of a form that are different now. */
export function changePolicy({ setting, value, changes }: Of<'policy'>, deciding: Deciding): Decision {
  const named = setting ? [{ setting, value: value ?? '' }] : undefined;
  const asked = (named ?? changes)?.map((one) => ({ ...one, value: one.value.trim().toLowerCase() }));
  if (!asked) return { kind: 'view' };
  const policy: Partial<Policy> = {};
  for (const one of asked) {
    const read = readSetting(one.setting, one.value);
    if ('takes' in read) return { kind: 'refuse', refusal: refuse('policyValue', one.setting, read.takes) };
    Object.assign(policy, read.policy);
  }
  const before = new Map(policyRows(deciding.state.policy).map((row) => [row.setting, row.value]));
  const after = new Map(policyRows({ ...deciding.state.policy, ...policy }).map((row) => [row.setting, row.value]));
  const fresh = named ? asked : asked.filter((one) => before.get(one.setting) !== after.get(one.setting));
  if (fresh.length === 0) return { kind: 'refuse', refusal: refuse('policySame') };
  return {
    kind: 'changeTenant',
    policy,
    done: `Set: ${fresh.map((one) => `${one.setting} ${one.value}`).join(', ')}.`,
    entry: auditEntry(deciding, {
      operation: 'policy',
      what: `set ${fresh.map((one) => `${one.setting} to ${one.value}`).join(', ')}`,
    }),
  };
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
      entry: auditEntry(deciding, {
        operation: 'approvals',
        what: `stopped posting claims into ${state.approvals.name}`,
      }),
    };
  }
  const { channel } = state;
  if (!channel) return { kind: 'refuse', refusal: refuse('approvalsInChannel') };
  if (!state.confirmed) return { kind: 'ask', question: 'approvals' };
  const approvals: Approvals = { ...channel, by: nameFor(actor), at: moment.now };
  return {
    kind: 'changeTenant',
    approvals,
    onlyIf: { posted: channel, else: refuse('channelClosed', channel.name) },
    done: `Claims are posted into ${channel.name} from now on. I posted a line there to try it.`,
    entry: auditEntry(deciding, { operation: 'approvals', what: `chose ${channel.name} for claims` }),
  };
}
