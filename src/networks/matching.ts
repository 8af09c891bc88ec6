import type { Found, LookedUp } from './publishing.js';
import { normalise, withoutTail } from './sameText.js';

/** Fewer signs are the beginning of many posts. */
const leastBegun = 40;

/**
 * What the author's posts of the time say of the one that is looked for: those with its whole text, or, where there are
 * none, those with its beginning, as a network that cut it would show it.
 */
export function matched(made: readonly Found[], isSame: (shown: string) => boolean, plain: string): LookedUp {
  const posts = made.filter(({ text }) => isSame(text));
  const begun = posts.length > 0 ? [] : made.filter(({ text }) => isBeginning(plain, text));
  return { kind: 'found', posts, ...(begun.length > 0 ? { begun } : {}) };
}

/** Whether a network shows the beginning of what was sent; dots at the end may be its own. */
export function isBeginning(sent: string, shown: string): boolean {
  const seen = withoutTail(normalise(shown), '.\u2026 ');
  return [...seen].length >= leastBegun && normalise(sent).startsWith(seen);
}
