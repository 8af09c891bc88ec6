import type { Intent } from './intent.js';

/** What a card offers for one post: a hint for buttons, judged again when it is pressed. */
export type Offer = 'undo' | 'sendNow' | 'takeBack' | 'lookAgain' | 'settle';

export function offersOf({ state, why, attempts, takeBack, proof }: Intent): Offer[] {
  switch (state) {
    case 'toApprove':
      return ['undo'];
    case 'held':
      return ['undo', 'sendNow'];
    case 'waiting':
      return why?.code === 'frozen' ? ['undo'] : ['sendNow', 'undo'];
    case 'unknown':
      return ['lookAgain'];
    case 'toSettle':
      return ['settle', 'lookAgain'];
    case 'notSent':
      return attempts > 1 ? ['lookAgain'] : ['sendNow', 'lookAgain'];
    case 'sent':
      return takeBack || !proof?.id ? [] : ['takeBack'];
    default:
      return [];
  }
}
