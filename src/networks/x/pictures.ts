import { ask, bearer, type Kit, need } from '../http.js';
import type { Tokens } from '../network.js';
import type { PictureToSend, TakesPictures } from '../publishing.js';
import { pictureForm, uploadEach } from '../uploading.js';
import { xSpeaker } from './posts.js';

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
    return uploadEach(kit, tokens, pictures, (patient, picture) => upload(patient, tokens, picture));
  },
});

async function upload(kit: Kit, { access }: Tokens, picture: PictureToSend): Promise<string> {
  const form = pictureForm('media', picture);
  form.set('media_category', 'tweet_image');
  const made = await ask(kit, xSpeaker, `${api}/upload`, { ...bearer(access), method: 'POST', body: form });
  const id = need('X', made, 'data', 'id');
  if (picture.alt) {
    const body = JSON.stringify({ id, metadata: { alt_text: { text: picture.alt } } });
    const init = bearer(access, { 'content-type': 'application/json' });
    await ask(kit, xSpeaker, `${api}/metadata`, { ...init, method: 'POST', body });
  }
  return id;
}
