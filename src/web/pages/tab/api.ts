import { authentication } from '@microsoft/teams-js';
import type { TabAnswer } from '../../../operations/core/tabViews.js';
import type { Choice } from '../card/combobox.js';

/** Nothing came of it; the message says so to the person, with what to do. */
export class Trouble extends Error {}

const timeoutMs = 30_000;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

/** Something that can be asked for: what a button carries. */
export type Wish = Record<string, unknown>;

/** What comes of it: a view, a card, or why not. @throws Trouble */
export const ask = (data: Wish): Promise<TabAnswer> => answer('operation', data);

/** All rows of a list as a table. @throws Trouble */
export const askTable = (data: Wish): Promise<TabAnswer | { type: 'csv'; csv: string }> => answer('table', data);

/** Type-ahead; trouble is part of what is found. */
export async function search(dataset: string, queryText: string): Promise<{ results: Choice[]; error?: string }> {
  try {
    return (await answer<{ value: { results: Choice[] } }>('search', { dataset, queryText })).value;
  } catch (error) {
    return { results: [], error: error instanceof Trouble ? error.message : 'The search did not work.' };
  }
}

async function answer<T>(what: 'operation' | 'search' | 'table', data: unknown): Promise<T> {
  const body = JSON.stringify({ data, ...(timeZone ? { timeZone } : {}) });
  const response = await post(what, AbortSignal.timeout(timeoutMs), body);
  return (await response.json()) as T;
}

/** One line of what the doctor says of this bot. */
export type Finding = { state: 'ok' | 'wrong' | 'look'; what: string; says: string; fix?: string };

/** What the doctor says to an admin; nothing to anybody else. @throws Trouble */
export async function examine(): Promise<readonly Finding[]> {
  const response = await call('../readyz', { signal: AbortSignal.timeout(timeoutMs) });
  return ((await response.json()) as { findings?: Finding[] }).findings ?? [];
}

/** @throws Trouble */
export const post = (what: string, signal: AbortSignal, body = '{}'): Promise<Response> =>
  call(what, { method: 'POST', body, signal });

/** One request, with a token that Teams hands out for it: tokens are not kept here. @throws Trouble */
async function call(what: string, init: RequestInit): Promise<Response> {
  const token = await authentication.getAuthToken().catch(() => {
    throw new Trouble(
      'Teams could not say who you are. Close this tab and open it again; if this stays, your administrator has to allow single sign-on for Social Profiles.',
    );
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(what, { ...init, headers }).catch(() => {
    throw new Trouble('Social Profiles cannot be reached now. Look at your connection, then try again.');
  });
  if (!response.ok) throw new Trouble(await sentenceFor(response));
  return response;
}

async function sentenceFor(response: Response): Promise<string> {
  const { reference } = (await response.json().catch(() => ({}))) as { reference?: string };
  if (response.status === 401) {
    return 'Social Profiles does not accept the sign-in that Teams gave. Close this tab and open it again; if this stays, tell your administrator.';
  }
  if (response.status === 503) return 'Social Profiles is busy now. Try again in a few seconds.';
  return `Something went wrong; nothing was changed. Try again later${reference ? `, or tell your administrator ${reference}` : ''}.`;
}
