import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Asked } from '../../rules/operation.js';
import { type Button, button } from '../input/button.js';
import { boxesOf } from '../input/postTimes.js';
import { cardKind, type Reader } from './card.js';
import { plain } from './text.js';

export type ComposeView = {
  title: string;
  sentence: string;
  choices: { title: string; value: string }[];
  /** Ids of what is chosen, with commas between. */
  picked: string;
  text: string;
  date: string;
  time: string;
  dateLabel: string;
  timeLabel: string;
  buttons: Button[];
};

export const composeCard = cardKind<ComposeView>('compose', ({ title }) => title);

const missingWords = {
  profiles: 'Choose at least one profile.',
  text: 'Write what is to be published.',
};

/** The form for a post: which profiles, what, and when. Preview comes next; nothing leaves from here. */
export function composeView(form: Extract<Outcome, { kind: 'compose' }>, reader: Reader): ComposeView {
  const { offered, picked, text, at, instead, missing, pictures } = form;
  const boxes = at ? boxesOf(at, reader.timeZone) : { date: '', time: '' };
  const preview: Asked = {
    kind: 'post',
    profiles: [],
    ...(instead ? { instead } : {}),
    ...(pictures ? { pictures } : {}),
  };
  return {
    title: 'New post',
    sentence:
      offered.length > 0
        ? missing
          ? missingWords[missing]
          : 'You see what each network makes of it before anything goes out.'
        : 'You may publish with no profile yet. Add one, or ask an owner to share one with you.',
    choices: offered.map((profile) => ({
      title: plain(nameOf(profile)),
      value: profile.id,
    })),
    picked: picked.join(','),
    // A box shows its text as it is.
    text,
    ...boxes,
    dateLabel: 'Date (empty: now)',
    timeLabel: `Time (${reader.timeZone})`,
    buttons:
      offered.length > 0
        ? [button('Preview', preview, { style: 'positive' })]
        : [button('Add a profile', { kind: 'add' })],
  };
}
