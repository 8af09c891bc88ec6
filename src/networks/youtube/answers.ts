import { type Answer, list, str } from '../http.js';
import { type AnswerTable, type Meaning, plainRows } from '../readSent.js';
import { youtubeTrouble } from './errors.js';

const gone = { reason: 'targetGone', detail: 'YouTube no longer shows the comment that this answers.' } as const;
const closed = { reason: 'notAllowed', detail: 'Comments are switched off for this video.' } as const;

/** How YouTube answers a comment, or a like: https://developers.google.com/youtube/v3/docs/commentThreads/insert */
const rows = {
  ...plainRows('YouTube'),
  commentTextTooLong: { reason: 'tooLong', detail: 'YouTube says that this comment is too long.' },
  commentTextRequired: { reason: 'refused', detail: 'YouTube wants a text in a comment.' },
  commentsDisabled: closed,
  forbidden: { reason: 'notAllowed', detail: 'YouTube does not let this channel do that.' },
  videoNotFound: { reason: 'targetGone', detail: 'YouTube no longer shows this video.' },
  commentNotFound: gone,
  parentCommentNotFound: gone,
  videoRatingDisabled: { reason: 'notAllowed', detail: 'Ratings are switched off for this video.' },
  // "The API server failed to successfully process the request": it may be there.
  processingFailure: 'unknown',
  '400': { reason: 'refused', detail: 'YouTube does not accept this.' },
} satisfies Record<string, Meaning>;

export const youtubeAnswers: AnswerTable = {
  label: 'YouTube',
  trouble: youtubeTrouble,
  idOf: ({ body }) => [str(body, 'id')].find((id) => id && /^[\w.-]{5,120}$/.test(id)),
  wordsOf: ({ status, body }: Answer) => {
    const reasons = list(body, 'error', 'errors').map((error) => str(error, 'reason') ?? '');
    return [...reasons, String(status)];
  },
  rows,
};
