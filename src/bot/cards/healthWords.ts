import type { ProfileFacts } from '../../operations/core/outcome.js';
import { agoWords, inWords } from '../../platform/timeWords.js';
import type { Colour, Reader } from './card.js';

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
      return standing === 'owner'
        ? 'No sign-in works any more. Renew yours to bring it back.'
        : 'No sign-in works any more. An owner has to renew.';
    case 'not-proven':
      return `Whether it works is not known just now.${again}${last}`;
    case 'yours-not-valid':
      return hasOwnGrant
        ? `Another owner's sign-in keeps it alive; yours does not work.${last}`
        : `Another owner's sign-in keeps it alive. Sign in too, to make it safe.${last}`;
    case 'valid': {
      const others = health.unproven > 0 ? ` ${countWords(health.unproven)} not proven just now.${again}` : '';
      if (health.valid > 1) return `${health.valid} sign-ins keep it alive.${others}${last}`;
      const alone = standing === 'owner' && health.unproven === 0 ? ` ${onlyOne(profile.owners.length)}` : '';
      return `One sign-in keeps it alive.${others}${last}${alone}`;
    }
  }
}

const countWords = (count: number) => (count === 1 ? 'One more is' : `${count} more are`);
const onlyOne = (owners: number) =>
  owners > 1
    ? 'Only one person keeps this alive. Ask another owner to renew too.'
    : 'Only one person keeps this alive. Invite a second.';
