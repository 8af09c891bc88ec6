/**
 * `npm run verify-audit -- <file> [<head>]`: says of an exported audit, without any network or store, which records were
 * changed, dropped, swapped or added. `<head>`: what an earlier export printed and somebody kept. Ends with 1 when
 * something is wrong.
 */
import { readFileSync } from 'node:fs';
import { readHead } from '../src/operations/receipts/exporting.js';
import { verifyAudit } from '../src/operations/receipts/verifying.js';

const shownAtMost = 200;
const [file, words] = process.argv.slice(2);
const kept = words === undefined ? undefined : readHead(words);
if (file === undefined || (words !== undefined && !kept)) {
  process.stderr.write('Say it like this: npm run verify-audit -- <file> [<number>:<hash>]\n');
  process.exitCode = 2;
} else {
  const lines = readFileSync(file, 'utf8').split('\n');
  const faults = verifyAudit(lines, kept);
  for (const { sentence } of faults.slice(0, shownAtMost)) process.stdout.write(`${sentence}\n`);
  if (faults.length > shownAtMost) process.stdout.write(`... and ${faults.length - shownAtMost} more.\n`);
  if (faults.length === 0) {
    const proven = kept
      ? 'and it is the chain whose head was kept'
      : 'as far as can be told without a head that was kept';
    process.stdout.write(`Nothing was changed, dropped, swapped or added, ${proven}.\n`);
  }
  process.exitCode = faults.length > 0 ? 1 : 0;
}
