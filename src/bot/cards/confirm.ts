import type { Outcome } from '../../operations/core/outcome.js';
import { gainWords } from '../../operations/people/reach.js';
import { activeOwners, activeShares, nameOf, principalName } from '../../rules/access.js';
import { type Button, button } from '../input/button.js';
import { cardKind } from './card.js';
import { plain } from './text.js';

export type ConfirmView = {
  title: string;
  sentence: string;
  /** What goes with it: other owners, shares, what is still in use. */
  lines: string[];
  /** Set when the profile changed since the first question: what changed. */
  changed?: string;
  yes: Button;
  no: Button;
};

export const confirmCard = cardKind<ConfirmView>('confirm', ({ title }) => title);

type Ask = Extract<Outcome, { kind: 'ask' }>;

/** A question before something that is hard to take back: what it does, and what goes with it. */
export function askView(outcome: Ask, now: Date): ConfirmView {
  const { confirm, changed } = outcome;
  const { title, sentence, lines, yes, destructive } = words(outcome, now);
  return {
    title,
    sentence,
    lines,
    ...(changed ? { changed: plain(changed) } : {}),
    yes: button(yes, { kind: 'yes', confirm }, { style: destructive ? 'destructive' : 'positive' }),
    no: button('Cancel', { kind: 'no', confirm }),
  };
}

function words(
  outcome: Ask,
  now: Date,
): { title: string; sentence: string; lines: string[]; yes: string; destructive: boolean } {
  const name = plain(nameOf(outcome.facts.profile));
  switch (outcome.question) {
    case 'delete':
      return {
        title: `Delete ${name}?`,
        sentence:
          'It goes for everyone at once, with all its shares and sign-ins. The account on the network stays as it is.',
        lines: affected(outcome, now),
        yes: 'Delete it',
        destructive: true,
      };
    case 'leave-last':
      return {
        title: `Leave ${name} without an owner?`,
        sentence: 'You are its last owner. Nobody can act with it until someone claims it by signing in.',
        lines: affected(outcome, now),
        yes: 'Leave it',
        destructive: true,
      };
    case 'leave':
      return {
        title: `Leave ${name}?`,
        sentence: 'You stop being an owner, and your sign-in is removed. The other owners stay and are told.',
        lines: [],
        yes: 'Leave it',
        destructive: true,
      };
    case 'take-back':
      return {
        title: `Take this post with ${name} back?`,
        sentence: `It is deleted on the network. Whoever saw it, saw it. ${outcome.note ?? ''}`.trim(),
        lines: [],
        yes: 'Take it back',
        destructive: true,
      };
    case 'forget-last':
      return {
        title: `Remove the last sign-in of ${name}?`,
        sentence: 'No other sign-in works, so nothing can be published with it until an owner signs in again.',
        lines: [],
        yes: 'Remove my sign-in',
        destructive: true,
      };
    case 'allow-messages':
      return allowWords(outcome, now, `the private messages of ${name}`);
    case 'allow-search':
      return allowWords(outcome, now, `public posts through ${name}`);
    case 'share-everyone': {
      const count = outcome.effect ? gainWords(outcome.effect) : 'Everyone gains access';
      return {
        title: `Share ${name} with everyone?`,
        sentence: `${count}: every Responder and Manager of your organisation may publish and react with it.`,
        lines: [],
        yes: 'Share with everyone',
        destructive: false,
      };
    }
  }
}

function allowWords(outcome: Ask, now: Date, what: string) {
  return {
    title: `Allow reading ${what}?`,
    sentence:
      'Everyone named here can then see what is read, and so can anyone it is shared with later. Every owner can switch it off again.',
    lines: affected(outcome, now),
    yes: 'Allow it',
    destructive: false,
  };
}

function affected(outcome: Ask, now: Date): string[] {
  const { profile } = outcome.facts;
  const owners = activeOwners(profile, now).map((owner) => owner.name);
  const shares = activeShares(profile, now).map((share) => principalName(share.principal));
  return [
    owners.length > 1 || outcome.question.startsWith('allow-') ? plain(`Owners: ${owners.join(', ')}`) : '',
    shares.length > 0 ? plain(`Shared with: ${shares.join(', ')}`) : 'Shared with nobody',
  ].filter(Boolean);
}
