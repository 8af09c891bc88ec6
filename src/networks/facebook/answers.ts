import { str } from '../http.js';
import { graphRows, graphWords } from '../meta/answers.js';
import type { AnswerTable, Meaning } from '../readSent.js';
import { pageSpeaker } from './posts.js';

const refused = (detail: string): Meaning => ({ reason: 'refused', detail });
const flagged = { reason: 'refused', detail: 'Facebook takes this text for spam or against its rules.' } as const;
const confirm = {
  reason: 'notAllowed',
  detail: 'Facebook wants somebody to confirm this Page on facebook.com first.',
} as const;
const twin = {
  reason: 'duplicate',
  detail: 'Facebook says that this Page posted the same already.',
  isTwin: true,
} as const;

/** How Facebook answers a new post, by subcode, then code. What is not here is looked up. */
const rows = {
  ...graphRows('Facebook'),
  'subcode 1363047': 'unknown',
  'subcode 1609010': 'unknown',
  'code 506': twin,
  'subcode 1366051': twin,
  'code 368': {
    reason: 'refused',
    detail: 'Facebook has blocked this Page for a time, for the same content over and over.',
    hold: 'profile',
    waitSeconds: 3600,
  },
  'subcode 1390008': {
    reason: 'wait',
    detail: 'Facebook asks us to post more slowly.',
    hold: 'network',
    waitSeconds: 900,
  },
  'subcode 33': { reason: 'targetGone', detail: 'Facebook shows nothing there to this sign-in.' },
  'code 100': refused('Facebook does not accept this text.'),
  'subcode 1366046': refused('Facebook does not accept this picture.'),
  'subcode 1346003': flagged,
  'subcode 1404102': flagged,
  'subcode 1404006': flagged,
  'subcode 1349125': flagged,
  'subcode 2061006': refused('Facebook does not accept the address of a link in this text.'),
  'subcode 1609008': refused('Facebook does not accept links to Facebook in a post.'),
  'subcode 1404078': confirm,
  'subcode 4854002': confirm,
} satisfies Record<string, Meaning>;

export const facebookAnswers: AnswerTable = {
  ...pageSpeaker,
  idOf: ({ body }) => [str(body, 'id')].find((id) => id && /^\d+(_\d+)?$/.test(id)),
  wordsOf: graphWords,
  rows,
};

/**
 * The same for a video. 1363030, an upload that timed out, is from memory; a problem with the upload that no row names is looked
 * up, since the video may be there.
 */
export const videoAnswers: AnswerTable = {
  ...facebookAnswers,
  rows: {
    ...rows,
    'code 100': refused('Facebook does not accept this video, or its text.'),
    'code 352': refused('Facebook does not take a video of this form. Save it as MP4 (H.264 and AAC).'),
    'code 382': refused('Facebook says that this video is too small.'),
    'subcode 1363030': {
      ...{ reason: 'wait', detail: 'Facebook has forgotten what was carried over.' },
      ...{ hold: 'profile', waitSeconds: 60, isForgotten: true },
    },
  },
};
