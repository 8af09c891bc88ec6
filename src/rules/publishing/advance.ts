import { auditEntry, type By, nameFor, systemActors, withEntries } from '../entries.js';
import type { Moment } from '../operation.js';
import type { ActRecord, Notice, OutboxEntry, PersonName } from '../types.js';
import { follows, type Intent, type IntentState, type Why } from './intent.js';

/** Who acts when no person does: the worker, at the time or on the answer of a network. */
export const workerName: PersonName = systemActors.bot;

export type Advance = {
  to: IntentState;
  set?: Partial<Intent>;
  /** Fields that hold no longer. */
  without?: readonly (keyof Intent)[];
  operation: string;
  /** For `history`, in the past tense and without the actor. Absent: nothing that anybody has to read later. */
  what?: string;
  /** For its receipt, with `what`. */
  act?: Omit<ActRecord, 'intent'>;
  /** Nothing that its card would show otherwise. */
  quiet?: true;
  notices?: readonly Notice[];
  /** More to be carried out; ids are made here. */
  also?: readonly Omit<Extract<OutboxEntry, { kind: 'sayOut' }>, 'id'>[];
};

/**
 * The intent one step further: the new state, its audit record, its notices and the change of its card, in one document.
 * @throws RangeError when the step is not in the table: a fault of the code, never of a person
 */
export function advance(intent: Intent, actor: PersonName, { now, id }: Moment, made: Advance): Intent {
  if (!follows[intent.state].includes(made.to)) throw new RangeError(`${intent.state} cannot become ${made.to}`);
  const key = `${id}:${intent.id}`;
  const by: By = { actor: { ...nameFor(actor), tenant: intent.tenant }, moment: { now, id: key } };
  const about = { id: intent.profile, type: intent.type, handle: intent.handle };
  const entries: OutboxEntry[] = [
    ...(made.what === undefined
      ? []
      : [
          auditEntry(by, {
            operation: made.operation,
            what: made.what,
            about,
            act: { intent: intent.id, ...made.act },
          }),
        ]),
    ...(made.quiet ? [] : [{ id: `${key}:card`, kind: 'intentCard' as const, posting: intent.posting }]),
    ...(made.quiet || !(intent.state === 'toApprove' || made.to === 'toApprove')
      ? []
      : [{ id: `${key}:approval`, kind: 'approvalCard' as const, intent: intent.id }]),
    ...(made.notices ?? []).map(
      (notice, at): OutboxEntry => ({
        id: `${key}:notice-${at}`,
        kind: 'notice',
        notice: { ...notice, about: intent.type },
      }),
    ),
    ...(made.also ?? []).map((entry, at): OutboxEntry => ({ ...entry, id: `${key}:also-${at}` })),
  ];
  const kept = Object.fromEntries(Object.entries(intent).filter(([field]) => !made.without?.includes(field as never)));
  return withEntries({ ...(kept as Intent), ...made.set, state: made.to }, entries, now);
}

/** What an owner can do about a sign-in that does not work. */
export const renewButton = ({ profile }: Intent): NonNullable<Notice['buttons']>[number] => ({
  title: 'Renew my sign-in',
  operation: { kind: 'renew', profile: { id: profile } },
});

/** A word to the author in their own chat, with a button that leads to the post, and one that mends what can be mended. */
export function toAuthor(intent: Intent, from: string, title: string, text: string, why?: Why): Notice {
  return {
    to: { person: intent.author.id },
    from,
    title,
    text,
    buttons: [
      ...(why?.code === 'noSignIn' ? [renewButton(intent)] : []),
      { title: 'Look at it', operation: { kind: 'posts', profiles: [], posting: intent.posting } },
    ],
  };
}
