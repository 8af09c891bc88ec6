import type { TabRow } from '../../../operations/core/tabViews.js';
import { h } from '../card/dom.js';

export type GridRow = TabRow & { icon: string };
type Does = { pick: () => void; open: () => void; moved: () => void };

/** One row of the list, with a cell for each column. */
export function makeRow(row: GridRow, { pick, open, moved }: Does): HTMLElement {
  const cell = (name: string, ...children: (Node | string)[]) =>
    h('div', { role: 'gridcell', class: `cell cell-${slug(name)}` }, ...children);
  const box = h('input', { type: 'checkbox', tabindex: -1, 'aria-label': `Pick ${row.handle}` });
  box.addEventListener('click', (event) => {
    event.stopPropagation();
    pick();
  });
  const names = h('span', { class: 'names' }, h('strong', {}, row.handle), h('span', { class: 'subtle' }, row.name));
  const element = h(
    'div',
    { class: 'grid-row', role: 'row', 'data-id': row.id },
    cell('Pick', box),
    cell('Profile', h('img', { src: row.icon, alt: '', width: 24, height: 24 }), names),
    cell('Network', row.typeName),
    cell('Owners', listed(row.owners, 'Nobody')),
    cell('Shared with', listed(row.sharedWith, 'Nobody')),
    cell('Health', h('span', { class: `light is-${row.health.colour}` }, row.health.word)),
    cell('Days left', row.daysLeft === undefined ? '–' : String(row.daysLeft)),
  );
  element.addEventListener('click', open);
  element.addEventListener('focus', moved);
  return element;
}

export const slug = (name: string) => name.toLowerCase().replaceAll(' ', '-');

/** "Ann, Ben and 3 more" */
function listed(names: readonly string[], none: string): string {
  const [first, second, ...more] = names;
  if (first === undefined) return none;
  if (second === undefined) return first;
  return more.length === 0 ? `${first}, ${second}` : `${first}, ${second} and ${more.length} more`;
}
