import { stringify } from 'csv-stringify/sync';
import type { TabRow } from '../../operations/core/tabViews.js';

const columns: readonly [title: string, value: (row: TabRow) => string | number][] = [
  ['Profile', ({ handle }) => handle],
  ['Name', ({ name }) => name],
  ['Type', ({ typeName }) => typeName],
  ['Owners', ({ owners }) => owners.join('; ')],
  ['Shared with', ({ sharedWith }) => sharedWith.join('; ')],
  ['Health', ({ health }) => health.word],
  ['Days left', ({ daysLeft }) => daysLeft ?? ''],
  ['To you', ({ standing }) => standing],
];

/**
 * A table for a spreadsheet: RFC 4180, with a byte order mark, since Excel reads another alphabet without. What would be
 * read as a formula (it begins with = + - @, a tab or a line end) gets an apostrophe before it.
 */
export function csvOf(rows: readonly TabRow[]): string {
  const lines = rows.map((row) => columns.map(([, value]) => value(row)));
  return stringify([columns.map(([title]) => title), ...lines], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
