import type { Outcome } from '../../operations/core/outcome.js';
import { gainWords, loseWords } from '../../operations/people/reach.js';
import { activeOwners, activeShares, nameOf, principalName } from '../../rules/access.js';
import { isCooling } from '../../rules/claims/claims.js';
import { sameName } from '../../rules/fold.js';
import type { WhoRef } from '../../rules/operation.js';
import { spoken } from '../../rules/spoken.js';
import type { Principal } from '../../rules/types.js';
import { type Button, button } from '../input/button.js';
import { cardKind, type Reader } from './card.js';
import { iconFor, type WithIcon } from './icons.js';
import { plain } from './text.js';

export type ConfirmView = WithIcon & {
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
export function askView(outcome: Ask, reader: Reader): ConfirmView {
  const { confirm, changed } = outcome;
  const { title, sentence, lines, yes, destructive } = words(outcome, reader);
  return {
    title,
    ...iconFor(outcome.facts.profile.type),
    sentence,
    lines,
    ...(changed ? { changed: plain(changed) } : {}),
    yes: button(yes, { kind: 'yes', confirm }, { style: destructive ? 'destructive' : 'positive' }),
    no: button('Cancel', { kind: 'no', confirm }),
  };
}

function words(
  outcome: Ask,
  reader: Reader,
): { title: string; sentence: string; lines: string[]; yes: string; destructive: boolean } {
  const { now } = reader;
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
    case 'object': {
      const who = plain(contestedName(outcome, reader));
      return {
        title: `Object to ${who} owning ${name}?`,
        sentence: 'They stop being an owner at once, and are told. A Manager or an admin then decides.',
        lines: [],
        yes: 'Object',
        destructive: true,
      };
    }
    case 'unshare-many':
      return {
        title: `Stop sharing ${name} with ${plain(whomShared(outcome))}?`,
        sentence: `${outcome.effect ? loseWords(outcome.effect) : 'They all lose access'}, unless it is shared with them in another way.`,
        lines: [],
        yes: 'Stop sharing',
        destructive: true,
      };
    case 'take-back': {
      const { word = 'post', cost = '' } = outcome.takesBack ?? {};
      const isText = word === 'post' || word === 'reply';
      return {
        title: `Take this ${word} with ${name} back?`,
        sentence: `It is ${isText ? 'deleted' : 'undone'} on the network. Whoever saw it, saw it. ${cost}`.trim(),
        lines: [],
        yes: 'Take it back',
        destructive: true,
      };
    }
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

/** Whom the click means, or else who came last by signing in. */
function contestedName({ facts, operation }: Ask, { id, now }: Reader): string {
  const meant = operation.kind === 'object' ? operation.owner : undefined;
  const [owner] = facts.profile.owners
    .filter((one) => (meant ? one.id === meant : one.id !== id && isCooling(one, now)))
    .sort((a, b) => b.since.getTime() - a.since.getTime());
  return owner?.name ?? 'the new owner';
}

function whomShared({ facts, operation }: Ask): string {
  const refs = operation.kind === 'unshare' ? operation.who : [];
  const isMeant = (principal: Principal) =>
    refs.some((ref) => {
      if (principal.kind === 'everyone') return 'everyone' in ref;
      return principal.kind === 'person' ? 'person' in ref && ref.person === principal.id : sameGroup(ref, principal);
    });
  const names = facts.profile.shares.flatMap(({ principal }) => (isMeant(principal) ? principalName(principal) : []));
  return names.length > 0 ? spoken(names) : 'those groups';
}

const sameGroup = (ref: WhoRef, { id, name }: { id: string; name: string }) =>
  ('group' in ref && ref.group === id) || ('words' in ref && sameName(ref.words.replace(/^@/, ''), name));

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
