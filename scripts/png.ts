import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, opacity: 0 to 255 each. */
export type Pixel = readonly [red: number, green: number, blue: number, opacity: number];
/** Asked for the colour at a point, both from 0 to 1. */
export type Drawing = (x: number, y: number) => Pixel;

/** A PNG of `size` by `size` pixels in full colour (PNG specification, colour type 6). */
export function png(size: number, drawing: Drawing): Buffer {
  const rows = pixels(size, drawing, 4).map((row) => [0, ...row.flat()]);
  return file(size, 8, 6, [chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 }))]);
}

/** The same with sixteen colours at most (colour type 3, four bits a pixel): a third of the bytes. */
export function smallPng(size: number, drawing: Drawing): Buffer {
  const rows = pixels(size, drawing, 2);
  const palette = [...new Map(rows.flat().map((pixel) => [String(pixel), pixel])).values()];
  if (palette.length > 16) throw new Error(`${palette.length} colours are too many`);
  const place = new Map(palette.map((pixel, index) => [String(pixel), index]));
  const packed = rows.map((row) => {
    const places = row.map((pixel) => place.get(String(pixel)) ?? 0);
    return [0, ...places.flatMap((left, x) => (x % 2 === 0 ? [left * 16 + (places[x + 1] ?? 0)] : []))];
  });
  return file(size, 4, 3, [
    chunk('PLTE', Buffer.from(palette.flatMap((pixel) => pixel.slice(0, 3)))),
    chunk('tRNS', Buffer.from(palette.map(([, , , opacity]) => opacity))),
    chunk('IDAT', deflateSync(Buffer.from(packed.flat()), { level: 9 })),
  ]);
}

/** Looks `looks` by `looks` times into each pixel, so that edges are not jagged. */
function pixels(size: number, drawing: Drawing, looks: number): Pixel[][] {
  const steps = Array.from({ length: looks }, (_, step) => (step + 0.5) / looks);
  const at = (x: number, y: number) =>
    mixed(steps.flatMap((right) => steps.map((down) => drawing((x + right) / size, (y + down) / size))));
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (_, x) => at(x, y)));
}

function mixed(seen: readonly Pixel[]): Pixel {
  const opacity = seen.reduce((sum, pixel) => sum + pixel[3], 0);
  if (opacity === 0) return [0, 0, 0, 0];
  const part = (index: 0 | 1 | 2) =>
    Math.round(seen.reduce((sum, pixel) => sum + pixel[index] * pixel[3], 0) / opacity);
  return [part(0), part(1), part(2), Math.round(opacity / seen.length)];
}

function file(size: number, bits: number, colourType: number, chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([bits, colourType, 0, 0, 0], 8);
  const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([start, chunk('IHDR', header), ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Is the point inside a square with rounded corners that reaches from `from` to `to`? */
export function inRounded(x: number, y: number, from: number, to: number, radius: number): boolean {
  if (x < from || x > to || y < from || y > to) return false;
  const dx = Math.max(from + radius - x, x - (to - radius), 0);
  const dy = Math.max(from + radius - y, y - (to - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}
