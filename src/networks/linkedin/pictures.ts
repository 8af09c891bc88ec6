import { ask, bearer, type Kit, need } from '../http.js';
import { NetworkTrouble, type Tokens } from '../network.js';
import type { Author, PictureToSend, TakesPictures } from '../publishing.js';
import { uploadEach } from '../uploading.js';
import { api, rest } from './api.js';
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
  await ask(kit, linkedInSpeaker, ownAddress(address), put);
  return image;
}

/** The token goes along, so it goes to LinkedIn's own hosts alone. */
function ownAddress(address: string): string {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  if (!/^(?:[\w-]+\.)*linkedin\.com$/.test(host))
    throw new NetworkTrouble('unknown', 'LinkedIn named an address for the picture that is not its own.');
  return address;
}
