/** Bytes of a file, from one place to before another; undefined where they are gone. */
export type ReadBytes = (from: number, to: number) => Promise<Buffer | undefined>;
/** A box of a file: what it is, and where what is in it begins and ends. */
export type Place = { type: string; from: number; to: number };
/** The same with what is in it. */
export type Box = { type: string; bytes: Buffer };

const most = 1000;

/** The box that begins there; undefined: none does, or it ends behind the file's end. */
export async function nextBox(size: number, at: number, read: ReadBytes): Promise<Place | undefined> {
  if (at + 8 > size) return undefined;
  const head = await read(at, Math.min(size, at + 16));
  const place = head && placeIn(head, at, size);
  return place && place.to <= size ? place : undefined;
}

/** Its length stands in four bytes, or in eight behind its name (1), or it goes on to the end (0). */
function placeIn(head: Buffer, at: number, end: number): Place | undefined {
  const type = head.toString('latin1', 4, 8);
  const length = head.readUInt32BE(0);
  if (length === 0) return { type, from: at + 8, to: end };
  if (length !== 1) return length < 8 ? undefined : { type, from: at + 8, to: at + length };
  if (head.length < 16) return undefined;
  const long = Number(head.readBigUInt64BE(8));
  return long < 16 || !Number.isSafeInteger(at + long) ? undefined : { type, from: at + 16, to: at + long };
}

/** All boxes that stand whole in these bytes, in order. */
export function boxesIn(bytes: Buffer | undefined): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; bytes && at + 8 <= bytes.length && boxes.length < most; ) {
    const place = placeIn(bytes.subarray(at, at + 16), at, bytes.length);
    if (!place || place.to > bytes.length) break;
    boxes.push({ type: place.type, bytes: bytes.subarray(place.from, place.to) });
    at = place.to;
  }
  return boxes;
}

export const childrenOf = (boxes: readonly Box[], type: string): Buffer[] =>
  boxes.filter((box) => box.type === type).map(({ bytes }) => bytes);
export const childOf = (boxes: readonly Box[], type: string): Buffer | undefined => childrenOf(boxes, type)[0];
