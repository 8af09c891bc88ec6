import type { Entity, Mentionable, Part } from './types.js';

/** What Teams makes of typed text: `text`, its HTML twin, and one entity for each mention. */
export type Said = { text: string; html: string; entities: Entity[]; mentions: Mentionable[] };

/** Mentions that are not in `mentionables` become plain text. */
export function teamsText(parts: Part[], mentionables: Mentionable[], botId: string): Said {
  const known = parts.map((part) => (typeof part === 'string' ? part : byId(mentionables, part.mention)));
  const mentions = known.filter((part): part is Mentionable => typeof part !== 'string');
  const isRich = mentions.length > 0;
  let text = '';
  let previous: Mentionable | undefined;
  for (const part of known) {
    if (typeof part !== 'string') {
      text += tag(part);
      previous = part;
      continue;
    }
    const typed = isRich ? escapeXml(part) : part;
    // Teams writes the space after a picked mention as a hard one, though not everywhere.
    text += previous?.id === botId ? typed.replace(/^ /, '&nbsp;') : typed;
    previous = undefined;
  }
  const html = known.map((part) => (typeof part === 'string' ? escapeXml(part) : span(part, mentions))).join('');
  const entities = mentions.map(
    ({ id, name }, at): Entity => ({ type: 'mention', mentioned: { id, name }, text: tag({ name }), at }),
  );
  return {
    text: isRich ? `${text}\n` : text,
    html: `<div>${html}</div>`,
    entities: entities.map(plainEntity),
    mentions,
  };
}

/**
 * Typed words to parts. Each name in `names` is a mention picked from the list: the first `@Name` that is left (case
 * does not matter) becomes it. Whatever else begins with `@` stays typed text.
 */
export function partsOf(text: string, names: string[], mentionables: Mentionable[]): Part[] {
  let parts: Part[] = [text];
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const wanted = mentionables.find((one) => one.name.toLowerCase() === name.replace(/^@/, '').toLowerCase());
    if (!wanted) throw new Error(`nobody and nothing here is called ${name}`);
    parts = replaceFirst(parts, wanted);
  }
  return parts;
}

function replaceFirst(parts: Part[], wanted: Mentionable): Part[] {
  const typed = `@${wanted.name}`.toLowerCase();
  const at = parts.findIndex((part) => typeof part === 'string' && part.toLowerCase().includes(typed));
  const part = parts[at];
  if (typeof part !== 'string') throw new Error(`the text does not say @${wanted.name}`);
  const from = part.toLowerCase().indexOf(typed);
  const pieces: Part[] = [part.slice(0, from), { mention: wanted.id }, part.slice(from + typed.length)];
  return [...parts.slice(0, at), ...pieces.filter((one) => one !== ''), ...parts.slice(at + 1)];
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

const tag = ({ name }: { name: string }) => `<at>${escapeXml(name)}</at>`;
const byId = (all: Mentionable[], id: string) => all.find((one) => one.id === id) ?? '';
const span = (one: Mentionable, all: Mentionable[]) =>
  `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="${all.indexOf(one)}">${escapeXml(one.name)}</span>`;
const plainEntity = ({ type, mentioned, text }: Entity): Entity => ({ type, mentioned, text }) as Entity;
