import { doubleQuotes } from '../../rules/fold.js';
import type { ProfileRef } from '../../rules/operation.js';
import { refuse } from '../../rules/refusals.js';
import { isRefusal, profileFrom, type Reading } from './arguments.js';
import type { Command } from './commandKinds.js';
import { postTime } from './postTimes.js';
import { reacting } from './reactingCommand.js';
import { quotedIn, tooLong, withoutLeadingNames } from './typedText.js';
import type { Token } from './words.js';

const postUsage = 'post [<profile>...] ["text"] [at <when>]';
const mostProfiles = 10;

/** What can be said about posts. */
export const publishingCommands = {
  post: {
    usage: postUsage,
    about: 'Publish. You see a preview first, and can undo.',
    group: 'Publish',
    also: ['publish'],
    listed: true,
    parse: (tokens, reading, usage) => readPost(tokens, reading, usage),
  },
  reply: reacting('reply', 'reply <link> ["text"] [as <profile>]', 'Answer a post, from its link.'),
  like: reacting('like', 'like <link> [as <profile>]', 'Like a post, from its link.'),
  repost: reacting('repost', 'repost <link> ["text"] [as <profile>]', 'Show a post to your own followers.'),
  posts: {
    usage: 'posts [<profile>]',
    about: 'What went out, what waits, what needs a look.',
    group: 'Publish',
    parse: (tokens, _, usage) => {
      if (tokens.length === 0) return { kind: 'posts', profiles: [] };
      const profile = profileFrom(tokens, usage);
      return isRefusal(profile) ? profile : { kind: 'posts', profiles: [profile] };
    },
  },
  undo: {
    usage: 'undo',
    about: 'Stop what you sent last, while it is held.',
    group: 'Publish',
    parse: (tokens, _, usage) =>
      tokens.length > 0 ? refuse('wordsExtra', tokens.map(({ text }) => text).join(' '), usage) : { kind: 'undo' },
  },
  prove: {
    usage: 'prove <link>',
    about: 'Who wrote a post, who approved it, what was sent, what is there.',
    group: 'Publish',
    also: ['receipt'],
    parse: (tokens, _, usage) => {
      const [link, ...more] = tokens;
      if (!link) return refuse('wordsMissing', usage);
      if (more.length > 0) return refuse('wordsExtra', more.map(({ text }) => text).join(' '), usage);
      return { kind: 'prove', link: link.text.slice(0, 2000) };
    },
  },
  freeze: {
    usage: 'freeze <profile>|all',
    about: 'Nothing goes out any more; "freeze <profile> drill" tries it.',
    group: 'Publish',
    parse: (tokens, _, usage) => {
      if (isAll(tokens)) return { kind: 'freezeAll' };
      const isDrill = tokens.length > 1 && isWord(tokens.at(-1), 'drill');
      const profile = profileFrom(isDrill ? tokens.slice(0, -1) : tokens, usage);
      return isRefusal(profile) ? profile : { kind: 'freeze', profile, ...(isDrill ? { drill: true as const } : {}) };
    },
  },
  thaw: {
    usage: 'thaw <profile>|all "why"',
    about: 'Posts go out again, after the yes of two Managers.',
    group: 'Publish',
    parse: (tokens, _, usage) => {
      const last = tokens.at(-1);
      const reason = tokens.length > 1 && last?.quoted ? last.text.slice(0, 300) : undefined;
      const rest = reason === undefined ? tokens : tokens.slice(0, -1);
      const why = reason === undefined ? {} : { reason };
      if (isAll(rest)) return { kind: 'thawAll', ...why };
      const profile = profileFrom(rest, usage);
      return isRefusal(profile) ? profile : { kind: 'thaw', profile, ...why };
    },
  },
} satisfies Record<string, Command>;

const isWord = (token: Token | undefined, ...words: string[]) =>
  token !== undefined && !token.quoted && !token.mention && words.includes(token.text.toLowerCase());
const isAll = (tokens: readonly Token[]) => tokens.length === 1 && isWord(tokens[0], 'all', 'everything');

/**
 * The text is what stands between the quotes, exactly as typed, so it is taken from the message and not from its words.
 * Before it stand the profiles; a name with spaces is quoted too. `at` with a time stands before or behind the text.
 */
function readPost(tokens: readonly Token[], { now, timeZone, locale, typed }: Reading, usage: string) {
  const long = tooLong(typed);
  if (long) return long;
  const said = typed.trimStart().replace(commandWord, '');
  const { names, rest } = withoutLeadingNames(said);
  const quoted = quotedIn(rest);
  const words = tokens.filter(({ quoted: isQuoted }) => !isQuoted);
  const at = words.findIndex((token) => isWord(token, 'at'));
  const isTimed = at >= 0 && (quoted === undefined || /(^|\s)at\s/i.test(`${quoted.before} ${quoted.after}`));
  const outside = quoted ? wordsOf(quoted.before) : words.map(({ text }) => text);
  const before = isTimed ? untilAt(outside) : outside;
  const when = isTimed ? timeWords(quoted ? [quoted.before, quoted.after] : [outside.join(' ')]) : '';
  const time = when === '' ? undefined : postTime(when, now, timeZone, locale);
  if (isRefusal(time)) return time;
  if (isTimed && when === '') return refuse('wordsMissing', usage);
  const extra = quoted && !isTimed ? quoted.after.trim() : '';
  if (extra !== '') return refuse('wordsExtra', extra, usage);
  const profiles: ProfileRef[] = [...names, ...before]
    .filter((word) => !/^(and|&|,)$/i.test(word))
    .map((name) => ({ words: name }));
  return {
    kind: 'post' as const,
    profiles: profiles.slice(0, mostProfiles),
    ...(quoted ? { text: quoted.text } : {}),
    ...(time ? { at: time } : {}),
  };
}

const commandWord = new RegExp(`^/?(?:(?!${doubleQuotes.source})\\S)+`);
const wordsOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((word) => word.replaceAll(/[\u200b\u2060-\u2069\ufeff]/g, ''))
    .filter(Boolean);
const untilAt = (words: readonly string[]) => {
  const at = words.findIndex((word) => word.toLowerCase() === 'at');
  return at < 0 ? words : words.slice(0, at);
};
/** The words behind the first `at`, on the side of the text where it stands. */
function timeWords(sides: readonly string[]): string {
  for (const side of sides) {
    const words = wordsOf(side);
    const at = words.findIndex((word) => word.toLowerCase() === 'at');
    if (at >= 0) return words.slice(at + 1).join(' ');
  }
  return '';
}
