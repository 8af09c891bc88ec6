import { withoutEntities } from './entities.js';
import { piecesOf, type Tag } from './markup.js';

/** Teams takes about 28 KB in one message; what is longer was not written there. */
const bodyLimit = 60_000;
/** Fits into the card it is shown in, whatever its signs. */
const textLimit = 6_000;

export type MessageText = { text: string; isCut: boolean };

const lineEnds = new Set(['blockquote', 'div', 'h1', 'h2', 'h3', 'h4', 'li', 'ol', 'p', 'pre', 'table', 'tr', 'ul']);
/** Gone with what is inside: mentions, quoted messages, attachments, and what is no text. */
const dropped = new Set(['at', 'attachment', 'script', 'style', 'title']);

/**
 * The text of a message that Teams hands over (`messagePayload.body`), for the composer: lines and addresses of links stay,
 * mentions, quoted messages and tags go, an emoji is its sign.
 */
export function messageText(body: unknown): MessageText {
  const { contentType, content } = (body ?? {}) as { contentType?: unknown; content?: unknown };
  if (typeof content !== 'string') return { text: '', isCut: false };
  const cut = content.slice(0, bodyLimit);
  const text = contentType === 'text' ? cut.trim() : fromHtml(cut);
  // No half sign at the end.
  const bounded = text.slice(0, textLimit).replace(/[\ud800-\udbff]$/, '');
  return { text: bounded, isCut: content.length > bodyLimit || text.length > textLimit };
}

function fromHtml(html: string): string {
  const reading: Reading = { lines: [''], skipped: [], link: undefined, pre: 0 };
  for (const piece of piecesOf(html)) {
    if (piece.kind !== 'text') readTag(piece, reading);
    else if (reading.skipped.length === 0) readWords(piece.source, reading);
  }
  endLink(reading);
  return reading.lines.map(tidy).join('\n').trim();
}

/** Line ends in the source are spaces, but for code. A hard space makes a line that is meant to be empty. */
function readWords(source: string, reading: Reading): void {
  const lines = reading.pre > 0 ? source.split(/\r?\n/) : [source];
  for (const [at, line] of lines.entries()) {
    if (at > 0) newLine(reading);
    write(reading, withoutEntities(line.replaceAll(/[\t\n\r ]+/g, ' ').replaceAll('&nbsp;', '\u00a0')));
  }
}

type Reading = {
  lines: string[];
  /** Names of the tags in which nothing is read, the outermost first. */
  skipped: string[];
  /** Where the open link leads, and what was written of it. */
  link: { to: string; shown: string } | undefined;
  /** How deep in code, where line ends count. */
  pre: number;
};

function readTag(tag: Tag, reading: Reading): void {
  const { kind, name } = tag;
  if (reading.skipped.length > 0) {
    readSkipped(tag, reading);
    return;
  }
  if (name === 'emoji' || name === 'img') write(reading, signOf(tag));
  if (kind === 'open' && isDropped(tag)) reading.skipped.push(name);
  else if (name === 'br') newLine(reading);
  else if (name === 'a') readLink(tag, reading);
  else if (lineEnds.has(name)) readBlock(tag, reading);
}

/** A block has lines of its own; blocks in blocks make no empty ones. */
function readBlock({ kind, name }: Tag, reading: Reading): void {
  if (name === 'pre') reading.pre = kind === 'open' ? 1 : 0;
  if (/[^ ]/.test(reading.lines.at(-1) ?? '')) newLine(reading);
}

/** Ends with its own closing tag; tags of other names inside mean nothing. */
function readSkipped({ kind, name }: Tag, { skipped }: Reading): void {
  if (name !== skipped[0]) return;
  if (kind === 'open') skipped.push(name);
  if (kind === 'close') skipped.pop();
}

function isDropped(tag: Tag): boolean {
  const { name, source } = tag;
  if (dropped.has(name)) return true;
  return /\sitemtype="http:\/\/schema\.skype\.com\/(?:Mention|Reply|Forward)"/i.test(source);
}

/** Emoji tags carry their sign; a picture is no text. */
function signOf({ kind, name, source }: Tag): string {
  if (kind === 'close' || (name === 'img' && !/schema\.skype\.com\/Emoji/i.test(source))) return '';
  return attribute(source, 'alt').slice(0, 20);
}

function readLink({ kind, source }: Tag, reading: Reading): void {
  endLink(reading);
  if (kind === 'open') reading.link = { to: attribute(source, 'href'), shown: '' };
}

/** An address stands behind the words it was put under, unless they are the address. */
function endLink(reading: Reading): void {
  const { link } = reading;
  reading.link = undefined;
  if (!link || !/^https?:\/\/\S+$/i.test(link.to)) return;
  const shown = link.shown.trim();
  const at = reading.lines.length - 1;
  const line = reading.lines[at] ?? '';
  const from = line.lastIndexOf(shown);
  if (shown !== '' && from >= 0 && isAddressOf(shown, link.to)) {
    reading.lines[at] = line.slice(0, from) + link.to + line.slice(from + shown.length);
  } else write(reading, `${shown === '' ? '' : ' '}${link.to}`);
}

const withoutScheme = (address: string) => address.replace(/^(?:https?:\/\/)?(?:www\.)?/i, '');
/** The address itself, or as much of it as a client shows. */
const isAddressOf = (shown: string, to: string) =>
  withoutScheme(to).startsWith(withoutScheme(shown.replace(/(?:\u2026|\.{3}|\/)$/, '')));

function attribute(source: string, name: string): string {
  const found = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`, 'i').exec(source);
  return withoutEntities(found?.[1] ?? found?.[2] ?? '');
}

function write(reading: Reading, text: string): void {
  const last = reading.lines.length - 1;
  reading.lines[last] += text;
  if (reading.link) reading.link.shown += text;
}

const newLine = ({ lines }: Reading) => void lines.push('');
const tidy = (line: string) => line.replaceAll('\u00a0', ' ').replaceAll(/ {2,}/g, ' ').trim();
