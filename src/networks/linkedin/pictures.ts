import { ask, bearer, type Kit, need } from '../http.js';
import type { Tokens } from '../network.js';
import type { Author, PictureToSend, TakesPictures } from '../publishing.js';
import { uploadEach } from '../uploading.js';
import { api, rest } from './api.js';
import { atLinkedIn } from './atLinkedIn.js';
import { linkedInSpeaker, urnOf } from './posts.js';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api */
export const picturesOnLinkedIn = (kit: Kit): TakesPictures => ({
  most: 20,
  mostBytes: 8_000_000,
  mostPixels: 36_152_319,
  // From memory: no page of LinkedIn names it.
  altLimit: 4086,
  upload: (tokens, { author, pictures }) =>
    uploadEach(kit, tokens, pictures, (patient, picture) => upload(patient, tokens, author, picture)),
});

/** An address is asked for, and the bytes are put there in one request. What is not processed yet, a post waits for. */
async function upload(kit: Kit, tokens: Tokens, author: Author, { bytes, type }: PictureToSend): Promise<string> {
  const body = JSON.stringify({ initializeUploadRequest: { owner: urnOf(author) } });
  const init = { ...bearer(tokens.access, { ...rest, 'content-type': 'application/json' }), method: 'POST', body };
  const begun = await ask(kit, linkedInSpeaker, `${api}/rest/images?action=initializeUpload`, init);
  const [address, image] = [need('LinkedIn', begun, 'value', 'uploadUrl'), need('LinkedIn', begun, 'value', 'image')];
  const put = { ...bearer(tokens.access, { 'content-type': type }), method: 'PUT', body: new Uint8Array(bytes) };
  await ask(kit, linkedInSpeaker, atLinkedIn(address), put);
  return image;
}
