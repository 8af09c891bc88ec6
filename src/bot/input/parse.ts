import { distance } from 'fastest-levenshtein';
import type { Asked } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { isRefusal, type Reading } from './arguments.js';
import { type Command, type CommandName, commands } from './commands.js';
import type { Token } from './words.js';

const table = new Map<string, [CommandName, Command]>();
for (const [name, command] of Object.entries(commands) as [CommandName, Command][]) {
  for (const word of [name, ...(command.also ?? [])]) table.set(word, [name, command]);
}

/** Any tokens give an operation or a refusal, never a throw. Nothing said at all is a wish for help. */
export function parse(tokens: readonly Token[], reading: Reading): Asked | Refusal {
  const [first, ...rest] = tokens;
  if (!first) return { kind: 'help' };
  const word =
    first.text
      .toLowerCase()
      .replace(/^\//, '')
      .replace(/[!.:]+$/, '') || first.text.toLowerCase();
  const found = table.get(word);
  if (found) return found[1].parse(rest, reading, found[1].usage);
  if (/^\d{6}$/.test(word) && rest.length === 0) return { kind: 'code', digits: word };
  return didYouMean(word, rest, reading);
}

/** The closest command, as a button that runs it with the same words when they fit. */
function didYouMean(word: string, rest: readonly Token[], reading: Reading): Refusal {
  const shown = word.slice(0, 40);
  const near = [...table.entries()]
    .map(([name, [, command]]) => ({ name, command, far: distance(shown, name) }))
    .filter(({ far, name }) => far <= Math.min(2, Math.ceil(name.length / 3)))
    .sort((a, b) => a.far - b.far)[0];
  if (!near) return refuse('unknownWords', shown);
  const asked = near.command.parse(rest, reading, near.command.usage);
  if (isRefusal(asked)) return refuse('unknownWords', shown, { title: near.name, operation: { kind: 'help' } });
  const title = [near.name, ...rest.map((token) => token.text)].join(' ').slice(0, 60);
  return refuse('unknownWords', shown, { title, operation: asked });
}
