import type { Intent } from './intent.js';

/** What a card offers for one post: a hint for buttons, judged again when it is pressed. */
export type Offer = 'undo' | 'sendNow' | 'takeBack' | 'lookAgain' | 'settle';

/** `canLook`: a look can find it. Else people alone can say what became of it, also once somebody said that it is not there. */
export function offersOf({ state, why, attempts, takeBack, proof }: Intent, canLook = true): Offer[] {
  const look: Offer[] = canLook ? ['lookAgain'] : [];
  switch (state) {
    case 'toApprove':
      return ['undo'];
    case 'held':
      return ['undo', 'sendNow'];
    case 'waiting':
      return why?.code === 'frozen' ? ['undo'] : ['sendNow', 'undo'];
    case 'unknown':
      return look;
    case 'toSettle':
      return ['settle', ...look];
    case 'notSent':
      return [...(attempts > 1 ? [] : ['sendNow' as const]), ...(canLook ? look : ['settle' as const])];
    case 'sent':
      return takeBack || !proof?.id ? [] : ['takeBack'];
    default:
      return [];
  }
}
