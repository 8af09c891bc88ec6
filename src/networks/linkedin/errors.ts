import { type Answer, later, limitEnds, plainTrouble, str, waitTrouble } from '../http.js';
import { NetworkTrouble } from '../network.js';
import { linkedInVersion } from './api.js';

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling */
export function linkedInTrouble(answer: Answer, now: Date): NetworkTrouble {
  const code = str(answer.body, 'code');
  const isRevoked = str(answer.body, 'serviceErrorCode') === '65601' || code === 'REVOKED_ACCESS_TOKEN';
  if (answer.status === 401 && isRevoked) return new NetworkTrouble('dead', 'LinkedIn says this sign-in was revoked.');
  if (answer.status === 401) return new NetworkTrouble('stale', 'LinkedIn no longer takes this access token.');
  if (answer.status === 426 || code === 'VERSION_MISSING' || code === 'NONEXISTENT_VERSION') {
    return new NetworkTrouble('notSetUp', `LinkedIn no longer serves its version ${linkedInVersion}: update this bot.`);
  }
  // Limits are by the day and end at midnight UTC, unless the answer names a time.
  if (answer.status === 429) return waitTrouble('LinkedIn', limitEnds(answer.headers, now) ?? nextMidnight(now));
  return plainTrouble('LinkedIn', answer, now);
}

function nextMidnight(now: Date): Date {
  const midnight = new Date(now);
  midnight.setUTCHours(0, 0, 0, 0);
  return later(midnight, 86_400);
}
