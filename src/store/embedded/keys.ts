import { isScalar } from '../conditions.js';
import type { Scalar, StoredDoc } from '../store.js';

/**
 * Keys of indexes: one text for several values, so made that the order of the texts is the order of the values, in the
 * stores' own order (`compareValues`). Each value is a sign for its kind, its text, and an end that is less than any sign.
 */
export const end = '\0';
/** Above every key that begins with what it is appended to. */
export const above = '\uffff';

export const partOf = (value: unknown): string => `${beginningOf(value)}${end}`;

/**
 * All keys of a document in an index: one, one for each different element of a list in the first field, or none where
 * that is not there (with `always`, one for that too). Each ends with the id.
 * @throws TypeError when another field holds a list
 */
export function keysOf(fields: readonly string[], doc: StoredDoc, always = false): string[] {
  const [value, ...others] = fields.map((field) => (doc as Record<string, unknown>)[field]);
  if (others.some(Array.isArray)) throw new TypeError(`Only the first field of an index holds lists, not ${fields}.`);
  const rest = others.map(partOf).join('') + partOf(doc.id);
  if (fields.length === 0) return [rest];
  if (!Array.isArray(value)) return always || isScalar(value) ? [partOf(value) + rest] : [];
  return [...new Set(value.filter(isScalar).map((one) => partOf(one) + rest))];
}

/** A value that is not there counts as one, as in MongoDB. @throws TypeError when a field holds more than a value */
export function uniqueKey(fields: readonly string[], doc: StoredDoc): string {
  const values = fields.map((field) => (doc as Record<string, unknown>)[field]);
  if (!values.every((value) => value === undefined || value === null || isScalar(value))) {
    throw new TypeError('A field of a unique index holds more than a value.');
  }
  return values.map(partOf).join('');
}

/** The beginning of the keys of all values that begin with this text; whole, without its end, for any other value. */
export function beginningOf(value: unknown): string {
  if (!isScalar(value)) return '0';
  if (typeof value === 'string') return `2${ordered(value)}`;
  if (typeof value === 'boolean') return `3${Number(value)}`;
  return value instanceof Date ? `4${orderedNumber(value.getTime())}` : `1${orderedNumber(value)}`;
}

/** The kind's sign of a value: all of a kind lie between it and `above`. */
export const kindOf = (value: Scalar): string => beginningOf(value).slice(0, 1);

/**
 * JavaScript orders by UTF-16 units; moved like this, they order as code points do. What would look like an end, or like
 * what stands for one, becomes two units.
 */
function ordered(text: string): string {
  const safe =
    text.includes(end) || text.includes(stand)
      ? text.replaceAll(stand, `${stand}2`).replaceAll(end, `${stand}1`)
      : text;
  if (!/[\ud800-\uffff]/.test(safe)) return safe;
  return safe.replace(/[\ud800-\uffff]/g, (sign) => {
    const unit = sign.charCodeAt(0);
    return String.fromCharCode(unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  });
}

const stand = '\x01';

/** 16 hex digits that order as the numbers do: the bits of the double, all flipped when negative, else the sign only. */
function orderedNumber(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const sign = 1n << 63n;
  return (bits & sign ? ~bits & 0xffffffffffffffffn : bits | sign).toString(16).padStart(16, '0');
}
