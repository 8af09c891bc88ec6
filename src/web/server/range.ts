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
