/**
 * Whether what a network shows is what was sent, for a reader: composed the same (NFC), line ends and runs of white
 * space alike, `https://` left out. A link that the network shortened stands for any one link; a link it shows in full
 * has to be the same one, or two posts that differ in their link alone would pass for each other.
 */
export function isSameText(sent: string, shown: string): boolean {
  const [one, other] = [normalise(sent), normalise(shown)];
  if (one === other) return true;
  if (!shortened.test(other)) return false;
  const pattern = other.split(new RegExp(shortened, 'g')).map(escaped).join('\\S+');
  return new RegExp(`^${pattern}$`, 'u').test(one);
}

/** The text with everything taken away that networks change without meaning to. */
export function normalise(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/https?:\/\//gi, '')
    .replace(/\/+(?=\s|$)/g, '');
}

/** Links that networks put in the place of others. */
const shortened = /(?<!\S)(?:t\.co|lnkd\.in|fb\.me)\/\w+/;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
