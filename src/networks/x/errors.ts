import { type Answer, at, list, plainTrouble, str } from '../http.js';
import { NetworkTrouble } from '../network.js';

/** https://docs.x.com/x-api/fundamentals/response-codes-and-errors */
export function xTrouble(answer: Answer, now: Date): NetworkTrouble {
  const problem = str(answer.body, 'type')?.split('/').at(-1) ?? '';
  const oldCode = at(list(answer.body, 'errors')[0], 'code');
  // 401 is an old access token as well as a revoked one: only the refresh tells them apart.
  if (answer.status === 401) return new NetworkTrouble('stale', 'X no longer takes this access token.');
  // Pay-per-use balance empty: everything of this app stops until an administrator tops it up.
  if (answer.status === 402) return new NetworkTrouble('notSetUp', "The credits of this app's X plan are used up.");
  if (problem === 'usage-capped') return new NetworkTrouble('notSetUp', "This app's X plan is used up for now.");
  // Not attached to a project, or to one without access.
  if (str(answer.body, 'reason') === 'client-not-enrolled')
    return new NetworkTrouble('notSetUp', 'X does not let this app do that.');
  if (problem === 'rate-limit-exceeded' || oldCode === 88) return plainTrouble('X', { ...answer, status: 429 }, now);
  return plainTrouble('X', answer, now);
}
