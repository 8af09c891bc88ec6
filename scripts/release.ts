/**
 * `npm run release -- 0.2.0 [--dry-run]`: dates the change log, sets the version, commits and tags; then makes the SBOM, the
 * image where Docker is there, and the Teams package where its settings are. `--dry-run` says what it would do.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { realTime } from '../src/platform/clock.js';

/** The change log with what is unreleased under the version and its day, and a new head above it. @throws Error */
export function dated(changelog: string, version: string, day: string): string {
  const [before, after] = changelog.split(/^## Unreleased\n/m);
  if (before === undefined || after === undefined) throw new Error('CHANGELOG.md has no "## Unreleased".');
  const unreleased = after.split(/^## /m)[0] ?? '';
  if (unreleased.trim() === '') throw new Error('CHANGELOG.md has nothing under "Unreleased".');
  return `${before}## Unreleased\n\n## ${version}, ${day}\n${after}`;
}

/** @throws Error unless `next` is a version above `last` */
export function checkVersion(last: string, next: string | undefined): string {
  const parts = (text: string) => /^(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number);
  const [from, to] = [parts(last), parts(next ?? '')];
  if (!from || !to || !next) throw new Error(`Name the version, such as: npm run release -- ${last}`);
  const at = to.findIndex((part, index) => part !== from[index]);
  // The first release is the version that is there already.
  if (at !== -1 && (to[at] ?? 0) < (from[at] ?? 0))
    throw new Error(`${next} is below ${last}, which is there already.`);
  return next;
}

export type Step = { says: string; command?: readonly string[]; does?: () => void };

/** What a release is made of, in order. `has`: whether a program is there. */
export function stepsOf(
  version: string,
  day: string,
  env: Record<string, string | undefined>,
  has: (program: string) => boolean,
): Step[] {
  const tag = `v${version}`;
  const image = `social-profiles-for-teams:${version}`;
  const canPackage = Boolean(env.MicrosoftAppId && env.BASE_URL);
  return [
    {
      says: `date the change log: ${version}, ${day}`,
      does: () => rewrite('CHANGELOG.md', (text) => dated(text, version, day)),
    },
    { says: 'set the version', command: ['npm', 'version', version, '--no-git-tag-version', '--allow-same-version'] },
    { says: 'run the tests', command: ['npm', 'test'] },
    { says: 'commit', command: ['git', 'commit', '--all', '--message', `Release ${version}`] },
    { says: `tag ${tag}`, command: ['git', 'tag', '--annotate', tag, '--message', `Release ${version}`] },
    { says: 'write build/sbom.json', command: ['npm', 'run', '--silent', 'sbom'] },
    canPackage
      ? { says: 'make the Teams package', command: ['npm', 'run', 'package'] }
      : { says: 'no Teams package: MicrosoftAppId and BASE_URL are not set' },
    has('docker')
      ? { says: `build the image ${image}`, command: ['docker', 'build', '--tag', image, '.'] }
      : { says: `no image: Docker is not here (docker build --tag ${image} .)` },
  ];
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function run([program = '', ...words]: readonly string[]): void {
  const { status } = spawnSync(program, words, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`"${program} ${words.join(' ')}" ended with ${status}.`);
}

function said(...words: string[]): string {
  return spawnSync('git', words, { encoding: 'utf8' }).stdout.trim();
}

function release(words: readonly string[]): void {
  const isDry = words.includes('--dry-run');
  const { version: last } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const version = checkVersion(
    last,
    words.find((word) => !word.startsWith('--')),
  );
  const day = realTime().toISOString().slice(0, 10);
  dated(readFileSync('CHANGELOG.md', 'utf8'), version, day);
  if (said('tag', '--list', `v${version}`)) throw new Error(`v${version} is tagged already.`);
  if (!isDry && said('status', '--porcelain')) throw new Error('Commit or put away what is changed first.');
  const has = (program: string) => spawnSync(program, ['info'], { stdio: 'ignore' }).status === 0;
  for (const { says, command, does } of stepsOf(version, day, process.env, has)) {
    process.stdout.write(`${isDry ? 'would ' : ''}${says}\n`);
    if (isDry) continue;
    does?.();
    if (command) run(command);
  }
  process.stdout.write(isDry ? 'Nothing was changed.\n' : `Now push: git push --follow-tags\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    release(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
