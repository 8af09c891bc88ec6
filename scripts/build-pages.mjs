// Bundles the pages: src/sandbox/chat/page -> build/pages/chat, src/web/pages/<name> -> build/pages/<name>, each with the
// styles of cards. Only what differs is written: whoever serves or tests the pages meanwhile sees no half file.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const copied = new Set(['.html', '.css', '.svg', '.png', '.ico']);

/** Every page: where it is, and its name. A page is a folder with a main.ts. */
async function pages() {
  const inWeb = join(root, 'src/web/pages');
  const names = await readdir(inWeb).catch(() => []);
  const all = [{ from: join(root, 'src/sandbox/chat/page'), name: 'chat' }];
  for (const name of names) all.push({ from: join(inWeb, name), name });
  const isPage = async ({ from }) => (await readdir(from).catch(() => [])).includes('main.ts');
  const checked = await Promise.all(all.map(async (page) => ({ page, isPage: await isPage(page) })));
  return checked.filter((one) => one.isPage).map(({ page }) => page);
}

async function buildPage({ from, name }) {
  const to = join(root, 'build/pages', name);
  await mkdir(to, { recursive: true });
  const { outputFiles } = await build({
    entryPoints: [join(from, 'main.ts')],
    outfile: join(to, 'main.js'),
    bundle: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  const files = (await readdir(from)).filter((file) => copied.has(extname(file)));
  const copies = [join(root, 'src/web/pages/card/cards.css'), ...files.map((file) => join(from, file))];
  await Promise.all([
    ...outputFiles.map(({ path, contents }) => writeChanged(path, contents)),
    ...copies.map(async (file) => writeChanged(join(to, basename(file)), await readFile(file))),
  ]);
}

async function writeChanged(path, contents) {
  const before = await readFile(path).catch(() => undefined);
  if (!before?.equals(contents)) await writeFile(path, contents);
}

await Promise.all((await pages()).map(buildPage));
// The last step of a build: how new it is (build-when-needed.mjs).
await writeFile(join(root, 'build/stamp'), '');
