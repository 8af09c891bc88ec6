import { bearer, type Kit, list, read, type Speaker, str } from '../http.js';

/** Pinned, so that a new version is our choice: https://developers.facebook.com/docs/graph-api/changelog */
export const graphVersion = 'v27.0';
export const graph = `https://graph.facebook.com/${graphVersion}`;

const mostPages = 100;

/** Every entry of a Graph list, page by page. */
export async function everyEntry(kit: Kit, speaker: Speaker, first: URL, token: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const page of graphPages(kit, speaker, first, token)) found.push(...page);
  return found;
}

/**
 * The pages of a Graph list, for whoever may stop early. Next links carry the token in their query and name the real
 * host: the token goes into the header instead, and a link to any other host is not followed.
 */
export async function* graphPages(kit: Kit, speaker: Speaker, first: URL, token: string): AsyncGenerator<unknown[]> {
  let next: URL | undefined = first;
  for (let page = 0; next && page < mostPages; page++) {
    const reply: unknown = await read(kit, speaker, next, bearer(token));
    yield list(reply, 'data');
    next = nextLink(str(reply, 'paging', 'next'), first.origin);
  }
}

function nextLink(link: string | undefined, origin: string): URL | undefined {
  if (!link || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  url.searchParams.delete('access_token');
  return url.origin === origin ? url : undefined;
}
