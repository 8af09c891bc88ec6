import { str } from '../http.js';
import { graphRows, graphWords } from '../meta/answers.js';
import type { AnswerTable, Meaning } from '../readSent.js';
import { instagramSpeaker } from './api.js';

const notReady: Meaning = {
  reason: 'wait',
  detail: 'Instagram has not finished it yet.',
  hold: 'profile',
  waitSeconds: 60,
};
/** If this very container was published before, Instagram may say so in these words: then `isTwin` has it looked up. */
const gone: Meaning = {
  ...{ reason: 'wait', detail: 'Instagram has forgotten what was carried over.' },
  ...{ hold: 'profile', waitSeconds: 60, isForgotten: true, isTwin: true },
};
const spent = (detail: string): Meaning => ({ reason: 'refused', detail, isTwin: true });

/** How Instagram answers the call that publishes, by subcode, then code. What is not here is looked up. */
const rows = {
  ...graphRows('Instagram'),
  // "Action blocked": seen with the post live.
  'subcode 2207051': 'unknown',
  // Called spam by some, a passing fault by others.
  'subcode 2207001': 'unknown',
  // Reads and writes say at random that nothing is there.
  'subcode 33': 'unknown',
  'subcode 2207027': notReady,
  'subcode 9007': notReady,
  'subcode 2207008': gone,
  'subcode 2207042': {
    reason: 'wait',
    detail: 'Instagram takes no more posts of this account today.',
    hold: 'profile',
    waitSeconds: 3600,
  },
  'subcode 2207050': {
    reason: 'notAllowed',
    detail: 'Instagram has restricted this account. Its app says why.',
  },
  'subcode 2207010': { reason: 'tooLong', detail: 'Instagram says that this text is too long.' },
  'subcode 2207009': { reason: 'refused', detail: 'Instagram does not take a picture of this form.' },
  'subcode 2207052': { reason: 'refused', detail: "Instagram could not fetch the picture from this bot's address." },
  'code 9004': { reason: 'refused', detail: "Instagram could not fetch the picture from this bot's address." },
  'code 100': spent('Instagram does not have it any more. Write the post again.'),
} satisfies Record<string, Meaning>;

export const instagramAnswers = {
  ...instagramSpeaker,
  idOf: ({ body }) => [str(body, 'id')].find((id) => id && /^\d+$/.test(id)),
  wordsOf: graphWords,
  rows,
} satisfies AnswerTable;

/** The same for a comment. */
export const commentAnswers: AnswerTable = {
  ...instagramAnswers,
  rows: { ...rows, 'code 100': { reason: 'refused', detail: 'Instagram does not accept this comment.' } },
};

/** Of a like a second changes nothing, so "not there" is believed at once. */
export const likeAnswers: AnswerTable = {
  ...instagramAnswers,
  rows: {
    ...rows,
    'subcode 33': { reason: 'targetGone', detail: 'Instagram shows nothing there to this sign-in.' },
    'code 100': { reason: 'refused', detail: 'Instagram does not let this account like that.' },
  },
};
