import type { State } from '../../rules/decision.js';
import type { Moment } from '../../rules/operation.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { mayProve } from '../../rules/publishing/proving.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor } from '../../rules/types.js';
import { hashOfRecord } from '../../store/chain.js';
import { recordOf } from '../../store/records.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { exactHash } from '../publishing/exactly.js';

const recordsShown = 50;

/** Everything that is kept of one post: its records, each looked at whether it is what its hash says. */
export async function receiptOutcome(
  services: Needs<'collections'>,
  { actor, moment, state }: { actor: Actor; moment: Moment; state: State },
): Promise<Outcome> {
  const intent = state.publishing?.intents.find((one) => mayProve(one, { actor, moment, state }));
  if (!intent) return { kind: 'refused', refusal: refuse('noReceipt') };
  const kept = await services.collections.audit.find(
    actor.tenant,
    { intentId: intent.id },
    { sort: { number: 1 }, limit: recordsShown },
  );
  const records = kept.map(recordOf);
  return {
    kind: 'receipt',
    receipt: {
      intent,
      hash: exactHash(intent),
      records,
      changed: records.filter((record) => hashOfRecord(record) !== record.hash).map(({ number }) => number),
      waiting: waitingIn(intent, records),
    },
  };
}

/** Records that are written with the post and not in the chain yet: a moment after it was moved. */
function waitingIn({ outbox }: Intent, records: readonly { id: string }[]): number {
  return outbox.filter(({ kind, id }) => kind === 'audit' && !records.some((record) => record.id === id)).length;
}
