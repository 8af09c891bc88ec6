import type { ProfileFacts } from '../../operations/core/outcome.js';
import { agoWords, inWords } from '../../platform/timeWords.js';
import { daysUntil } from '../../rules/days.js';
import { spoken } from '../../rules/spoken.js';
import type { Colour, Reader } from './card.js';
import { plain } from './text.js';

/** How a profile is, in one word and its colour. */
export function healthWord({ health, hasOwnGrant }: ProfileFacts): { word: string; colour: Colour } {
  switch (health.state) {
    case 'valid':
      return validWord(health.valid);
    case 'yours-not-valid':
      // Who never signed in has nothing that could be broken.
      return hasOwnGrant ? { word: 'Yours is not valid', colour: 'warning' } : validWord(health.valid);
    case 'not-proven':
      return { word: 'Not proven', colour: 'warning' };
    case 'not-valid':
      return { word: 'Not valid', colour: 'attention' };
    case 'no-owner':
      return { word: 'No owner', colour: 'attention' };
  }
}

/** The same light as in health: green with two sign-ins that work, yellow with one. */
const validWord = (valid: number): { word: string; colour: Colour } =>
  valid > 1 ? { word: 'Valid', colour: 'good' } : { word: 'Valid, one sign-in', colour: 'warning' };

/** How a profile is, and what to do about it. */
export function healthSentence({ health, standing, profile, hasOwnGrant }: ProfileFacts, reader: Reader): string {
  const last = health.lastGoodAt ? ` Last call that worked: ${agoWords(health.lastGoodAt, reader.now)}.` : '';
  const again = health.retryAt ? ` Trying again ${inWords(health.retryAt, reader.now)}.` : '';
  switch (health.state) {
    case 'no-owner':
      return 'Nobody can act with it until someone claims it.';
    case 'not-valid':
      return `No sign-in works any more. ${wayBack(standing === 'owner', hasOwnGrant)}`;
    case 'not-proven':
      return `Whether it works is not known just now.${again}${last}`;
    case 'yours-not-valid':
      return hasOwnGrant
        ? `Your sign-in does not work any more. ${keptWords(health, reader)}${last}`
        : `${keptWords(health, reader)} Sign in too, to make it safe.${last}`;
    case 'valid': {
      const others = health.unproven > 0 ? ` ${countWords(health.unproven)} not proven just now.${again}` : '';
      const isAlone = standing === 'owner' && health.valid === 1 && health.unproven === 0;
      return `${keptWords(health, reader)}${others}${last}${isAlone ? ` ${secondWords(profile.owners.length)}` : ''}`;
    }
  }
}

const wayBack = (isOwner: boolean, hasOwnGrant: boolean) => {
  if (!isOwner) return 'An owner has to renew.';
  return hasOwnGrant ? 'Renew yours to bring it back.' : 'Sign in to bring it back.';
};
const countWords = (count: number) => (count === 1 ? 'One more is' : `${count} more are`);
const secondWords = (owners: number) =>
  owners > 1 ? 'Ask another owner to sign in too.' : 'Invite a second owner, to make it safe.';

/** Whose sign-ins are known to work. */
function keptWords({ keepers }: ProfileFacts['health'], { id }: Reader): string {
  const [only] = keepers;
  if (!only) return "Another owner's sign-in keeps it alive.";
  const names = plain(spoken(keepers.map((one) => (one.id === id ? 'you' : one.name))));
  if (keepers.length > 1) return `${keepers.length} sign-ins keep it alive: ${names}.`;
  return only.id === id ? 'Only your sign-in keeps it alive.' : `Only the sign-in of ${names} keeps it alive.`;
}

/** "12 days left", while that is known; the network ends it then unless somebody signs in again. */
export function leftWords({ endsAt }: ProfileFacts['health'], now: Date): string | undefined {
  const left = endsAt && daysUntil(endsAt, now);
  return left && left > 0 ? `${left} ${left === 1 ? 'day' : 'days'} left` : undefined;
}
