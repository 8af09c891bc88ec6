/**
 * The markdown that Teams shows in messages and cards (bold, italic, lists, links), made into safe HTML: everything is
 * escaped, and only http, https and mailto addresses become links. Needs no DOM.
 */
const marks = [
  String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
  '<at(?: [^>]*)?>(?<at>.*?)</at>',
  String.raw`\[(?<label>(?:\\.|[^\]\\])+)\]\((?<href>(?:\\.|[^)\s\\])+)\)`,
  String.raw`\*\*(?<bold>(?:\\.|[^\\])+?)\*\*(?!\*)`,
  String.raw`__(?<bold2>(?:\\.|[^\\])+?)__`,
  String.raw`\*(?<italic>(?![\s*])(?:\\.|[^\\*])+?)\*`,
  String.raw`(?<![\w\u2060\\])_(?<italic2>(?![\s_])(?:\\.|[^\\_])+?)_(?![\w\u2060])`,
  String.raw`\x60(?<code>[^\x60]+)\x60`,
  String.raw`(?<url>https?://[^\s<>()*_"]+[^\s<>()*_".,;:!?'])`,
  '(?<entity>&(?:nbsp|amp|lt|gt|quot|#39);)',
];

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Blocks and inline marks. A line break stays one. */
export function markdownToHtml(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let html = '';
  let open: { tag: 'ul' | 'ol' | 'p'; items: string[] } | undefined;
  const close = () => {
    if (open?.tag === 'p') html += `<p>${open.items.join('<br>')}</p>`;
    else if (open) html += `<${open.tag}>${open.items.map((item) => `<li>${item}</li>`).join('')}</${open.tag}>`;
    open = undefined;
  };
  for (const line of lines) {
    const item = /^\s{0,3}(?:[-*+]|(?<number>\d{1,3})[.)])\s+(?<rest>\S.*)$/.exec(line);
    const tag = item ? (item.groups?.number ? 'ol' : 'ul') : 'p';
    if (line.trim() === '' || (open && open.tag !== tag)) close();
    if (line.trim() === '') continue;
    open ??= { tag, items: [] };
    open.items.push(inline(item?.groups?.rest ?? line));
  }
  close();
  return html;
}

/** Typed text as it is, with its mentions. */
export function plainToHtml(text: string, hasMentions: boolean): string {
  if (!hasMentions) return escapeHtml(text).replace(/\n/g, '<br>');
  const pieces = text.trim().split(/(<at>.*?<\/at>)/);
  const show = (piece: string) => {
    const name = /^<at>(.*)<\/at>$/.exec(piece)?.[1];
    return name === undefined ? escapeHtml(decode(piece)).replace(/\n/g, '<br>') : mention(name);
  };
  return pieces.map(show).join('');
}

/** The words alone, for a preview. */
export function plainOf(text: string): string {
  const bare = text.replace(/<\/?at>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return decode(bare.replace(/\\([!-/:-@[-`{-~])|[*_]/g, '$1'));
}

function inline(text: string): string {
  const sign = new RegExp(marks.join('|'), 'gs');
  let html = '';
  let from = 0;
  for (const match of text.matchAll(sign)) {
    html += escapeHtml(text.slice(from, match.index)) + shown(match.groups ?? {}, match[0]);
    from = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(from));
}

function shown(found: Record<string, string | undefined>, whole: string): string {
  const { escaped, at, label, href, code, url, entity } = found;
  const bold = found.bold ?? found.bold2;
  const italic = found.italic ?? found.italic2;
  if (escaped) return escapeHtml(escaped);
  if (entity) return escapeHtml(decode(entity));
  if (at !== undefined) return mention(at);
  if (label !== undefined) return link(unescaped(href ?? ''), inline(label), whole);
  if (url) return link(url, escapeHtml(url), whole);
  if (bold !== undefined) return `<strong>${inline(bold)}</strong>`;
  if (italic !== undefined) return `<em>${inline(italic)}</em>`;
  return `<code>${escapeHtml(code ?? '')}</code>`;
}

function link(href: string, label: string, whole: string): string {
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return escapeHtml(whole);
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}

const mention = (name: string) => `<span class="mention">${escapeHtml(decode(name))}</span>`;
const unescaped = (text: string) => text.replace(/\\(.)/g, '$1');
const signs: Record<string, string> = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export function decode(text: string): string {
  return text.replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '');
}
