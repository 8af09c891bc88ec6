import type { Refusal } from '../../rules/refusals.js';
import { type Button, button } from '../input/button.js';
import { cardKind } from './card.js';
import { plain } from './text.js';

export type RefusalView = {
  /** `refusal-<code>`: the id of the text block. */
  id: string;
  sentence: string;
  fix: string;
  buttons: Button[];
};

export const refusalCard = cardKind<RefusalView>('refusal', ({ sentence }) => sentence);

/** A planned "no", with what to do now. */
export function refusalView({ code, sentence, fix, suggest }: Refusal): RefusalView {
  return {
    id: `refusal-${code}`,
    sentence: plain(sentence),
    fix: plain(fix),
    buttons: (suggest ?? []).map(({ title, operation }) => button(title, operation)),
  };
}
