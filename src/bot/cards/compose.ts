import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Asked } from '../../rules/operation.js';
import { type Button, button } from '../input/button.js';
import { altBox } from '../input/postBoxes.js';
import { boxesOf } from '../input/postTimes.js';
import { cardKind, type Reader } from './card.js';
import { type PictureView, picturesOf } from './postPictures.js';
import { type PostVideo, videoIn } from './postVideo.js';
import { plain } from './text.js';

export type ComposeView = PostVideo & {
  title: string;
  sentence: string;
  choices: { title: string; value: string }[];
  /** Ids of what is chosen, with commas between. */
  picked: string;
  text: string;
  date: string;
  time: string;
  /** A box for what each picture shows. */
  alts?: { id: string; label: string; value: string; url: string; alt: string }[];
  dateLabel: string;
  timeLabel: string;
  buttons: Button[];
};

export const composeCard = cardKind<ComposeView>('compose', ({ title }) => title);

const missingWords = {
  profiles: 'Choose at least one profile.',
  text: 'Write what is to be published.',
  picture: 'A picture of it is not kept any more. Press Pictures on the preview to add it again.',
  video: 'The video of it is not kept any more. Press Video on the preview to add it again.',
};

const altOf = ({ url, alt }: PictureView, at: number, value: string) => ({
  id: altBox(at),
  label: `Picture ${at + 1}: what it shows, in words`,
  ...{ value, url, alt },
});

/** The form for a post: which profiles, what, and when. Preview comes next; nothing leaves from here. */
export function composeView(form: Extract<Outcome, { kind: 'compose' }>, reader: Reader): ComposeView {
  const { offered, picked, text, at, instead, missing, pictures, video } = form;
  const boxes = at ? boxesOf(at, reader.timeZone) : { date: '', time: '' };
  const preview: Asked = {
    kind: 'post',
    profiles: [],
    ...(instead ? { instead } : {}),
    ...(pictures.length > 0 ? { pictures: pictures.map(({ picture }) => picture.id) } : {}),
    ...(video ? { video: video.id } : {}),
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
    ...(pictures.length > 0
      ? { alts: picturesOf(pictures).map((view, at) => altOf(view, at, pictures[at]?.picture.alt ?? '')) }
      : {}),
    ...videoIn(video),
    dateLabel: 'Date (empty: now)',
    timeLabel: `Time (${reader.timeZone})`,
    buttons:
      offered.length > 0
        ? [button('Preview', preview, { style: 'positive' })]
        : [button('Add a profile', { kind: 'add' })],
  };
}
