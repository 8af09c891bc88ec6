import { readdirSync, readFileSync } from 'node:fs';
import { iconOf } from '../src/bot/cards/icons.js';
import type { CardName, ViewOf } from '../src/bot/cards/table.js';

/** A view to draw a card from: `cards/samples/<card>.json` or `<card>.<variant>.json`. */
export type Sample = { [N in CardName]: { card: N; variant: string; view: ViewOf<N> } }[CardName];

const folder = new URL('../../cards/samples/', import.meta.url);

/** All sample views, by name. A picture is written `icon:<network>` in them. */
export function readSamples(): Sample[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const [card, variant = ''] = file.replace(/\.json$/, '').split('.');
      const view = JSON.parse(readFileSync(new URL(file, folder), 'utf8'), withIcons);
      return { card, variant: variant === 'json' ? '' : variant, view } as Sample;
    });
}

const withIcons = (key: string, value: unknown) =>
  key === 'icon' && typeof value === 'string' ? iconOf(value.replace(/^icon:/, '')) : value;
