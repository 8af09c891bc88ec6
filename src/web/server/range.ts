import type { WebAnswer } from './exchange.js';

/** The bytes to send, and the beginning of the answer that they belong to; or the whole answer, where there are none such. */
export type Ranged = { from: number; to: number; answer: WebAnswer } | { answer: WebAnswer };

/** Answers a `Range` of so many bytes, or its absence, with these headers. `most`: as many as one answer has. */
export function ranged(
  header: string | undefined,
  { size, most = size, type }: { size: number; most?: number; type: string },
): Ranged {
  const asked = rangeIn(header, size, most);
  const headers = { 'accept-ranges': 'bytes', 'cache-control': 'no-store' };
  if (!asked) return { answer: { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } } };
  const { from, to } = asked;
  const whole: WebAnswer = { status: 200, headers: { ...headers, 'content-type': type } };
  if (header === undefined) return { ...asked, answer: whole };
  const some = { ...whole.headers, 'content-range': `bytes ${from}-${to - 1}/${size}` };
  return { ...asked, answer: { status: 206, headers: some } };
}

/**
 * The bytes that a `Range` header asks for, from one place to before another, and no more than `most` of them
 * (https://www.rfc-editor.org/rfc/rfc9110#section-14.2). Without the header all of them, where that is no more. Undefined: there
 * are none such, or too many, or it asks for several ranges, which no player does.
 */
export function rangeIn(
  header: string | undefined,
  size: number,
  most: number,
): { from: number; to: number } | undefined {
  if (header === undefined) return size <= most ? { from: 0, to: size } : undefined;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return from < end ? { from, to: Math.min(end, from + most) } : undefined;
}
