import type { CardJson } from '../../src/sandbox/connector/types.js';
import { drawCard } from '../../src/web/pages/card/card.js';
import { h } from '../../src/web/pages/card/dom.js';
import type { CardTheme } from '../../src/web/pages/card/hostConfig.js';
import { setLook } from '../../src/web/pages/card/look.js';

type Drawn = { name: string; card: CardJson };
const { cards } = globalThis as unknown as { cards: Drawn[] };

function showCards(theme: CardTheme): void {
  setLook(theme);
  const none = async () => {};
  const samples = cards.map(({ name, card }) =>
    h(
      'section',
      { class: 'sample', 'data-sample': name },
      h('h2', {}, name),
      drawCard(card, { theme, name, execute: none, submit: none, find: async () => ({ results: [] }) }),
    ),
  );
  document.body.append(
    h('main', { class: innerWidth > 800 ? 'is-wide' : '' }, h('h1', { hidden: true }, 'Cards'), ...samples),
  );
}

function showPair(): void {
  document.body.classList.add('is-pair');
  for (const theme of ['light', 'dark'])
    document.body.append(h('iframe', { src: `#${theme}`, title: `Cards, ${theme}` }));
}

/** `#light` and `#dark` draw the cards; without either the page shows both side by side. */
const wanted = location.hash.slice(1);
if (wanted === 'light' || wanted === 'dark') showCards(wanted);
else showPair();
