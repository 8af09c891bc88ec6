/** One object of a card's JSON, with the way to it. */
export type Part = { at: string; part: Record<string, unknown> };

/** Every object of a card, but not what its buttons carry. */
export function partsOf(node: unknown, at = ''): Part[] {
  if (Array.isArray(node)) return node.flatMap((one, index) => partsOf(one, `${at}[${index}]`));
  if (typeof node !== 'object' || node === null) return [];
  const part = node as Record<string, unknown>;
  const inside = Object.entries(part).filter(([key]) => key !== 'data');
  return [{ at, part }, ...inside.flatMap(([key, value]) => partsOf(value, `${at}.${key}`))];
}

/** Every string in any plain value. */
export function stringsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(stringsOf) : [];
}
