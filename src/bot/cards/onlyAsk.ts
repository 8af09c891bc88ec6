import { typeWords } from '../../operations/answers/typeWords.js';
import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Reader } from './card.js';
import { askButton } from './claim.js';
import { iconFor } from './icons.js';
import type { SaidView } from './said.js';
import { plain } from './text.js';

/** Nobody can sign in to this network here: asking is the only way. */
export function onlyAskView({ facts, orAsk }: Extract<Outcome, { kind: 'onlyAsk' }>, { now }: Reader): SaidView {
  const { networkLabel } = typeWords(facts.profile.type);
  return {
    ...iconFor(facts.profile.type),
    title: `Become an owner of ${plain(nameOf(facts.profile))}`,
    text: `Signing in to ${networkLabel} is not set up here, so you can only ask those who decide.`,
    colour: 'default',
    buttons: [askButton(orAsk, facts, now)],
  };
}
