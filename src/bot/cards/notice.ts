import { typeNames } from '../../rules/profileTypes.js';
import type { Notice } from '../../rules/types.js';
import { type Button, button, opening } from '../input/button.js';
import { type Colour, cardKind } from './card.js';
import { iconFor, type WithIcon } from './icons.js';
import { plain } from './text.js';

export type NoticeView = WithIcon & {
  title: string;
  text: string;
  colour: Colour;
  buttons: Button[];
};

export const noticeCard = cardKind<NoticeView>('notice', ({ title, text }) => `${title} ${text}`);

/** Something one person is told in their own chat. */
export function noticeView({ title, text, about, buttons = [], url }: Notice): NoticeView {
  return {
    title: plain(title),
    text: plain(text),
    colour: 'default',
    ...(about ? iconFor(about) : {}),
    buttons: [...opening(openTitle(about), url), ...buttons.map((one) => button(one.title, one.operation))],
  };
}

const openTitle = (about: Notice['about']) => (about ? `Open it on ${typeNames[about].networkLabel}` : 'Open it');
