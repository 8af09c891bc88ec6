import { doubleQuotes } from '../../rules/fold.js';
import type { ReactionKind } from '../../rules/ids.js';
import { refuse } from '../../rules/refusals.js';
import type { Command } from './commandKinds.js';
import { quotedIn, tooLong } from './typedText.js';

const quote = doubleQuotes.source;
/** `as contoso` or `as "Contoso Support"` at the end. */
const asBehind = new RegExp(
  `(?:^|\\s)as\\s{1,20}(?:${quote}([^\\n"]{1,80}?)${quote}|((?:(?!${quote})[^\\n]){1,80}))\\s*$`,
  'i',
);

/** `reply <link> ["text"] [as <profile>]`: the text exactly as it stands between the quotes, so it is taken from the message. */
export function reacting(kind: ReactionKind, usage: string, about: string): Command {
  return { usage, about, group: 'Publish', parse: (_, { typed }) => read(kind, typed, usage) };
}

function read(kind: ReactionKind, typed: string, usage: string): ReturnType<Command['parse']> {
  const long = tooLong(typed);
  if (long) return long;
  const [link = '', said] = split(typed);
  if (link === '') return refuse('wordsMissing', usage);
  const as = asBehind.exec(said);
  const rest = as ? said.slice(0, as.index) : said;
  const quoted = quotedIn(rest);
  const extra = quoted ? `${quoted.before} ${quoted.after}`.trim() : rest.trim();
  if (extra !== '') return refuse('wordsExtra', extra.slice(0, 60), usage);
  const profile = (as?.[1] ?? as?.[2] ?? '').trim();
  return {
    kind,
    link,
    profiles: profile === '' ? [] : [{ words: profile }],
    ...(quoted ? { text: quoted.text } : {}),
  };
}

/** The link, and what stands behind it. A link holds no spaces. */
function split(typed: string): [link: string | undefined, rest: string] {
  const [, link, rest = ''] = /^\s*\S+\s+(\S+)(.*)$/s.exec(typed) ?? [];
  return [link && /^[^"]{3,8192}$/.test(link) ? link : undefined, rest];
}
