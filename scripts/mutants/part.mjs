// Mutants of one file in so many, another choice at each commit: `npm run mutants`, cut to what a check can wait for.
//
//   node scripts/mutants/part.mjs 8
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const parts = Number(process.argv[2]);
if (!Number.isInteger(parts) || parts < 1) throw new Error('Say in how many parts: node scripts/mutants/part.mjs 8');

/** So many commits as there are: each takes the next part. 0 in a copy without history. */
function commits() {
  try {
    return Number(execFileSync('git', ['rev-list', '--count', 'HEAD'], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
}
const whole = JSON.parse(readFileSync(new URL('stryker.json', import.meta.url), 'utf8'));
const files = readdirSync('src/rules', { recursive: true })
  .map((file) => `src/rules/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts'))
  .sort();
const mutate = files.filter((_, index) => index % parts === commits() % parts);
// A few files say less of all than all files do.
const config = { ...whole, mutate, thresholds: { ...whole.thresholds, break: 75 } };
mkdirSync('.cache/mutants', { recursive: true });
writeFileSync('.cache/mutants/part.json', JSON.stringify(config));
console.log(`${mutate.length} of ${files.length} files:`, mutate.join(' '));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', '.cache/mutants/part.json'],
  {
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
