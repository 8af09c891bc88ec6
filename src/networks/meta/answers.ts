import { type Answer, at, type Speaker, str } from '../http.js';
import { type Meaning, plainRows } from '../readSent.js';
import { metaTrouble } from './errors.js';

/** What one of Meta's networks says of a single post: its errors, and that it is not there. */
export type GraphSpeaker = Speaker & { isGone: (answer: Answer) => boolean };

export const graphSpeaker = (label: string): GraphSpeaker => ({ label, trouble: metaTrouble(label), isGone });

function isGone({ status, body }: Answer): boolean {
  const isNotThere = str(body, 'error', 'code') === '100' && str(body, 'error', 'error_subcode') === '33';
  return isNotThere || (status === 404 && at(body, 'error') === undefined);
}

/** The most telling number first: the same one comes as code or as subcode. Without either the status says it. */
export function graphWords({ status, body }: Answer): string[] {
  const [code, subcode] = [str(body, 'error', 'code'), str(body, 'error', 'error_subcode')];
  return code ? [`subcode ${subcode}`, `subcode ${code}`, `code ${code}`] : [String(status)];
}

/** What all of Meta's networks answer alike to something new. */
export const graphRows = (label: string) =>
  ({
    ...plainRows(label),
    '401': { reason: 'signIn', detail: `${label} does not take this sign-in. Sign in again.` },
    // "An unexpected error has occurred, please retry": seen with the post live, seven times over by retrying.
    'code 1': 'unknown',
    'code 2': 'unknown',
  }) satisfies Record<string, Meaning>;
