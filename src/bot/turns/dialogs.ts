import type { Outcome } from '../../operations/core/outcome.js';
import type { Asked } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Card } from '../cards/card.js';
import { cardType } from '../cards/cardMessage.js';
import { composeCard, composeView } from '../cards/compose.js';
import { dialogCard } from '../cards/dialog.js';
import { present } from '../cards/present.js';
import { refusalCard, refusalView } from '../cards/refusal.js';
import { saidCard, saidView } from '../cards/said.js';
import { plain } from '../cards/text.js';
import { askedFrom } from '../input/clicks.js';
import { messageText } from '../input/messageText.js';
import { readerOf, replyTo, type Turn } from './answers.js';

/** The body of an answer to a message extension: the dialog shows this card next. */
export type DialogAnswer = {
  task: { type: 'continue'; value: { title: string; height: string; width: string; card: object } };
};

const dialog = (card: Card): DialogAnswer => ({
  task: {
    type: 'continue',
    value: {
      title: 'Post this',
      height: 'medium',
      width: 'medium',
      card: { contentType: cardType, content: dialogCard(card) },
    },
  },
});

export const refusedDialog = (refusal: Refusal): DialogAnswer => dialog(refusalCard(refusalView(refusal)));

/** "Post this" on a message: the composer's operation with the message's text in it. */
export function postThis(value: unknown): { asked: Asked; isCut: boolean } {
  const { messagePayload } = (value ?? {}) as { messagePayload?: { body?: unknown } };
  const { text, isCut } = messageText(messagePayload?.body);
  return { asked: { kind: 'post', profiles: [], text, form: true }, isCut };
}

/** The composer in a dialog, before anything is asked for. */
export function openDialog(turn: Turn, outcome: Outcome, isCut: boolean): DialogAnswer {
  if (outcome.kind !== 'compose' || !isCut) return inDialog(turn, outcome);
  const view = composeView(outcome, readerOf(turn));
  return dialog(composeCard({ ...view, sentence: 'The message is very long. Only its beginning is here.' }));
}

/** What stood in the form, to open it once more; undefined when it was not the composer, or cannot be read. */
export function draftOf(data: unknown, { by, now }: Turn): Asked | undefined {
  const asked = askedFrom({ ...(data as object), date: '', time: '' }, by.actor.timeZone, now);
  return 'kind' in asked && asked.kind === 'post' ? { ...asked, form: true } : undefined;
}

/** A dialog has no card that stays behind a refusal: the form comes back with why on top, and nothing typed is lost. */
export function refusedForm(turn: Turn, form: Outcome, { sentence, fix }: Refusal, data: unknown): DialogAnswer {
  if (form.kind !== 'compose') return inDialog(turn, form);
  const { date, time } = data as { date?: unknown; time?: unknown };
  const box = (value: unknown) => (typeof value === 'string' ? value.slice(0, 10) : '');
  const view = composeView(form, readerOf(turn));
  return dialog(composeCard({ ...view, sentence: plain(`${sentence} ${fix}`), date: box(date), time: box(time) }));
}

/**
 * What was asked for in a dialog. A form and a refusal stay in it; everything else lives on in the person's own chat, where
 * its buttons and what becomes of it are.
 */
export async function answerDialog(turn: Turn, outcome: Outcome, asked: Asked): Promise<DialogAnswer> {
  if (outcome.kind === 'compose' || outcome.kind === 'refused') return inDialog(turn, outcome);
  const { line, ...privately } = replyTo(turn, outcome, asked);
  const { services, by, incoming } = turn;
  const sent = await services.replies.send(by.actor.tenant, `${incoming.id}:private`, { ...privately, to: 'person' });
  if (sent === 'refused') return refusedDialog(refuse('cannotReach'));
  return dialog(saidCard(saidView(line ?? 'I answered you in our personal chat.')));
}

const inDialog = (turn: Turn, outcome: Outcome) => dialog(present(outcome, readerOf(turn)));
