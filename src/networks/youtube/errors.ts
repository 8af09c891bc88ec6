import { DateTime } from 'luxon';
import { type Answer, list, plainTrouble, str, waitTrouble } from '../http.js';
import { NetworkTrouble } from '../network.js';

/** A Google account without a channel: for us an empty list. */
export class NoChannel extends NetworkTrouble {}

const closedAccount = new Set([
  'accountDelegationForbidden',
  'authenticatedUserAccountClosed',
  'authenticatedUserAccountSuspended',
]);

/** https://developers.google.com/youtube/v3/docs/errors */
export function youtubeTrouble(answer: Answer, now: Date): NetworkTrouble {
  const reason = str(list(answer.body, 'error', 'errors')[0], 'reason') ?? '';
  if (reason === 'youtubeSignupRequired') return new NoChannel('notAllowed', 'This Google account has no channel.');
  if (reason === 'quotaExceeded' || reason === 'dailyLimitExceeded')
    return waitTrouble('YouTube', pacificMidnight(now));
  if (reason === 'rateLimitExceeded' || reason === 'userRateLimitExceeded') {
    return plainTrouble('YouTube', { ...answer, status: 429 }, now);
  }
  if (reason === 'accessNotConfigured') {
    return new NetworkTrouble('notSetUp', 'YouTube Data API v3 is not enabled for the project of this app.');
  }
  if (closedAccount.has(reason))
    return new NetworkTrouble('notAllowed', 'Google has closed or restricted this account.');
  if (answer.status === 401) return new NetworkTrouble('stale', 'YouTube no longer takes this access token.');
  return plainTrouble('YouTube', answer, now);
}

/** A project's daily quota comes back at midnight in California. */
function pacificMidnight(now: Date): Date {
  return DateTime.fromJSDate(now, { zone: 'America/Los_Angeles' }).plus({ days: 1 }).startOf('day').toJSDate();
}
