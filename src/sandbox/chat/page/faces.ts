import { h } from '../../../web/pages/card/dom.js';
import type { ChatPerson } from '../types.js';

/** A person's picture: initials on a colour of their own. */
export function face(person: ChatPerson, size: number): HTMLElement {
  return h('fluent-avatar', {
    name: person.name,
    size,
    color: 'colorful',
    'color-id': colourOf(person.id),
    'aria-hidden': 'true',
  });
}

/** The bot's picture, in Teams' shape for apps. */
export function appFace(name: string, size: number): HTMLElement {
  const initials = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return h('span', { class: `app-face size-${size}`, 'aria-hidden': 'true' }, initials);
}

/** A group's or team's picture. */
export function squareFace(name: string, size: number): HTMLElement {
  return h('fluent-avatar', { name, size, shape: 'square', color: 'colorful', 'aria-hidden': 'true' });
}

const colours = [
  'cornflower',
  'pumpkin',
  'forest',
  'plum',
  'teal',
  'cranberry',
  'navy',
  'brown',
  'lilac',
  'seafoam',
  'grape',
  'mink',
];

function colourOf(id: string): string {
  return colours[(Number.parseInt(id.slice(-4), 16) || 0) % colours.length] as string;
}
