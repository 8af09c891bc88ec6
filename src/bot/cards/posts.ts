import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import { actWord, type Intent } from '../../rules/publishing/intent.js';
import { button } from '../input/button.js';
import { clientTime } from '../input/times.js';
import type { ChooserView } from './chooser.js';
import { iconFor } from './icons.js';
import { targetWords } from './reply.js';
import { plain } from './text.js';

type Posts = Extract<Outcome, { kind: 'posts' }>;

/** What waits and what went out, newest first, each with the button that fits it. */
export function postsView({ rows, page, more, profile }: Posts): ChooserView {
  const profiles = profile ? [{ id: profile }] : [];
  const here = page > 0 ? { page } : {};
  return {
    question: rows.length > 0 ? 'Posts, newest first' : 'No posts yet',
    ...(rows.length === 0 ? { note: 'Say "post" to write one. Nothing goes out before you press Send.' } : {}),
    choices: [
      ...rows.map(({ intent, offers }) => ({
        ...iconFor(intent.type),
        title: plain(`${intent.handle}: ${firstWords(wordsOf(intent))}`),
        detail: plain(`${stateWords(intent)} · ${intent.author.name}`),
        choose: offers.includes('undo')
          ? button(
              'Undo',
              { kind: 'undo', intent: intent.id },
              { tooltip: `Undo the ${actWord(intent)} with ${intent.handle}` },
            )
          : button(
              'Look at it',
              { kind: 'posts', profiles, ...here, posting: intent.posting, listed: true },
              { tooltip: `Look at the ${actWord(intent)} with ${intent.handle}` },
            ),
      })),
      ...(page > 0
        ? [
            {
              title: 'Newer posts',
              detail: `Page ${page}`,
              choose: button(
                'Show',
                { kind: 'posts', profiles, ...(page > 1 ? { page: page - 1 } : {}) },
                { tooltip: 'Show newer posts' },
              ),
            },
          ]
        : []),
      ...(more
        ? [
            {
              title: 'Older posts',
              detail: `Page ${page + 2}`,
              choose: button('Show', { kind: 'posts', profiles, page: page + 1 }, { tooltip: 'Show older posts' }),
            },
          ]
        : []),
    ],
  };
}

/** A reaction says what it is about. */
export function wordsOf({ kind, target, text }: Intent): string {
  if (!kind || !target) return text;
  const name = { reply: 'Reply', like: 'Like', repost: 'Repost' }[kind];
  return text === '' ? `${name}, ${targetWords(target)}` : `${name}: ${text}`;
}

/** A link that hides its post: which of the profile's last ones is it? */
export function pickPostView({ profile, options }: Extract<Outcome, { kind: 'pickPost' }>): ChooserView {
  const name = plain(nameOf(profile));
  if (options.length === 0)
    return { question: 'No posts yet', note: `${name} has published nothing so far.`, choices: [] };
  return {
    question: 'Which post is it?',
    note: `That link hides the number of the post. These are the last ones of ${name}.`,
    choices: options.map(({ post, asked }) => ({
      ...iconFor(profile.type),
      title: plain(firstWords(post.text)) || 'A post without words',
      detail: clientTime(post.at),
      choose: button('This one', asked, { tooltip: `This one: ${firstWords(post.text)}` }),
    })),
  };
}

/** The beginning of a text, on one line. */
export function firstWords(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const signs = [...line];
  return signs.length > 60 ? `${signs.slice(0, 60).join('')}…` : line;
}

function stateWords({ state, at, askedAt, differs, expires }: Intent): string {
  const time = clientTime(at ?? askedAt);
  switch (state) {
    case 'asked':
      return `Draft, not sent; kept until ${clientTime(expires ?? askedAt)}`;
    case 'toApprove':
      return 'Waits for a yes';
    case 'declined':
      return 'Declined';
    case 'held':
      return `Goes out ${time}`;
    case 'waiting':
      return `Waits since ${time}`;
    case 'sending':
      return 'Going out now';
    case 'unknown':
      return 'Its answer was lost; being looked for';
    case 'toSettle':
      return 'Needs a look: is it there?';
    case 'sent':
      return differs ? `Sent ${time}; the network shows it differently` : `Sent ${time}`;
    case 'notSent':
      return 'Not there';
    case 'refused':
      return 'Did not go out';
    case 'takenBack':
      return 'Taken back';
    default:
      return 'Stopped';
  }
}
