import type { PostRow } from '../../operations/core/outcome.js';
import type { Asked } from '../../rules/operation.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { type Button, button } from '../input/button.js';
import { sendTimeWords } from '../input/postTimes.js';
import type { Colour, Reader } from './card.js';
import { plain } from './text.js';

/** Whose yes it waits for and until when, or what they said. */
export function approvalLines(
  { state, decideBy, approval, declined, why, pictures, video }: Intent,
  deciders: PostRow['deciders'],
  { timeZone, now }: Pick<Reader, 'timeZone' | 'now'>,
): { text: string; colour?: Colour }[] {
  if (declined)
    return [
      { text: plain(`${declined.by.name} said no: "${declined.reason}"`) },
      ...(pictures ? [{ text: 'Its pictures are not kept: choose them again in the new preview.' }] : []),
      ...(video ? [{ text: 'Its video is not kept: choose it again in the new preview.' }] : []),
    ];
  if (state === 'asked' && deciders)
    return [{ text: plain(`After Send it waits for the yes of ${deciders}.`), colour: 'warning' }];
  if (state === 'toApprove' && decideBy && why?.code !== 'overdue')
    return [
      { text: plain(`${deciders ?? 'Somebody else'} decides, until ${sendTimeWords(decideBy, timeZone, now)}.`) },
    ];
  return approval ? [{ text: plain(`${approval.by.name} said yes.`) }] : [];
}

/** Of a post that waits for a yes, or was declined: the author can stop the one, and change both. */
export function waitingButtons(posting: string, waits: boolean, change: Asked | undefined): Button[] {
  return [...(waits ? [button('Undo', { kind: 'undo', posting })] : []), ...(change ? [button('Change', change)] : [])];
}
