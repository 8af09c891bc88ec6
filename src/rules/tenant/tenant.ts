import type { Approvals, Deciding, Decision } from '../decision.js';
import { auditEntry, nameFor } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { readSetting } from './policy.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** Looks at, or changes, the tenant's own rules. */
export function changePolicy({ setting, value }: Of<'policy'>, deciding: Deciding): Decision {
  if (!setting) return { kind: 'view' };
  const words = value?.toLowerCase() ?? '';
  const read = readSetting(setting, words);
  if ('takes' in read) return { kind: 'refuse', refusal: refuse('policyValue', setting, read.takes) };
  return {
    kind: 'changeTenant',
    policy: read.policy,
    done: `Set: ${setting} ${words}.`,
    entry: auditEntry(deciding, { operation: 'policy', what: `set ${setting} to ${words}` }),
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
