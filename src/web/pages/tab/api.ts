import { authentication } from '@microsoft/teams-js';

/** What the bot answers: a card in place of the one shown, words beside it, or found choices. */
export type Answer = { type: string; value: unknown };

/** Nothing came of it; the message says so to the person, with what to do. */
export class Trouble extends Error {}

const timeoutMs = 30_000;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/**
 * One request, with a token that Teams hands out for it: tokens are not kept here.
 * @throws Trouble
 */
export async function ask(what: 'operation' | 'search', data: unknown): Promise<Answer> {
  const token = await authentication.getAuthToken().catch(() => {
    throw new Trouble(
      'Teams could not say who you are. Close this tab and open it again; if this stays, your administrator has to allow single sign-on for Social Profiles.',
    );
  });
  const response = await fetch(what, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ data, ...(timeZone ? { timeZone } : {}) }),
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => {
    throw new Trouble('Social Profiles cannot be reached now. Look at your connection, then try again.');
  });
  if (!response.ok) throw new Trouble(await sentenceFor(response));
  return (await response.json()) as Answer;
}

async function sentenceFor(response: Response): Promise<string> {
  const { reference } = (await response.json().catch(() => ({}))) as { reference?: string };
  if (response.status === 401) {
    return 'Social Profiles does not accept the sign-in that Teams gave. Close this tab and open it again; if this stays, tell your administrator.';
  }
  if (response.status === 503) return 'Social Profiles is busy now. Try again in a few seconds.';
  return `Something went wrong; nothing was changed. Try again later${reference ? `, or tell your administrator ${reference}` : ''}.`;
}
