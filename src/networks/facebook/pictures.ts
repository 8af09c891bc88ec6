import { bearer, isGood, type Kit, need, send } from '../http.js';
import { graph } from '../meta/graph.js';
import type { Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import type { Author, PictureToSend, TakesPictures, Uploaded } from '../publishing.js';
import { pageSpeaker } from './posts.js';

/**
 * Photos that are not published yet, which a post then attaches: https://developers.facebook.com/docs/pages-api/posts
 * Ten, and under 4 MB each, from peers' code: no page of Facebook says so.
 */
export const picturesOnPage = (kit: Kit): TakesPictures => ({
  most: 10,
  mostBytes: 3_900_000,
  altLimit: 1000,
  upload: (tokens, { author, pictures }) =>
    orElse<Uploaded>(kit, tokens, async () => {
      const ids: string[] = [];
      for (const picture of pictures) ids.push(await upload(kit, tokens, author, picture));
      return { kind: 'ready', ids };
    }),
});

async function upload(kit: Kit, tokens: Tokens, author: Author, { bytes, type, alt }: PictureToSend): Promise<string> {
  const form = new FormData();
  form.set('source', new Blob([new Uint8Array(bytes)], { type }), `picture.${type === 'image/png' ? 'png' : 'jpg'}`);
  form.set('published', 'false');
  if (alt) form.set('alt_text_custom', alt);
  const url = `${graph}/${encodeURIComponent(author.externalId)}/photos`;
  const slow = { ...kit, timeoutMs: kit.publishTimeoutMs };
  const answer = await send(slow, 'Facebook', url, { ...bearer(tokens.access), method: 'POST', body: form });
  if (!isGood(answer)) throw pageSpeaker.trouble(answer, kit.clock());
  return need('Facebook', answer.body, 'id');
}
