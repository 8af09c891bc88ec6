import { type Directory, DirectoryDown } from './directory.js';

/** One person has asked the directory so much that others would have to wait for it. Their own questions wait instead. */
export class AskedTooMuch extends DirectoryDown {
  constructor(readonly until: Date) {
    super('One person asked the directory too much.', 'throttled', until);
  }
}

/**
 * The directory, with the tenant's budget for it shared fairly: `spend` takes one question off what the person may ask
 * whom it is put down to, or says until when they have to wait.
 */
export function fairly(directory: Directory, spend: () => Date | undefined): Directory {
  const questions = Object.entries(directory).map(([name, ask]) => [
    name,
    (...words: unknown[]) => {
      const until = spend();
      return until ? Promise.reject(new AskedTooMuch(until)) : (ask as (...words: unknown[]) => unknown)(...words);
    },
  ]);
  return Object.fromEntries(questions) as Directory;
}
