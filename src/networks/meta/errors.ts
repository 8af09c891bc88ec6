import { type Answer, later, num, plainTrouble, waitTrouble } from '../http.js';
import { NetworkTrouble } from '../network.js';

/** Codes of "too fast": app, person, Page, custom, and business limits of Pages, Instagram and Messenger. */
const tooFast = new Set([4, 17, 32, 341, 613, 80001, 80002, 80006]);

/** Why a token is dead, for the codes whose cure differs from signing in again. */
const deadBecause: Record<number, string> = {
  458: 'the permission was taken back',
  459: 'the person has to sign in at the website first',
  460: 'the password was changed',
  463: 'it has ended',
  464: 'the person has to confirm their account first',
  492: 'the person lost their role on the Page',
};

/**
 * Errors of the Graph API, which Facebook and Instagram share. Its own text is never repeated: it can quote a token.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
export function metaTrouble(label: string) {
  return (answer: Answer, now: Date): NetworkTrouble => {
    const code = num(answer.body, 'error', 'code');
    const subcode = num(answer.body, 'error', 'error_subcode');
    if (code === 190 || code === 102) {
      const why = deadBecause[subcode] ?? 'it is not valid any more';
      return new NetworkTrouble('dead', `${label} does not take this sign-in any more: ${why}.`);
    }
    if (tooFast.has(code)) return waitTrouble(label, regained(answer.headers, now));
    if (code === 1 || code === 2)
      return new NetworkTrouble('passing', `${label} has a problem of its own (code ${code}).`);
    if (code === 368) return new NetworkTrouble('notAllowed', `${label} has blocked this for a time, for its policy.`);
    if (code === 3 || code === 101 || code === 191) {
      return new NetworkTrouble('notSetUp', `${label} says that this bot's app may not do that (code ${code}).`);
    }
    if (code === 10 || (code >= 200 && code <= 299)) {
      return new NetworkTrouble('notAllowed', `${label} says a permission is missing (code ${code}).`);
    }
    if (code === 100 && subcode === 33) {
      return new NetworkTrouble('notAllowed', `${label} shows nothing there to this sign-in.`);
    }
    if (code > 0) return new NetworkTrouble('unknown', `${label} did not accept the request (code ${code}).`);
    return plainTrouble(label, answer, now);
  };
}

/** `X-Business-Use-Case-Usage` names the minutes left; where it is missing, Facebook's own advice is a quarter of an hour. */
const dayMinutes = 24 * 60;

function regained(headers: Headers, now: Date): Date {
  let minutes = 0;
  try {
    const usage: unknown = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}');
    const uses = typeof usage === 'object' && usage !== null ? Object.values(usage).flat() : [];
    minutes = Math.max(0, ...uses.map((use) => num(use, 'estimated_time_to_regain_access') || 0));
  } catch {
    // A header we cannot read says nothing.
  }
  return later(now, Math.min(minutes || 15, dayMinutes) * 60);
}
