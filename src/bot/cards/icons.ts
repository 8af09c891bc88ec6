import { readFileSync } from 'node:fs';
import { typeNames } from '../../rules/profileTypes.js';
import type { ProfileType } from '../../rules/types.js';

const icons = JSON.parse(readFileSync(new URL('../../../../cards/icons.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

/** A small picture of our own for a network, as a data URI; empty when there is none. Drawn by `scripts/icons.ts`. */
export function iconOf(network: string): string {
  return Object.hasOwn(icons, network) ? (icons[network] ?? '') : '';
}

/** The picture of its network beside what a card is about; not there where it is about no profile. */
export type WithIcon = { icon?: string; iconAlt?: string };

/** The picture of a profile's network, and what it is called for who does not see it. */
export function iconFor(type: ProfileType): { icon: string; iconAlt: string } {
  const { network, networkLabel } = typeNames[type];
  return { icon: iconOf(network), iconAlt: networkLabel };
}
