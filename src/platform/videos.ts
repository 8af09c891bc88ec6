import { type Box, boxesIn, childOf, childrenOf, nextBox, type ReadBytes } from './videoBoxes.js';

export type VideoType = 'video/mp4' | 'video/quicktime';
/** What a file says of itself. `codecs`: as people call them, that of the picture first. */
export type VideoFacts = { type: VideoType; seconds: number; width: number; height: number; codecs: string[] };
/** `sentence` and `fix`: why these bytes are no video that can be sent. */
export type ReadVideo = ({ kind: 'video' } & VideoFacts) | { kind: 'no'; sentence: string; fix: string };

const no = (sentence: string, fix: string): ReadVideo => ({ kind: 'no', sentence, fix });
const notOne = no('That is not an MP4 or MOV video.', 'Save it as MP4 (H.264 and AAC), then choose that file.');
const broken = no('That video cannot be read: it is broken or cut off.', 'Save it anew, and choose that file.');

/** Of an hour of video it is some megabytes. */
const mostIndexBytes = 32_000_000;
const mostBoxes = 10_000;

/**
 * A video judged by its bytes and never by its name: what its index (`moov`, ISO/IEC 14496-12) says, and that it is there
 * whole. Of the video itself nothing is read.
 */
export async function readVideo(size: number, read: ReadBytes): Promise<ReadVideo> {
  const first = await nextBox(size, 0, read);
  if (first?.type !== 'ftyp') return notOne;
  const brand = await read(first.from, Math.min(first.to, first.from + 4));
  const type = brand?.toString('latin1') === 'qt  ' ? 'video/quicktime' : 'video/mp4';
  let moov: Buffer | undefined;
  let hasMedia = false;
  for (let at = first.to, turn = 0; at < size; turn++) {
    const box = await nextBox(size, at, read);
    if (!box || turn > mostBoxes) return broken;
    if (box.type === 'moov' && box.to - box.from > mostIndexBytes) return broken;
    if (box.type === 'moov') moov ??= await read(box.from, box.to);
    hasMedia ||= box.type === 'mdat';
    at = box.to;
  }
  return moov && hasMedia ? factsIn(moov, type) : broken;
}

function factsIn(moov: Buffer, type: VideoType): ReadVideo {
  const inside = boxesIn(moov);
  const tracks = childrenOf(inside, 'trak').map(trackOf);
  const video = tracks.find((track) => track.kind === 'vide');
  const seconds = secondsOf(inside);
  if (!video) return no('That file has sound and no picture.', 'Choose a video.');
  if (!(seconds > 0) || !video.codec || video.width <= 0 || video.height <= 0) return broken;
  const sounds = tracks.filter(({ kind }) => kind === 'soun').map(({ codec }) => codec);
  const codecs = [...new Set([video.codec, ...sounds].flatMap((one) => (one ? nameOf(one) : [])))].slice(0, 4);
  return { kind: 'video', type, seconds, width: video.width, height: video.height, codecs };
}

/** In thousandths, as exactly as anybody asks. */
function secondsOf(inside: readonly Box[]): number {
  const header = childOf(inside, 'mvhd');
  if (!header || header.length < 20) return Number.NaN;
  const isLong = header[0] === 1;
  if (isLong && header.length < 32) return Number.NaN;
  const scale = header.readUInt32BE(isLong ? 20 : 12);
  const length = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  // Of one that was recorded in pieces, it stands elsewhere.
  const whole = length > 0 ? length : piecesLength(inside);
  return Math.round((whole / scale) * 1000) / 1000;
}

function piecesLength(inside: readonly Box[]): number {
  const header = childOf(boxesIn(childOf(inside, 'mvex')), 'mehd');
  if (!header || header.length < 8) return Number.NaN;
  if (header[0] !== 1) return header.readUInt32BE(4);
  return header.length < 12 ? Number.NaN : Number(header.readBigUInt64BE(4));
}

type Track = { kind: string | undefined; codec: string | undefined; width: number; height: number };

function trackOf(trak: Buffer): Track {
  const inside = boxesIn(trak);
  const media = boxesIn(childOf(inside, 'mdia'));
  const table = boxesIn(childOf(boxesIn(childOf(media, 'minf')), 'stbl'));
  const described = childOf(table, 'stsd');
  return {
    kind: childOf(media, 'hdlr')?.toString('latin1', 8, 12),
    codec: described && described.length >= 16 ? described.toString('latin1', 12, 16) : undefined,
    ...sidesOf(childOf(inside, 'tkhd')),
  };
}

/** As a player shows it: phones write tall videos lying, with a quarter turn beside. */
function sidesOf(header: Buffer | undefined): Pick<Track, 'width' | 'height'> {
  const matrix = header?.[0] === 1 ? 52 : 40;
  if (!header || header.length < matrix + 44) return { width: 0, height: 0 };
  const isTurned = header.readInt32BE(matrix) === 0 && header.readInt32BE(matrix + 16) === 0;
  const [width, height] = [header.readUInt32BE(matrix + 36) / 65_536, header.readUInt32BE(matrix + 40) / 65_536];
  const [across, down] = isTurned ? [height, width] : [width, height];
  return { width: Math.round(across), height: Math.round(down) };
}

const names: Readonly<Record<string, string>> = {
  ...{ avc1: 'H.264', avc3: 'H.264', hvc1: 'HEVC', hev1: 'HEVC', av01: 'AV1', vp09: 'VP9', mp4v: 'MPEG-4' },
  ...{ apcn: 'ProRes', apch: 'ProRes', apcs: 'ProRes', apco: 'ProRes', ap4h: 'ProRes' },
  ...{ mp4a: 'AAC', 'ac-3': 'AC-3', 'ec-3': 'E-AC-3', Opus: 'Opus', '.mp3': 'MP3' },
};
const nameOf = (code: string): string =>
  Object.hasOwn(names, code) ? (names[code] ?? '') : code.replace(/[^\w.-]/g, '?');
