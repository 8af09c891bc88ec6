import { ask, bearer, type Kit, need } from '../http.js';
import { graph } from '../meta/graph.js';
import type { Tokens } from '../network.js';
import type { Author, PictureToSend, TakesPictures } from '../publishing.js';
import { pictureForm, uploadEach } from '../uploading.js';
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
    uploadEach(kit, tokens, pictures, (patient, picture) => upload(patient, tokens, author, picture)),
});

async function upload(kit: Kit, tokens: Tokens, author: Author, picture: PictureToSend): Promise<string> {
  const form = pictureForm('source', picture);
  form.set('published', 'false');
  if (picture.alt) form.set('alt_text_custom', picture.alt);
  const url = `${graph}/${encodeURIComponent(author.externalId)}/photos`;
  const made = await ask(kit, pageSpeaker, url, { ...bearer(tokens.access), method: 'POST', body: form });
  return need('Facebook', made, 'id');
}
