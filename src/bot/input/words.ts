import type { WhoRef } from '../../rules/operation.js';

export type Mention = { id: string; name: string };
/** One word, quoted phrase or mention. `refs` is set once a mention is known to the directory. */
export type Token = { text: string; quoted?: true; mention?: Mention; refs?: WhoRef[] };

type Entity = { type?: unknown; text?: unknown; mentioned?: unknown };
export type Said = { text?: unknown; entities?: unknown; recipient?: { id?: string } };

const textLimit = 20_000;
const open = '\uE000';
const close = '\uE001';

/**
 * A message as tokens: the bot's own mention is removed wherever it stands, other mentions become tokens, HTML entities
 * and odd spaces become what they mean. Any input gives tokens; nothing is thrown.
 */
export function tokensOf({ text, entities, recipient }: Said): Token[] {
  if (typeof text !== 'string') return [];
  const mentions: Mention[] = [];
  let rest = text.slice(0, textLimit).replaceAll(/[\uE000\uE001]/g, '');
  for (const { text: shown, mentioned } of mentionsIn(entities)) {
    if (mentioned.id === recipient?.id) rest = rest.replace(shown, () => ' ');
    else if (rest.includes(shown)) rest = rest.replace(shown, () => ` ${open}${mentions.push(mentioned) - 1}${close} `);
  }
  return split(decode(rest)).map((token) => withMention(token, mentions));
}

function mentionsIn(entities: unknown): { text: string; mentioned: Mention }[] {
  if (!Array.isArray(entities)) return [];
  return entities.slice(0, 50).flatMap((entity: Entity | null) => {
    const mentioned = entity?.mentioned as { id?: unknown; name?: unknown } | undefined;
    if (entity?.type !== 'mention' || typeof entity.text !== 'string' || entity.text === '') return [];
    if (typeof mentioned?.id !== 'string') return [];
    const name = typeof mentioned.name === 'string' ? mentioned.name : entity.text.replaceAll(/<[^>]*>/g, '');
    return [{ text: entity.text, mentioned: { id: mentioned.id, name } }];
  });
}

const named: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text
    .replaceAll(/<at[^>]*>([^<]*)<\/at>/gi, (_, name: string) => ` "@${name.replaceAll('"', '')}" `)
    .replaceAll(/&(nbsp|amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] ?? ' ')
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Words, `"quoted phrases"` and `@"quoted names"`; commas between names are separators. */
function split(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [whole, quoted, word] of text.matchAll(/@?"([^"]*)"?|([^\s"]+)/g)) {
    if (word !== undefined) {
      const bare = word.replace(/,+$/, '');
      if (bare) tokens.push({ text: bare });
    } else if (quoted?.trim())
      tokens.push({ text: whole.startsWith('@') ? `@${quoted.trim()}` : quoted.trim(), quoted: true });
  }
  return tokens;
}

function withMention(token: Token, mentions: readonly Mention[]): Token {
  const index = new RegExp(`^${open}(\\d+)${close}$`).exec(token.text)?.[1];
  const mention = index === undefined ? undefined : mentions[Number(index)];
  return mention ? { text: mention.name, mention } : token;
}
