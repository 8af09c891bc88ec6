import MarkdownIt from 'markdown-it';

/** What Teams draws, and no more: no headings, pictures, tables or HTML. */
const teams = new MarkdownIt('zero', { html: false, breaks: true, linkify: true }).enable([
  ...['list', 'emphasis', 'backticks', 'link', 'escape', 'entity', 'newline', 'linkify'],
]);
// Only what begins with its scheme: Teams' own guesses about bare names are not to be relied on.
teams.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
teams.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address);
teams.renderer.rules.link_open = (tokens, at, options, _, renderer) => {
  tokens[at]?.attrSet('target', '_blank');
  tokens[at]?.attrSet('rel', 'noopener noreferrer');
  return renderer.renderToken(tokens, at, options);
};
// A mention's tag is the one tag that messages have.
teams.inline.ruler.before('escape', 'mention', (state, silent) => {
  const found = /^<at(?: [^>]*)?>(.*?)<\/at>/.exec(state.src.slice(state.pos));
  if (!found) return false;
  if (!silent) state.push('mention', '', 0).content = found[1] ?? '';
  state.pos += found[0].length;
  return true;
});
// The text rule runs past signs it does not know to stand for something.
teams.renderer.rules.mention = (tokens, at) => mention(tokens[at]?.content ?? '');

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The markdown that Teams shows in messages and cards (bold, italic, lists, links), made into safe HTML: everything is
 * escaped, and only http, https and mailto addresses become links. A line break stays one. Needs no DOM.
 */
export const markdownToHtml = (text: string): string =>
  // Its line ends are for those who read HTML; a message's own are <br> by now.
  teams.render(text).replaceAll('\n', '');

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
  return decode(bare.replace(escapesAndEmphasis, '$1'));
}

/** Between letters, or beside the sign of no width that keeps it apart, an underscore is one. */
const escapesAndEmphasis = /\\([!-/:-@[-`{-~])|\*|(?<![\p{L}\p{N}\u2060])_|_(?![\p{L}\p{N}\u2060])/gu;

const mention = (name: string) => `<span class="mention">${escapeHtml(decode(name))}</span>`;
const signs: Record<string, string> = { nbsp: '\u00a0', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export function decode(text: string): string {
  return text.replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '');
}
