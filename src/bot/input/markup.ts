/** Written around the person's own words by a client; what is inside stays. `inline` ones part no words. */
const inline = new Set(['a', 'b', 'code', 'em', 'font', 'i', 's', 'span', 'strong', 'strike', 'sub', 'sup', 'u']);
const block = new Set(['at', 'br', 'div', 'h1', 'h2', 'h3', 'hr', 'li', 'ol', 'p', 'pre', 'ul']);

export type Tag = { kind: 'open' | 'close' | 'alone'; name: string; source: string };
type Piece = { kind: 'text'; source: string } | Tag;

/** No `<` or `>` inside: so every sign is looked at once or twice, whatever it is. */
const tagForm = /<(\/?)([a-z][\w:-]{0,40})(\s[^<>]{0,1000})?(\/?)>/gi;

/**
 * The person's own words: a quoted message, an attachment's place and whatever else a client puts around them goes, with
 * what is inside, whatever its tag. A name that was tagged `<at>` without more becomes `"@name"`.
 */
export function ownWords(text: string): string {
  const pieces = ownPieces(text);
  let words = '';
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] as Piece;
    const name = taggedName(pieces, at);
    if (name !== undefined) {
      words += ` "@${name}" `;
      at += 2;
    } else words += piece.kind === 'text' ? piece.source : insteadOf(piece);
  }
  return words;
}

/** The same, but for what clients quoted untouched: its form stays. */
export function withoutQuoted(text: string): string {
  return ownPieces(text)
    .map(({ source }) => source)
    .join('');
}

function ownPieces(text: string): Piece[] {
  const pieces = piecesOf(text);
  const lastClose = new Map<string, number>();
  for (const [at, piece] of pieces.entries()) if (piece.kind === 'close') lastClose.set(piece.name, at);
  const own: Piece[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at] as Piece;
    const closes = piece.kind === 'open' ? (lastClose.get(piece.name) ?? -1) : -1;
    if (piece.kind === 'open' && !isOwn(piece) && closes > at) at = endOf(pieces, at, closes);
    else if (piece.kind === 'text' || isOwn(piece) || isTyped(piece)) own.push(piece);
    else own.push({ kind: 'text', source: ' ' });
  }
  return own;
}

const isOwn = ({ name }: Tag) => inline.has(name) || block.has(name);
/** A lone `<contoso>` is how help writes what is to be filled in: somebody copied it. */
const isTyped = ({ kind, source }: Tag) => kind === 'open' && !/\s/.test(source);

function insteadOf(tag: Tag): string {
  if (!isOwn(tag)) return tag.source.slice(1, -1);
  return inline.has(tag.name) ? '' : ' ';
}

/** Where what began at `from` ends: with its own closing tag, or with the last there is. */
function endOf(pieces: readonly Piece[], from: number, last: number): number {
  const { name } = pieces[from] as Tag;
  let depth = 0;
  for (let at = from; at < last; at++) {
    const piece = pieces[at] as Piece;
    if (piece.kind === 'text' || piece.name !== name) continue;
    if (piece.kind === 'open') depth += 1;
    if (piece.kind === 'close') depth -= 1;
    if (depth === 0) return at;
  }
  return last;
}

function taggedName(pieces: readonly Piece[], at: number): string | undefined {
  const [open, inside, close] = [pieces[at], pieces[at + 1], pieces[at + 2]];
  const isNamed = open?.kind === 'open' && open.name === 'at' && close?.kind === 'close' && close.name === 'at';
  return isNamed && inside?.kind === 'text' ? inside.source.replaceAll('"', '') : undefined;
}

/** Text and tags in order, in one pass. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: source, 1: slash, 2: name = '', 4: alone, index } of text.matchAll(tagForm)) {
    if (index > from) pieces.push({ kind: 'text', source: text.slice(from, index) });
    pieces.push({ kind: slash ? 'close' : alone ? 'alone' : 'open', name: name.toLowerCase(), source });
    from = index + source.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', source: text.slice(from) });
  return pieces;
}

/** The text without any tags. */
export function withoutTags(text: string): string {
  return text.replaceAll(tagForm, '');
}
