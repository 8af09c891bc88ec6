/** Draws every card from its samples as Teams does, light and dark, into one page: build/cards.html. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { renderCard } from '../src/bot/cards/template.js';
import { readSamples, type Sample } from './samples.js';

const root = new URL('../../', import.meta.url);

/** One card of the page. */
export type Drawn = { name: string; card: object };

/** Writes the page and answers where it is. It stands alone: no server, nothing from outside. */
export async function buildGallery(): Promise<string> {
  const cards = readSamples().map((sample) => ({ name: nameOf(sample), card: cardOf(sample) }));
  const style = ['src/sandbox/chat/page/page.css', 'src/web/pages/card/cards.css'].map(readText).join('\n');
  const page = readText('scripts/gallery/page.html')
    .replace('/* style */', () => style)
    .replace('/* cards */', () => `globalThis.cards = ${forScript(JSON.stringify(cards))};`);
  const script = await bundle();
  const address = new URL('build/cards.html', root);
  writeFileSync(
    address,
    page.replace('/* script */', () => forScript(script)),
  );
  return address.href;
}

const nameOf = ({ card, variant }: Sample) => (variant ? `${card}: ${variant}` : card);
const cardOf = ({ card, view }: Sample) => renderCard({ name: card, view });
const readText = (path: string) => readFileSync(new URL(path, root), 'utf8');
/** Text within a script element must not end it. */
const forScript = (text: string) => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

async function bundle(): Promise<string> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('scripts/gallery/main.ts', root))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return built.outputFiles[0]?.text ?? '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`Open ${await buildGallery()}`);
