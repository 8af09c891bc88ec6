import { typeWords } from '../../operations/answers/typeWords.js';
import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { ProfileType } from '../../rules/types.js';
import { type Button, button } from '../input/button.js';
import { dateWords } from '../input/times.js';
import type { Reader } from './card.js';
import { cardKind } from './card.js';
import { askButton } from './claim.js';
import { iconFor, type WithIcon } from './icons.js';
import { plain, withArticle } from './text.js';

export type LinkoutView = WithIcon & {
  title: string;
  sentence: string;
  /** What the network does not let it do, where that is everything: said before anybody signs in. */
  warning?: string;
  /** A short checklist: what to have ready. */
  before: string[];
  hint: string;
  /** Another way that needs no sign-in, with the label of the box for a reason. */
  ask?: { note: string; text?: string; button: Button };
  open: Button;
  /** Where the page shows a code: the label of the box for it, and the button. */
  code?: { label: string; button: Button };
  /** To the card of the profile it is about, or of the claim that waits. */
  back?: Button;
};

type LinkOut = Extract<Outcome, { kind: 'linkOut' }>;

export const linkoutCard = cardKind<LinkoutView>('linkout', ({ title }) => title);

/** A type that its network lets apps do nothing with: there is nothing to publish with it. */
function onlyKept(type: ProfileType): Pick<LinkoutView, 'warning'> {
  const { can, label, networkLabel } = typeWords(type);
  if (can.length > 0) return {};
  return {
    warning: `${networkLabel} lets apps do nothing with ${withArticle(label)}. You can keep it here and share it, but nobody can publish with it.`,
  };
}

/** The way to a network's own sign-in page. */
export function linkoutView(outcome: LinkOut, { now, timeZone }: Reader): LinkoutView {
  const { networkLabel, label, before } = typeWords(outcome.type);
  const name = outcome.facts ? plain(nameOf(outcome.facts.profile)) : '';
  const titles = {
    add: `Add ${withArticle(label)}`,
    claim: `Become an owner of ${name}`,
    renew: `Renew your sign-in to ${name}`,
  };
  const sentences = {
    add: `Sign in on ${networkLabel}'s own page. Nobody here ever sees the password.`,
    claim: outcome.waits
      ? `Your claim waits for a decision until ${dateWords(outcome.waits.ends, timeZone)}. Sign in on ${networkLabel}'s own page to show that ${name} is yours.`
      : `Show that it is yours: sign in to ${name} on ${networkLabel}'s own page. If you can't, ask those who decide.`,
    renew: `Sign in to ${name} again on ${networkLabel}'s own page.`,
  };
  return {
    ...iconFor(outcome.type),
    title: titles[outcome.why],
    sentence: sentences[outcome.why],
    ...(outcome.why === 'add' ? onlyKept(outcome.type) : {}),
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
    ...(outcome.byCode
      ? { code: { label: 'Code from the page', button: button('Finish', { kind: 'code', digits: '' }) } }
      : {}),
    ...backOf(outcome),
  };
}

function backOf({ facts, why, waits }: LinkOut): Pick<LinkoutView, 'back'> {
  if (!facts) return {};
  const about = { profile: { id: facts.profile.id } };
  if (waits) return { back: button('Show my claim', { kind: 'claimcard', ...about, claim: waits.id }) };
  return why === 'renew' ? { back: button('Cancel', { kind: 'show', ...about }) } : {};
}
