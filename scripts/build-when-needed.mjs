/**
 * Before `npm start`: builds and bundles only when that was not done, or something that they are made of is newer. A folder
 * that came without its sources, as in an image, is taken as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Another folder can be named, for tests. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'tsconfig.json', 'package.json', 'scripts/build-pages.mjs'].map((name) => join(root, name));
const [stamp, bundled] = ['build/stamp', 'build/bundle/stamp'].map((name) => join(root, name));

/** Folders count too: theirs is the time when a file was taken away. */
async function newest(path) {
  const { mtimeMs } = await stat(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const inside = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))));
  return Math.max(mtimeMs, ...inside);
}

async function isBuildNeeded() {
  if (!existsSync(stamp) || !existsSync(join(root, 'build/src/main.js'))) return true;
  const times = await Promise.all(sources.map(newest));
  return Math.max(...times) > statSync(stamp).mtimeMs;
}

async function isBundleNeeded() {
  if (!existsSync(bundled)) return true;
  const times = await Promise.all([stamp, join(root, 'scripts/bundle.mjs')].map(newest));
  return Math.max(...times) > statSync(bundled).mtimeMs;
}

/** True when it went well. */
function run(script) {
  const { status } = spawnSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit', shell: true });
  process.exitCode = status ?? 1;
  return status === 0;
}

if (existsSync(join(root, 'src'))) {
  const isBuilt = !(await isBuildNeeded()) || run('build');
  if (isBuilt && (await isBundleNeeded())) run('bundle');
}
