import type { Kit } from '../http.js';
import type { Tokens } from '../network.js';
import { orElse } from '../outcomes.js';
import type { Cannot, Later, TakesPictures, Uploaded } from '../publishing.js';
import { make, notFetched, type Patience, patience, statusOf } from './containers.js';

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
      const left = patience();
      const items: string[] = [];
      const isOne = pictures.length === 1;
      for (const { address = '', alt } of pictures) {
        const shown = { image_url: address, ...(alt ? { alt_text: alt } : {}) };
        const fields = { ...shown, ...(isOne ? { caption: wire } : { is_carousel_item: 'true' }) };
        const made = await make(kit, tokens, author, fields, left, noes);
        if (made.kind !== 'made') return made;
        items.push(made.id);
      }
      const parts = await finished(kit, tokens, items, left);
      if (parts || isOne) return parts ?? { kind: 'ready', ids: items };
      const children = items.join(',');
      const fields = { media_type: 'CAROUSEL', children, caption: wire };
      const around = await make(kit, tokens, author, fields, left, noes);
      if (around.kind !== 'made') return around;
      return (await finished(kit, tokens, [around.id], left)) ?? { kind: 'ready', ids: [around.id] };
    }),
});

const noes = {
  'subcode 2207052': notFetched('picture'),
  'code 9004': notFetched('picture'),
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
