import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Target } from '../../rules/publishing/intent.js';
import { type Button, button, opening } from '../input/button.js';
import { cardKind } from './card.js';
import { iconFor, type WithIcon } from './icons.js';
import { plain } from './text.js';

export type ReplyView = WithIcon & {
  title: string;
  sentence: string;
  /** What is answered, where the network shows it. */
  about?: string;
  text: string;
  buttons: Button[];
};

export const replyCard = cardKind<ReplyView>('reply', ({ title, sentence }) => `${title}. ${sentence}`);

/** Where a reply is written. Preview comes next; nothing leaves from here. */
export function replyView({ profile, target, text, asked }: Extract<Outcome, { kind: 'replyForm' }>): ReplyView {
  return {
    title: plain(`Reply as ${nameOf(profile)}`),
    ...iconFor(profile.type),
    sentence: 'You see what the network makes of it before anything goes out.',
    ...(target.text || target.by ? { about: plain(targetWords(target)) } : {}),
    // A box shows its text as it is.
    text,
    buttons: [button('Preview', asked, { style: 'positive' }), ...linkTo(target)],
  };
}

/** `@adele: Hello` where the network shows it, else its link. */
export const targetWords = ({ by, text, link }: Target): string => [by, text].filter(Boolean).join(': ') || link;

/** What a reaction is about, in the browser. */
export const linkTo = ({ link }: Target): Button[] => opening('See the post', link, 'See the post that this is about');

/** What a reaction does to its post, in front of what that is. */
export const aboutWords = { reply: 'In answer to', like: 'Likes', repost: 'Shows to its followers' };
