/** "Ann", "Ann and Ben", "Ann, Ben and Cat"; of many the first ones, "and 4 others", "and 1 other". */
export function spoken(names: readonly string[], most = 5): string {
  const left = names.length - most;
  const shown = left > 0 ? [...names.slice(0, most), `${left} ${left === 1 ? 'other' : 'others'}`] : names;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '');
}

/** "Ann", "Ann or Ben", "Ann, Ben or Cat": whom one may ask; of many the first ones. */
export function anyOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}` : (shown[0] ?? '');
}

/** As a line begins. */
export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
