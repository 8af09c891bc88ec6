import { typeWords } from '../../operations/answers/typeWords.js';
import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Button } from '../input/button.js';
import type { Reader } from './card.js';
import { cardKind } from './card.js';
import { askButton } from './claim.js';
import { plain, withArticle } from './text.js';

export type LinkoutView = {
  title: string;
  sentence: string;
  /** A short checklist: what to have ready. */
  before: string[];
  hint: string;
  /** Another way that needs no sign-in, with the label of the box for a reason. */
  ask?: { note: string; text?: string; button: Button };
  open: Button;
};

export const linkoutCard = cardKind<LinkoutView>('linkout', ({ title }) => title);

/** The way to a network's own sign-in page. */
export function linkoutView(outcome: Extract<Outcome, { kind: 'linkOut' }>, { now }: Reader): LinkoutView {
  const { networkLabel, label, before } = typeWords(outcome.type);
  const name = outcome.facts ? plain(nameOf(outcome.facts.profile)) : '';
  const titles = {
    add: `Add ${withArticle(label)}`,
    claim: `Become an owner of ${name}`,
    renew: `Renew your sign-in to ${name}`,
  };
  const sentences = {
    add: `Sign in on ${networkLabel}'s own page. Nobody here ever sees the password.`,
    claim: `Show that it is yours: sign in to ${name} on ${networkLabel}'s own page. If you can't, ask those who decide.`,
    renew: `Sign in to ${name} again on ${networkLabel}'s own page.`,
  };
  return {
    title: titles[outcome.why],
    sentence: sentences[outcome.why],
    before: [...before],
    hint: 'It opens in your browser; allow pop-ups if nothing opens. The link works for 10 minutes and for you only.',
    ...(outcome.orAsk
      ? {
          ask: {
            note: 'Why? (optional, those who decide see it)',
            ...('why' in outcome.orAsk && outcome.orAsk.why ? { text: outcome.orAsk.why } : {}),
            button: askButton(outcome.orAsk, outcome.facts, now),
          },
        }
      : {}),
    open: { title: `Sign in to ${networkLabel}`, url: outcome.address },
  };
}
