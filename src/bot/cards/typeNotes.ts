import { type Action, typeWords } from '../../operations/answers/typeWords.js';
import { capital, spoken } from '../../rules/spoken.js';
import type { ProfileType } from '../../rules/types.js';

const words: Record<Action, string> = {
  publishText: 'publish text',
  publishMedia: 'publish pictures and videos',
  reply: 'reply',
  like: 'like',
  share: 'share posts',
  sendMessages: 'send messages',
  acquireMessages: 'read messages',
  acquireSearch: 'read public posts',
};

/** What a profile of this type may do on its network today, what holds for it, and why not the rest: short lines. */
export function typeNotes(type: ProfileType, opened: readonly Action[] = []): string[] {
  const { can, cannot, conditions, networkLabel } = typeWords(type, opened);
  return [
    can.length > 0
      ? `On ${networkLabel} it can ${spoken(
          can.map((action) => words[action]),
          can.length,
        )}.`
      : `${networkLabel} lets apps do nothing with it today.`,
    ...conditions.map(([action, condition]) => `${capital(words[action])}: ${condition}`),
    ...(cannot.length > 0 ? [cannot.join(' ')] : []),
  ];
}
