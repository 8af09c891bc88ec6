import type { Notice } from '../../rules/types.js';
import { type Button, button } from '../input/button.js';
import { type Colour, cardKind } from './card.js';
import { plain } from './text.js';

export type NoticeView = { title: string; text: string; colour: Colour; buttons: Button[] };

export const noticeCard = cardKind<NoticeView>('notice', ({ title, text }) => `${title} ${text}`);

/** Something one person is told in their own chat. */
export function noticeView({ title, text, buttons }: Notice): NoticeView {
  return {
    title: plain(title),
    text: plain(text),
    colour: 'default',
    buttons: (buttons ?? []).map((one) => button(one.title, one.operation)),
  };
}
