import { type Answer, at, list, num, str } from '../http.js';
import { type AnswerTable, type Meaning, plainRows } from '../readSent.js';
import { xTrouble } from './errors.js';

const hourSeconds = 3600;
/** Of a picture or a video, for whatever reason: X has one sentence for all of them. */
export const badMedia = {
  reason: 'refused',
  detail: 'X does not take what goes with this text.',
} as const satisfies Meaning;

const rows = {
  ...plainRows('X'),
  '400': { reason: 'refused', detail: 'X does not accept this text.' },
  '400 media': badMedia,
  '402': {
    reason: 'money',
    detail: "The credits of this app's X plan are used up.",
    hold: 'network',
    waitSeconds: hourSeconds,
  },
  '403 duplicate': {
    reason: 'duplicate',
    detail: 'X says that this profile posted the same text already.',
    isTwin: true,
  },
  '403 cashtag': { reason: 'refused', detail: 'X takes one cashtag at most in a post.' },
  '403 link': { reason: 'refused', detail: 'X does not accept a link in this text.' },
  '403 tooLong': { reason: 'tooLong', detail: 'X says that this text is too long.' },
  '403 video': { reason: 'refused', detail: 'X takes no video of that length from this profile.' },
  '403 reply': {
    reason: 'notAllowed',
    detail: 'X allows a reply only where the author mentioned or quoted this profile.',
  },
  '403 client-forbidden': { reason: 'signIn', detail: 'This sign-in does not let us publish on X. Sign in again.' },
  // Spam rules, mostly. In words that we do not know it may mean a duplicate as well.
  '403': { reason: 'refused', detail: 'X does not let this profile post this.', isTwin: true },
  '429 usageCap': {
    reason: 'money',
    detail: "This app's X plan is used up for now.",
    hold: 'network',
    waitSeconds: hourSeconds,
  },
  '429': { reason: 'wait', detail: 'X asks us to wait.', hold: 'network', waitSeconds: 900 },
} satisfies Record<string, Meaning>;

/** How X answers a new post: https://docs.x.com/x-api/fundamentals/response-codes-and-errors */
export const xAnswers = { label: 'X', trouble: xTrouble, idOf, wordsOf, rows } satisfies AnswerTable;

function idOf({ body }: Answer): string | undefined {
  const id = str(body, 'data', 'id');
  return id && /^\d{1,20}$/.test(id) ? id : undefined;
}

/** X has no code for most of its noes: the problem's type says it where there is one, else its words. */
const telling: [RegExp, string][] = [
  [/duplicate content/i, 'duplicate'],
  [/cashtag/i, 'cashtag'],
  [/invalid url/i, 'link'],
  [/video longer/i, 'video'],
  [/too long/i, 'tooLong'],
  [/reply to this conversation|not been mentioned/i, 'reply'],
  [/usage ?-?cap/i, 'usageCap'],
];

function wordsOf({ status, body }: Answer): string[] {
  const problem = str(body, 'type')?.split('/').at(-1) ?? '';
  const said = `${problem} ${str(body, 'title') ?? ''} ${str(body, 'detail') ?? ''}`;
  const isOldDuplicate = num(list(body, 'errors')[0], 'code') === 187;
  // https://github.com/plhery/node-twitter-api-v2/issues/336
  const isAboutMedia = list(body, 'errors').some((error) => at(error, 'parameters', 'media.media_ids') !== undefined);
  const words = telling.filter(([sign]) => sign.test(said)).map(([, word]) => word);
  return [...(isOldDuplicate ? ['duplicate'] : []), ...(isAboutMedia ? ['media'] : []), ...words, problem]
    .map((word) => `${status} ${word}`)
    .concat(String(status));
}
