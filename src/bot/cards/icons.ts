import { readFileSync } from 'node:fs';

const icons = JSON.parse(readFileSync(new URL('../../../../cards/icons.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

/** A small picture of our own for a network, as a data URI; empty when there is none. Drawn by `scripts/icons.ts`. */
export function iconOf(network: string): string {
  return Object.hasOwn(icons, network) ? (icons[network] ?? '') : '';
}
