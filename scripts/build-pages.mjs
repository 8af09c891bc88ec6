// Bundles the pages: src/sandbox/chat/page -> build/pages/chat, src/web/pages/<name> -> build/pages/<name>, each with the
// styles of cards.
import { cp, mkdir, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
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
  await build({
    entryPoints: [join(from, 'main.ts')],
    outfile: join(to, 'main.js'),
    bundle: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await cp(join(root, 'src/web/pages/card/cards.css'), join(to, 'cards.css'));
  const files = (await readdir(from)).filter((file) => copied.has(extname(file)));
  await Promise.all(files.map((file) => cp(join(from, file), join(to, file))));
}

await Promise.all((await pages()).map(buildPage));
