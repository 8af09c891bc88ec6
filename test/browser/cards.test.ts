import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { buildGallery } from '../../scripts/cards.js';
import { readSamples } from '../../scripts/samples.js';
import { launchBrowser, screenshot } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Violation = { id: string; impact: string; nodes: { html: string }[] };

describe('the page of all cards', () => {
  let browser: Browser;
  let address: string;

  before(async () => {
    [browser, address] = await Promise.all([launchBrowser(), buildGallery()]);
  });
  after(() => browser?.close());

  for (const [theme, width] of [
    ['light', 1360],
    ['dark', 1360],
    ['light', 320],
    ['dark', 320],
  ] as const) {
    describe(`${theme}, ${width} pixels wide`, () => {
      let page: Page;
      let said: string[];

      before(async () => {
        page = await browser.newPage({ viewport: { width, height: 900 } });
        said = [];
        page.on('console', (message) => said.push(message.text()));
        page.on('pageerror', (error) => said.push(String(error)));
        page.on('request', (request) => {
          if (!/^(file|data):/.test(request.url())) said.push(`asked for ${request.url()}`);
        });
        await page.goto(`${address}#${theme}`);
        await page.locator('main').waitFor();
      });
      after(() => page?.close());

      it('shows every sample, in silence and without asking for anything outside', async () => {
        assert.equal(await page.locator('[data-sample] .ac-adaptiveCard').count(), readSamples().length);
        assert.equal(await page.getByText('cannot be shown').count(), 0);
        assert.deepEqual(said, []);
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: Math.min(tall, 16_000) });
        await screenshot(page, `cards-${theme}-${width}`);
      });

      it('can be read and used by all: axe finds nothing serious', async () => {
        await page.evaluate(axe);
        const violations: Violation[] = await page.evaluate(async () => {
          const run = (globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe;
          return (await run.run()).violations;
        });
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        assert.deepEqual(
          serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          [],
        );
      });

      it('shows what an empty box says as clearly as text', async () => {
        const pale = await page.evaluate(() => {
          const light = (colour: string) =>
            (colour.match(/\d+(?:\.\d+)?/g) ?? [])
              .slice(0, 3)
              .map((part) => Number(part) / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
              .reduce((sum, part, at) => sum + part * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0.05);
          const ground = (from: Element | null): string => {
            const colour = from ? getComputedStyle(from).backgroundColor : 'rgb(255, 255, 255)';
            return from && /, 0\)$/.test(colour) ? ground(from.parentElement) : colour;
          };
          const boxes = [...document.querySelectorAll('[data-sample] [placeholder]:not([placeholder=""])')];
          if (boxes.length === 0) return ['there is none'];
          return boxes
            .map((box) => [light(getComputedStyle(box, '::placeholder').color), light(ground(box))])
            .map((both) => Math.max(...both) / Math.min(...both))
            .filter((contrast) => contrast < 4.5);
        });
        assert.deepEqual(pale, []);
      });

      it('shows the titles of buttons whole', async () => {
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('[data-sample] .ac-pushButton, [data-sample] .ac-pushButton > div')]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(({ textContent }) => textContent),
        );
        assert.deepEqual(cut, []);
      });

      it('begins each line of buttons at the same edge', async () => {
        const askew = await page.evaluate(() =>
          [...document.querySelectorAll('[data-sample] .ac-actionSet')].flatMap((set) => {
            const places = [...set.querySelectorAll('button')].map((button) => button.getBoundingClientRect());
            const first = new Map(places.toReversed().map(({ top, left }) => [Math.round(top), Math.round(left)]));
            return new Set(first.values()).size > 1 ? [set.textContent] : [];
          }),
        );
        assert.deepEqual(askew, []);
      });

      it('shows facts whole, and their names apart from what they say', async () => {
        const touching = await page.evaluate(() =>
          [...document.querySelectorAll('[data-sample] .ac-fact-title')].flatMap((title) => {
            const said = title.parentElement?.querySelector('.ac-fact-value')?.getBoundingClientRect();
            const words = document.createRange();
            words.selectNodeContents(title);
            return said && said.left - words.getBoundingClientRect().right < 4 ? [title.textContent] : [];
          }),
        );
        assert.deepEqual(touching, []);
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('[data-sample] .ac-factset')]
            .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
            .map(({ textContent }) => textContent),
        );
        assert.deepEqual(cut, []);
      });

      it('keeps every card within its width', async () => {
        const wider = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('[data-sample] .card')]
            .filter(
              (card) => card.scrollWidth > card.clientWidth + 1 || card.getBoundingClientRect().right > innerWidth,
            )
            .map((card) => card.getAttribute('aria-label')),
        );
        assert.deepEqual(wider, []);
      });
    });
  }

  it('makes no link and no bold text of hostile names, and shows them as they were written', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}#light`);
    const card = page.locator('[data-sample="list: hostile"] .card');
    assert.equal(await card.locator('a, strong, img:not([src^="data:"])').count(), 0);
    const text = ((await card.textContent()) ?? '').replaceAll(/[\u2060\u2068\u2069]/g, '');
    for (const wanted of [
      '[click me](https://evil.example)',
      '<b>&lt;b&gt;',
      '$' + '{title} $' + '{evil}',
      '# 1. heading',
    ])
      assert(text.includes(wanted), `${wanted} in:\n${text}`);
    await page.close();
  });
});
