/**
 * Sorts what is exactly the words before what starts with them, and that before the rest; alike ones by name. `names`
 * gives the ways to name one thing, its display name first.
 */
export function byCloseness<T>(words: string, names: (item: T) => (string | null | undefined)[]) {
  const wanted = folded(words);
  const distance = (item: T): number => {
    const known = names(item).map((name) => folded(name ?? ''));
    if (known.includes(wanted)) return 0;
    return known.some((name) => name.startsWith(wanted)) ? 1 : 2;
  };
  return (one: T, other: T): number =>
    distance(one) - distance(other) || (names(one)[0] ?? '').localeCompare(names(other)[0] ?? '');
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
