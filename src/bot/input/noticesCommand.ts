import { refuse } from '../../rules/refusals.js';
import { topicNames } from '../../rules/tenant/noticeTopics.js';
import type { Command } from './commandKinds.js';

/** What somebody wants to be told of. */
export const noticesCommand = {
  usage: 'notices [<topic> on|off]',
  about: 'What you are told in this chat, and what not.',
  group: 'Look',
  also: ['notifications'],
  parse: ([first, second, ...rest], _, usage) => {
    if (!first) return { kind: 'notices' };
    const topic = topicNames.find((name) => name === first.text.toLowerCase());
    const word = second?.text.toLowerCase();
    const isSwitch = word === 'on' || word === 'off';
    return topic && isSwitch && rest.length === 0
      ? { kind: 'notices', topic, on: word === 'on' }
      : refuse('wordsMissing', usage);
  },
} satisfies Command;
