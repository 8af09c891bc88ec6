import type { PostRow } from '../../operations/core/outcome.js';
import type { ShownPicture } from '../../operations/core/shown.js';
import { sizeWords } from '../../platform/bytes.js';
import { type Button, button } from '../input/button.js';
import { plain } from './text.js';

export type PictureView = { url: string; alt: string; about: string };

/** Small, with what is said of each. One that cannot be shown any more is named all the same. */
export const picturesOf = (pictures: readonly ShownPicture[]): PictureView[] =>
  pictures.map(({ picture: { width, height, bytes, alt }, thumbnail = noPicture }) => ({
    url: thumbnail,
    alt: plain(alt || 'A picture without words'),
    about: plain(`${alt || 'No words yet'} (${width} × ${height}, ${sizeWords(bytes)})`),
  }));

export type PostPictures = { pictures?: PictureView[] };
export const picturesIn = (pictures: readonly ShownPicture[]): PostPictures =>
  pictures.length > 0 ? { pictures: picturesOf(pictures) } : {};

/** Ways to what some network of the preview takes. */
export function mediaButtons(posting: string, rows: readonly Pick<PostRow, 'takes'>[]): Button[] {
  const isAny = (what: 'pictures' | 'videos', unknown: boolean) => rows.some(({ takes }) => takes?.[what] ?? unknown);
  return [
    ...(isAny('pictures', true) ? [button('Pictures', { kind: 'pictures', posting })] : []),
    ...(isAny('videos', false) ? [button('Video', { kind: 'pictures', posting, video: true })] : []),
  ];
}

const noPicture = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
