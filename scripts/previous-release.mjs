// Builds the previous release from git into .cache/previous-release, to be tried beside this one: the newest tagged
// release before this commit, or the commit named below until there is one. Another can be named: node scripts/previous-release.mjs <ref>
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const place = join(root, '.cache/previous-release');
const beforeTags = 'f4e79c2a281cd98eaf7ec7e53fab271dfc8739c5';

const git = (...words) =>
  execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
/** Undefined where there is none, as in a copy of the project that came without its history. */
function asked(...words) {
  try {
    return git(...words).trim();
  } catch {
    return undefined;
  }
}
/** From before this commit: a release is not the one before itself. */
const newestTag = () => asked('describe', '--tags', '--abbrev=0', '--match', 'v*', 'HEAD^');

/** Whether what it was built with is what is installed here: then it need not be installed once more. */
function isInstalledHere() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  return Object.entries({ ...dependencies, ...devDependencies }).every(([name, version]) => {
    const file = join(root, 'node_modules', name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
  });
}

function make(commit) {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const files = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 1_000_000_000 });
  execFileSync('tar', ['-x', '-C', place], { input: files });
  const here = { cwd: place, stdio: 'inherit' };
  if (isInstalledHere()) symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'), 'junction');
  else execFileSync('npm', ['ci', '--no-audit'], { ...here, shell: process.platform === 'win32' });
  execFileSync(process.execPath, [join(place, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], here);
  writeFileSync(join(place, 'commit'), commit);
}

const wanted = process.argv[2] ?? newestTag() ?? beforeTags;
const commit = asked('rev-parse', '--verify', `${wanted}^{commit}`);
if (commit) {
  const mark = join(place, 'commit');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== commit) make(commit);
}
process.stdout.write(commit ? `${place} is ${commit}\n` : 'The history of the project is not here.\n');
