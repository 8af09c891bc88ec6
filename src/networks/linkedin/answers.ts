import { type Answer, list, str } from '../http.js';
import { type AnswerTable, type Meaning, plainRows } from '../readSent.js';
import { linkedInTrouble } from './errors.js';

const outdated = {
  reason: 'setUp',
  detail: 'LinkedIn no longer serves the version this bot speaks: update the bot.',
} as const;

/** Nothing was posted: a member's sign-in cannot ask whether a picture or a video is ready. */
const processing = {
  reason: 'wait',
  detail: 'LinkedIn is not done with what goes with the post yet.',
  hold: 'profile',
  waitSeconds: 15,
} as const;

const forgotten = {
  reason: 'wait',
  detail: 'LinkedIn does not know the video any more.',
  hold: 'profile',
  waitSeconds: 15,
  isForgotten: true,
} as const;

export const unreadable = 'LinkedIn cannot read the video. Save it as MP4 (H.264 and AAC), then post it again.';

/**
 * How LinkedIn answers a new post: https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling,
 * and what it says of a video: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api
 */
const rows = {
  ...plainRows('LinkedIn'),
  '400 FIELD_LENGTH_TOO_LONG': { reason: 'tooLong', detail: 'LinkedIn says that this text is too long.' },
  '400 VERSION_MISSING': outdated,
  '400 MEDIA_ASSET_WAITING_UPLOAD': processing,
  '400 MEDIA_ASSET_PROCESSING': processing,
  '400 MEDIA_ASSET_PROCESSING_FAILED': { reason: 'refused', detail: unreadable },
  '400 INVALID_VIDEO_ID': forgotten,
  '400': { reason: 'refused', detail: 'LinkedIn does not accept this text.' },
  '426': outdated,
  // It may name this very post, an older one, or one that is gone: whoever can reads it first.
  '422 DUPLICATE_POST': 'unknown',
} satisfies Record<string, Meaning>;

export const linkedInAnswers: AnswerTable = {
  label: 'LinkedIn',
  trouble: linkedInTrouble,
  // The answer has no body.
  idOf: ({ headers }) => [headers.get('x-restli-id') ?? ''].find((id) => postUrn.test(id)),
  wordsOf,
  namedBy: ({ body }) => /urn:li:(?:share|ugcPost):\d+/.exec(str(body, 'message') ?? '')?.[0],
  rows,
};

const postUrn = /^urn:li:(?:share|ugcPost):\d+$/;

function wordsOf({ status, body }: Answer): string[] {
  const codes = list(body, 'errorDetails', 'inputErrors').map((error) => str(error, 'code'));
  const isTwin = /duplicate of urn:li:/i.test(str(body, 'message') ?? '');
  return [...codes, str(body, 'code'), ...(isTwin ? ['DUPLICATE_POST'] : [])]
    .map((code) => `${status} ${code}`)
    .concat(String(status));
}
