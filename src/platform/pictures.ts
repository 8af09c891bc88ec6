import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Metadata, type Sharp } from 'sharp';

export type PictureType = 'image/jpeg' | 'image/png';
/** A still picture, turned upright, in sRGB, without what cameras write into it. */
export type StillPicture = { bytes: Buffer; type: PictureType; width: number; height: number };
/** `sentence` and `fix`: why these bytes are no picture that can be sent. */
export type ReadPicture = ({ kind: 'picture' } & StillPicture) | { kind: 'no'; sentence: string; fix: string };

/** A small file can unfold into gigabytes: no camera makes more. */
const mostPixels = 100_000_000;
/** One picture at a time on one core: everybody else's turns go on beside it. */
sharp.concurrency(1);
sharp.cache(false);

const no = (sentence: string, fix: string): ReadPicture => ({ kind: 'no', sentence, fix });
const notOne = no('That is not a picture that can be sent.', 'Choose a JPEG, PNG, WebP or GIF file.');
const isVideo = no('That is a video, not a picture.', 'Leave it out, and press Video on the preview.');
const others: Readonly<Record<string, ReadPicture>> = {
  'video/mp4': isVideo,
  'video/quicktime': isVideo,
  'image/heic': no('Networks do not take HEIC pictures.', 'Save it as JPEG first, then choose that file.'),
  'image/heif': no('Networks do not take HEIF pictures.', 'Save it as JPEG first, then choose that file.'),
  'image/avif': no('Networks do not take AVIF pictures.', 'Save it as JPEG first, then choose that file.'),
};
const readable = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/**
 * What somebody chose, judged by its bytes and never by its name. A JPEG or PNG that is upright, in sRGB and carries
 * nothing besides stays as it is, byte for byte; everything else is written anew, PNG without loss, JPEG at 95 of 100.
 */
export async function readPicture(bytes: Buffer): Promise<ReadPicture> {
  const mime = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime ?? '';
  if (!readable.has(mime)) return others[mime] ?? notOne;
  try {
    const seen = await opened(bytes).metadata();
    if ((seen.pages ?? 1) > 1)
      return no('That picture moves, and only still ones can be sent.', 'Choose a still picture.');
    // Decoded whole: half a picture is found here and not at the network.
    await opened(bytes).stats();
    const { width, height } = seen;
    if (isClean(mime, seen)) return { kind: 'picture', bytes, type: mime as PictureType, width, height };
    return { kind: 'picture', ...(await written(upright(bytes), typeFor(mime, seen), 95)) };
  } catch (error) {
    if (String(error).includes('pixel limit'))
      return no('That picture has more than 100 million pixels.', 'Make it smaller, then choose it again.');
    return no('That picture cannot be read: it is broken or cut off.', 'Open it, save it anew, and choose that file.');
  }
}

const opened = (bytes: Buffer): Sharp => sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' });
const upright = (bytes: Buffer): Sharp => opened(bytes).autoOrient().toColourspace('srgb');

function isClean(mime: string, { exif, icc, iptc, xmp, orientation = 1, space, depth }: Metadata): boolean {
  const isPlain = !exif && !icc && !iptc && !xmp && orientation === 1;
  return (mime === 'image/jpeg' || mime === 'image/png') && isPlain && space === 'srgb' && depth === 'uchar';
}

const typeFor = (mime: string, { hasAlpha }: Metadata): PictureType =>
  mime === 'image/jpeg' || (mime === 'image/webp' && !hasAlpha) ? 'image/jpeg' : 'image/png';

async function written(picture: Sharp, type: PictureType, quality: number): Promise<StillPicture> {
  const pipe =
    type === 'image/png' ? picture.png({ compressionLevel: 9 }) : picture.jpeg({ quality, chromaSubsampling: '4:4:4' });
  const { data, info } = await pipe.toBuffer({ resolveWithObject: true });
  return { bytes: data, type, width: info.width, height: info.height };
}

/** What a network takes at most. */
type PictureRule = { mostBytes: number; mostPixels?: number; mostWidth?: number; jpegOnly?: true };

const qualities = [92, 88, 84, 80] as const;
const shrink = 0.8;
const mostShrinks = 12;

/** The picture as it is where the rule allows it; else no worse than the rule needs: first pressed, then smaller. */
export async function fitPicture(picture: StillPicture, rule: PictureRule): Promise<StillPicture> {
  const { mostPixels: pixels = Number.POSITIVE_INFINITY, mostWidth = Number.POSITIVE_INFINITY, jpegOnly } = rule;
  let side = Math.min(1, Math.sqrt(pixels / (picture.width * picture.height)), mostWidth / picture.width);
  const isOfType = !jpegOnly || picture.type === 'image/jpeg';
  if (side === 1 && isOfType && picture.bytes.length <= rule.mostBytes) return picture;
  const { hasAlpha } = await opened(picture.bytes).metadata();
  // What can be seen through stays so, where the network takes that; else white is behind it.
  const type: PictureType = picture.type === 'image/png' && hasAlpha && !jpegOnly ? 'image/png' : 'image/jpeg';
  let made = picture;
  for (let turn = 0; turn < mostShrinks; turn++, side *= shrink) {
    for (const quality of type === 'image/png' ? [100] : qualities) {
      const size = side === 1 ? {} : { width: Math.max(1, Math.floor(picture.width * side)) };
      made = await written(onWhite(opened(picture.bytes).resize(size), type), type, quality);
      if (made.bytes.length <= rule.mostBytes) return made;
    }
  }
  return made;
}

const onWhite = (picture: Sharp, type: PictureType): Sharp =>
  type === 'image/jpeg' ? picture.flatten({ background: '#ffffff' }) : picture;

/** As small as a card shows it, as an address that holds the picture itself. */
export async function thumbnailOf({ bytes }: Pick<StillPicture, 'bytes'>): Promise<string> {
  const small = opened(bytes).resize({ width: 120, height: 120, fit: 'inside' }).flatten({ background: '#ffffff' });
  const data = await small.jpeg({ quality: 50 }).toBuffer();
  return `data:image/jpeg;base64,${data.toString('base64')}`;
}
