/** What each value takes besides its text. */
const eachBytes = 16;

/**
 * About how many bytes plain JSON takes in memory: one for each letter, and something for each value. Counted, since
 * writing it out as JSON to measure it takes many times as long.
 */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return eachBytes + value.length;
  if (typeof value !== 'object' || value === null) return eachBytes;
  let size = eachBytes;
  for (const one of Object.values(value)) size += eachBytes + sizeOf(one);
  return size;
}
