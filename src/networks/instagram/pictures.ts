import { bearer, isGood, type Kit, need, send, str } from '../http.js';
import { graphWords } from '../meta/answers.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse } from '../outcomes.js';
import type { Author, Cannot, Later, TakesPictures, Uploaded } from '../publishing.js';
import { apiOf, instagramSpeaker } from './api.js';

/** What is to become one post, before it is published: https://developers.facebook.com/docs/instagram-platform/content-publishing */
type Container = Record<string, string>;
type Made = { kind: 'made'; id: string } | Cannot | Later;
/** What is left of the waiting for Instagram to fetch and finish. */
type Patience = { pausesMs: number[] };

/**
 * Instagram takes a picture from an address, and the caption with it, into a container that nobody sees until it is
 * published. One for each picture and one around them, where there are several. All of it may be repeated.
 */
export const picturesOnInstagram = (kit: Kit): TakesPictures => ({
  least: 1,
  most: 10,
  mostBytes: 8_000_000,
  mostWidth: 1440,
  jpegOnly: true,
  sides: { least: 0.8, most: 1.91 },
  cutsLikeFirst: true,
  altLimit: 1000,
  isFetched: true,
  upload: (tokens, { author, wire, pictures }) =>
    orElse<Uploaded>(kit, tokens, async () => {
      const patience = { pausesMs: [1000, 2000, 4000, 8000, 15_000] };
      const items: string[] = [];
      const isOne = pictures.length === 1;
      for (const { address = '', alt } of pictures) {
        const shown = { image_url: address, ...(alt ? { alt_text: alt } : {}) };
        const fields = { ...shown, ...(isOne ? { caption: wire } : { is_carousel_item: 'true' }) };
        const made = await make(kit, tokens, author, fields, patience);
        if (made.kind !== 'made') return made;
        items.push(made.id);
      }
      const parts = await finished(kit, tokens, items, patience);
      if (parts || isOne) return parts ?? { kind: 'ready', ids: items };
      const children = items.join(',');
      const fields = { media_type: 'CAROUSEL', children, caption: wire };
      const around = await make(kit, tokens, author, fields, patience);
      if (around.kind !== 'made') return around;
      return (await finished(kit, tokens, [around.id], patience)) ?? { kind: 'ready', ids: [around.id] };
    }),
});

/** That a picture was not fetched is at times so for a moment, whatever is at its address: nothing was made, so it is tried again. */
async function make(
  kit: Kit,
  tokens: Tokens,
  author: Author,
  fields: Container,
  { pausesMs }: Patience,
): Promise<Made> {
  const url = `${apiOf(kit)}/${encodeURIComponent(author.externalId)}/media`;
  // Instagram fetches the picture before it answers.
  const slow = { ...kit, timeoutMs: kit.publishTimeoutMs };
  for (;;) {
    const body = new URLSearchParams(fields);
    const answer = await send(slow, 'Instagram', url, { ...bearer(tokens.access), method: 'POST', body });
    if (isGood(answer)) return { kind: 'made', id: need('Instagram', answer.body, 'id') };
    const word = graphWords(answer).find((one) => Object.hasOwn(noes, one));
    const why = word === undefined ? undefined : noes[word as keyof typeof noes];
    if (why === undefined) throw instagramSpeaker.trouble(answer, kit.clock());
    const pauseMs = why === notFetched ? pausesMs.shift() : undefined;
    if (pauseMs === undefined) return { kind: 'cannot', why };
    await kit.pause(pauseMs);
  }
}

const notFetched = "Instagram could not fetch a picture from this bot's address. It has to be reachable from outside.";
const noes = {
  'subcode 2207052': notFetched,
  'code 9004': notFetched,
  'subcode 2207009': 'Instagram does not take a picture of this form.',
  'subcode 2207010': 'Instagram says that this text is too long.',
} as const;

/** Undefined once Instagram has finished them all. */
async function finished(
  kit: Kit,
  tokens: Tokens,
  ids: readonly string[],
  { pausesMs }: Patience,
): Promise<Cannot | Later | undefined> {
  for (const id of ids) {
    for (
      let status = await statusOf(kit, tokens, id);
      status !== 'FINISHED';
      status = await statusOf(kit, tokens, id)
    ) {
      if (status === 'ERROR' || status === 'EXPIRED')
        return { kind: 'cannot', why: 'Instagram could not do anything with a picture.' };
      const pauseMs = pausesMs.shift();
      if (pauseMs === undefined) return { kind: 'later' };
      await kit.pause(pauseMs);
    }
  }
  return undefined;
}

/** `FINISHED`, `PUBLISHED` ...; undefined where Instagram shows nothing, which it does at random. */
export async function statusOf(kit: Kit, tokens: Tokens, id: string): Promise<string | undefined> {
  const url = `${apiOf(kit)}/${encodeURIComponent(id)}?fields=status_code`;
  const answer = await aboutPost(kit, instagramSpeaker, url, bearer(tokens.access));
  return answer === 'gone' ? undefined : str(answer.body, 'status_code');
}
