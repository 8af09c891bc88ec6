import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, opacity: 0 to 255 each. */
export type Pixel = readonly [number, number, number, number];

/** A PNG of `size` by `size` pixels (PNG specification, colour type 6), each asked for by its centre in 0..1. */
export function png(size: number, pixelAt: (x: number, y: number) => Pixel): Buffer {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (_, x) => smooth(size, x, y, pixelAt)).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Sixteen looks into each pixel, so that edges are not jagged. */
function smooth(size: number, x: number, y: number, pixelAt: (x: number, y: number) => Pixel): number[] {
  const sum = [0, 0, 0, 0];
  for (let look = 0; look < 16; look++) {
    const [red, green, blue, opacity] = pixelAt(
      (x + ((look % 4) + 0.5) / 4) / size,
      (y + (Math.floor(look / 4) + 0.5) / 4) / size,
    );
    for (const [index, value] of [red * opacity, green * opacity, blue * opacity, opacity].entries())
      sum[index] = (sum[index] ?? 0) + value;
  }
  const [red = 0, green = 0, blue = 0, opacity = 0] = sum;
  if (opacity === 0) return [0, 0, 0, 0];
  return [red / opacity, green / opacity, blue / opacity, opacity / 16].map(Math.round);
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
