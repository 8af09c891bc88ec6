import { bearer, isGood, type Kit, need, type Speaker, send } from '../http.js';
import type { Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import type { PictureToSend, TakesPictures, Uploaded } from '../publishing.js';
import { xTrouble } from './errors.js';

const speaker: Speaker = { label: 'X', trouble: xTrouble };
const api = 'https://api.x.com/2/media';
const scope = 'media.write';

/** https://docs.x.com/x-api/media/quickstart/best-practices: 4 pictures of 5 MB each. They live for a day. */
export const picturesOnX = (kit: Kit): TakesPictures => ({
  most: 4,
  mostBytes: 5_000_000,
  altLimit: 1000,
  upload: async (tokens, { pictures }) => {
    if (!tokens.scopes.includes(scope))
      return { kind: 'cannot', why: 'The sign-in does not let us add pictures on X. An owner has to renew theirs.' };
    return orElse<Uploaded>(kit, tokens, async () => {
      const ids: string[] = [];
      for (const picture of pictures) ids.push(await upload(kit, tokens, picture));
      return { kind: 'ready', ids };
    });
  },
});

async function upload(kit: Kit, tokens: Tokens, { bytes, type, alt }: PictureToSend): Promise<string> {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)], { type }), `picture.${type === 'image/png' ? 'png' : 'jpg'}`);
  form.set('media_category', 'tweet_image');
  const id = need('X', (await sent(kit, tokens, `${api}/upload`, { body: form })).body, 'data', 'id');
  if (alt) {
    const body = JSON.stringify({ id, metadata: { alt_text: { text: alt } } });
    await sent(kit, tokens, `${api}/metadata`, { body, headers: { 'content-type': 'application/json' } });
  }
  return id;
}

/** Bytes take longer than a question. */
async function sent(kit: Kit, tokens: Tokens, url: string, { body, headers }: RequestInit) {
  const slow = { ...kit, timeoutMs: kit.publishTimeoutMs };
  const init = bearer(tokens.access, headers as Record<string, string> | undefined);
  const answer = await send(slow, 'X', url, { ...init, method: 'POST', body: body ?? null });
  if (!isGood(answer)) throw speaker.trouble(answer, kit.clock());
  return answer;
}
