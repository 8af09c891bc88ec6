import type { Kit } from './http.js';
import type { Tokens } from './network.js';
import { orElse } from './outcomes.js';
import type { PictureToSend, Uploaded } from './publishing.js';

/** Each picture in turn, with time for its bytes, which take longer than a question. `upload` gives its id at the network. */
export function uploadEach(
  kit: Kit,
  tokens: Tokens,
  pictures: readonly PictureToSend[],
  upload: (patient: Kit, picture: PictureToSend) => Promise<string>,
): Promise<Uploaded> {
  const patient = { ...kit, timeoutMs: kit.publishTimeoutMs };
  return orElse<Uploaded>(kit, tokens, async () => {
    const ids: string[] = [];
    for (const picture of pictures) ids.push(await upload(patient, picture));
    return { kind: 'ready', ids };
  });
}

/** A form with the picture in this field, to which a network adds its own. */
export function pictureForm(field: string, { bytes, type }: PictureToSend): FormData {
  const form = new FormData();
  form.set(field, new Blob([new Uint8Array(bytes)], { type }), `picture.${type === 'image/png' ? 'png' : 'jpg'}`);
  return form;
}
