import type { Outcome } from '../../operations/core/outcome.js';
import type { Asked } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { askedFrom } from '../input/clicks.js';
import type { Turn } from './answers.js';

type Page = { title: string; width: string; height: string; url: string; fallbackUrl: string };
/** The body of an answer to `task/fetch`: Teams shows this page in a dialog, or says why not. */
export type PageAnswer = { task: { type: 'continue'; value: Page } | { type: 'message'; value: string } };

/** Teams shows these words as they are. */
export const refusedPage = ({ sentence, fix }: Refusal): PageAnswer => ({
  task: { type: 'message', value: `${sentence} ${fix}` },
});

/** What the button asked for, when it is a page: nothing else is done from a dialog's invoke. */
export function pageAsked(
  value: unknown,
  { by, now }: Pick<Turn, 'by' | 'now'>,
): Extract<Asked, { kind: 'pictures' }> | Refusal {
  const { data } = (value ?? {}) as { data?: unknown };
  const asked = askedFrom(data, by.actor.timeZone, now);
  if (!('kind' in asked)) return asked;
  return asked.kind === 'pictures' ? asked : refuse('cardNotUnderstood');
}

/** The page has an address of its own each time, made for who pressed; a client without dialogs opens it in the browser. */
export function pageDialog(outcome: Outcome): PageAnswer {
  if (outcome.kind === 'refused') return refusedPage(outcome.refusal);
  if (outcome.kind !== 'pictures') return refusedPage(refuse('cardNotUnderstood'));
  const { address: url, video } = outcome;
  const title = video ? 'Video' : 'Pictures';
  return { task: { type: 'continue', value: { title, width: 'medium', height: 'large', url, fallbackUrl: url } } };
}
