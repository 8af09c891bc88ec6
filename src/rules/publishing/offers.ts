import type { Intent } from './intent.js';

/** What a card offers for one post: a hint for buttons, judged again when it is pressed. */
export type Offer = 'undo' | 'sendNow' | 'takeBack' | 'lookAgain' | 'settle';

/**
 * How its network does it. `peopleOnly`: no look can find it; people alone say what became of it, also once somebody said that
 * it is not there. `isRepeatable`: a like or a repost, which is undone without an id of its own. `cannotTakeBack`: it lets
 * nobody take it back.
 */
type Way = { peopleOnly?: true; isRepeatable?: boolean; cannotTakeBack?: true };

export function offersOf({ state, why, attempts, takeBack, proof }: Intent, way: Way = {}): Offer[] {
  const look: Offer[] = way.peopleOnly ? [] : ['lookAgain'];
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
      return [...(attempts > 1 ? [] : ['sendNow' as const]), ...(way.peopleOnly ? ['settle' as const] : look)];
    case 'sent':
      return takeBack || way.cannotTakeBack || !(proof?.id || (proof && way.isRepeatable)) ? [] : ['takeBack'];
    default:
      return [];
  }
}
