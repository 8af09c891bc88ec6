import type { Outcome } from '../../operations/core/outcome.js';
import { capital } from '../../rules/spoken.js';
import { alwaysTold, noticeTopics, topicNames } from '../../rules/tenant/noticeTopics.js';
import { button } from '../input/button.js';
import type { Reader } from './card.js';
import type { ChooserView } from './chooser.js';
import { plain } from './text.js';

/** What the reader is told in this chat, each topic with its switch. */
export function noticesView({ quiet, done }: Extract<Outcome, { kind: 'notices' }>, { admin }: Reader): ChooserView {
  return {
    question: done ? plain(done) : 'What you are told here',
    note: alwaysTold,
    choices: topicNames
      .filter((topic) => admin || !noticeTopics[topic].admins)
      .map((topic) => {
        const on = quiet.includes(topic);
        const tooltip = `${on ? 'Tell me' : 'Do not tell me'} of ${topic}`;
        return {
          title: `${capital(topic)}: ${on ? 'off' : 'on'}`,
          detail: capital(noticeTopics[topic].what),
          choose: button(on ? 'Switch on' : 'Switch off', { kind: 'notices', topic, on }, { tooltip }),
        };
      }),
  };
}
