import type { Preview, Problem } from './publishing.js';
import { withoutTail } from './sameText.js';

/** What is wrong with a text on any network. */
export function commonProblems(
  text: string,
  { count, limit, unit }: Pick<Preview, 'count' | 'limit' | 'unit'>,
): Problem[] {
  const problems: Problem[] = [];
  if (text.trim() === '') {
    problems.push({ code: 'empty', sentence: 'There is no text.', fix: 'Write something to publish.', stops: true });
  }
  if (/\p{Surrogate}/u.test(text) || /[^\P{Cc}\t\n\r]/u.test(text)) {
    const sentence = 'The text holds a sign that cannot be sent, such as half of an emoji.';
    problems.push({ code: 'brokenSign', sentence, fix: 'Take it out, or type the text again.', stops: true });
  }
  if (count > limit) {
    const sentence = `The text is ${count - limit} too long: ${count} of ${limit} ${unit}.`;
    problems.push({ code: 'tooLong', sentence, fix: 'Shorten it.', stops: true });
  }
  return problems;
}

/** Links written with `https://`, without the sign of punctuation behind them. */
export function linksIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"]+/gi)].map(([link]) => withoutTail(link, `.,;:!?'")]}`));
}

const mostNamed = 3;
const longestName = 60;

/** A problem for each of the first few, each once and cut to what a sentence holds: a text can hold thousands. */
export function problemsOf(names: readonly string[], problem: (name: string) => Problem): Problem[] {
  const few = [...new Set(names)].slice(0, mostNamed);
  return few.map((name) => problem(name.length > longestName ? `${name.slice(0, longestName)}...` : name));
}
