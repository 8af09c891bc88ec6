/** A box as files of the kind of MP4 have it. */
export function box(type: string, ...inside: Buffer[]): Buffer {
  const body = Buffer.concat(inside);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeInt32BE(value, at * 4);
  return bytes;
};

export type VideoWanted = {
  seconds?: number;
  width?: number;
  height?: number;
  isTurned?: boolean;
  brand?: string;
  codec?: string;
  sound?: string | undefined;
  /** Of what is shown: so many bytes. */
  mediaBytes?: number;
  /** Behind the media, where phones write it, or before. */
  indexFirst?: boolean;
};

function track(kind: string, codec: string, [width, height]: [number, number], isTurned: boolean): Buffer {
  const one = 65_536;
  const matrix = isTurned ? [0, one, 0, -one, 0, 0, 0, 0, 1 << 30] : [one, 0, 0, 0, one, 0, 0, 0, 1 << 30];
  const header = box('tkhd', numbers(7, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...matrix, width * one, height * one));
  const handler = box('hdlr', numbers(0, 0), Buffer.from(kind), Buffer.alloc(13));
  const described = box('stsd', numbers(0, 1), box(codec, Buffer.alloc(28)));
  return box('trak', header, box('mdia', handler, box('minf', box('stbl', described))));
}

/** The index of a video alone. */
export function videoIndex({ seconds = 12.5, width = 1920, height = 1080, ...more }: VideoWanted = {}): Buffer {
  const { codec = 'avc1', sound, isTurned = false } = { sound: 'mp4a', ...more };
  return box(
    'moov',
    box('mvhd', numbers(0, 0, 0, 1000, Math.round(seconds * 1000), 65_536), Buffer.alloc(76)),
    track('vide', codec, [width, height], isTurned),
    ...(sound ? [track('soun', sound, [0, 0], false)] : []),
  );
}

/** A file that says of itself what a video says, and shows nothing. */
export function videoFile(wanted: VideoWanted = {}): Buffer {
  const { brand = 'isom', mediaBytes = 1002, indexFirst = false } = wanted;
  const type = box('ftyp', Buffer.from(brand), numbers(512), Buffer.from(brand));
  const media = box('mdat', Buffer.alloc(mediaBytes, 'video '));
  const index = videoIndex(wanted);
  return Buffer.concat(indexFirst ? [type, index, media] : [type, media, index]);
}
