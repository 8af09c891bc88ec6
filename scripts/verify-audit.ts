/**
 * `npm run verify-audit -- <file> [<head>]`: says of an exported audit, without any network or store, which records were
 * changed, dropped, swapped or added. `<head>`: what an earlier export printed and somebody kept. Ends with 1 when
 * something is wrong, with 2 when nothing could be looked at.
 */
import { readFileSync } from 'node:fs';
import { readHead } from '../src/operations/receipts/exporting.js';
import { verifyAudit } from '../src/operations/receipts/verifying.js';
import type { Head } from '../src/store/chain.js';

const shownAtMost = 200;
const [file, words] = process.argv.slice(2);
const kept = words === undefined ? undefined : readHead(words);
if (file === undefined || (words !== undefined && !kept)) {
  process.stderr.write('Say it like this: npm run verify-audit -- <file> [<number>:<hash>]\n');
  process.exitCode = 2;
} else {
  const text = textOf(file);
  process.exitCode = text === undefined ? 2 : verify(text, kept);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    process.stderr.write(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.\n`);
    return undefined;
  }
}

function verify(text: string, kept: Head | undefined): number {
  const faults = verifyAudit(text.split('\n'), kept);
  for (const { sentence } of faults.slice(0, shownAtMost)) process.stdout.write(`${sentence}\n`);
  if (faults.length > shownAtMost) process.stdout.write(`... and ${faults.length - shownAtMost} more.\n`);
  if (faults.length === 0) {
    const proven = kept
      ? 'and it is the chain whose head was kept'
      : 'as far as can be told without a head that was kept';
    process.stdout.write(`Nothing was changed, dropped, swapped or added, ${proven}.\n`);
  }
  return faults.length > 0 ? 1 : 0;
}
