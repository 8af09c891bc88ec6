/**
 * Whether what a network shows is what was sent, for a reader: composed the same (NFC), line ends and runs of white
 * space alike, `https://` left out. A link that the network shortened stands for any one link; a link it shows in full
 * has to be the same one, or two posts that differ in their link alone would pass for each other.
 */
export function isSameText(sent: string, shown: string): boolean {
  const [words, others] = [normalise(sent).split(' '), normalise(shown).split(' ')];
  return words.length === others.length && words.every((word, index) => isSameWord(word, others[index] ?? ''));
}

function isSameWord(sent: string, shown: string): boolean {
  const behind = shortened.exec(shown)?.[1];
  return sent === shown || (behind !== undefined && sent.length > behind.length && sent.endsWith(behind));
}

/** Links that networks put in the place of others, and what stands right behind. */
const shortened = /^(?:t\.co|lnkd\.in|fb\.me)\/\w+(.*)$/u;

/** The text with everything taken away that networks change without meaning to. */
export function normalise(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/https?:\/\//gi, '');
  return plain
    .split(' ')
    .map((word) => withoutTail(word, '/'))
    .join(' ');
}

/** Without these signs at its end. Not by an expression: on a long run of them that takes the square of its length. */
export function withoutTail(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
