// Builds the previous release from git into .cache/previous-release, to be tried beside this one: the newest tag of a
// release, or the commit named below until there is one. Another can be named: node scripts/previous-release.mjs <ref>
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const place = join(root, '.cache/previous-release');
const beforeTags = '44b3b0a2b6b6099a11915fc7a3ee88a42373444b';

const git = (...words) =>
  execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const newestTag = () => git('tag', '--list', 'v*', '--sort=-v:refname').split('\n')[0];
const commit = git('rev-parse', `${process.argv[2] ?? (newestTag() || beforeTags)}^{commit}`).trim();
const mark = join(place, 'commit');

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== commit) {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const files = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1_000_000_000 });
  execFileSync('tar', ['-x', '-C', place], { input: files });
  // Its own lock file would be exact, and takes a minute longer; what it is given here is at least as new.
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'), 'junction');
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], {
    cwd: place,
    stdio: 'inherit',
  });
  writeFileSync(mark, commit);
}
process.stdout.write(`${place} is ${commit}\n`);
