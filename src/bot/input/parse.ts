import { distance } from 'fastest-levenshtein';
import { fold } from '../../rules/fold.js';
import type { Asked } from '../../rules/operation.js';
import { type Meant, type Refusal, refuse } from '../../rules/refusals.js';
import { isRefusal, type Reading } from './arguments.js';
import { type Command, type CommandName, commands } from './commands.js';
import type { Token } from './words.js';

const table = new Map<string, [CommandName, Command]>();
for (const [name, command] of Object.entries(commands) as [CommandName, Command][]) {
  for (const word of [name, ...(command.also ?? [])]) table.set(word, [name, command]);
}

/** Any tokens give an operation or a refusal, never a throw. Nothing said at all is a wish for help; with files, for a post of them. */
export function parse(tokens: readonly Token[], reading: Reading): Asked | Refusal {
  const [first, ...rest] = withoutLastComma(tokens);
  if (!first) return reading.hasFiles ? { kind: 'post', profiles: [] } : { kind: 'help' };
  const word = commandWord(first.text);
  const found = table.get(word);
  if (found) return found[1].parse(rest, reading, found[1].usage);
  const digits = tokens
    .map(({ text }) => text.slice(0, 7))
    .slice(0, 7)
    .join('');
  if (/^\d{6}$/.test(digits)) return { kind: 'code', digits };
  return didYouMean(word, rest, reading);
}

const withoutLastComma = (tokens: readonly Token[]) => (tokens.at(-1)?.text === ',' ? tokens.slice(0, -1) : tokens);

/** Longer than any command. */
const wordLimit = 40;

/** `/Show`, `show:` and `show!` are `show`. */
function commandWord(text: string): string {
  const typed = fold(text.slice(0, wordLimit));
  return typed.replace(/^\//, '').replace(/[!.:]+$/, '') || typed;
}

const mostMeant = 2;

/** The closest commands, as buttons that run them with the same words when they fit. */
function didYouMean(word: string, rest: readonly Token[], reading: Reading): Refusal {
  const near = [...table.entries()]
    .map(([name, [, command]]) => ({ name, command, far: distance(word, name) }))
    .filter(({ far, name }) => far <= Math.min(2, Math.ceil(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  // Not the same one by another of its words.
  const each = near.filter(({ command }, at) => near.findIndex((one) => one.command === command) === at);
  const meant = each.slice(0, mostMeant).map(({ name, command }): Meant => {
    const asked = command.parse(rest, reading, command.usage);
    if (isRefusal(asked)) return { title: command.usage };
    return { title: [name, ...rest.map((token) => token.text)].join(' ').slice(0, 60), operation: asked };
  });
  return refuse('unknownWords', word, meant);
}
