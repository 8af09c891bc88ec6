import { askTable, Trouble, type Wish } from './api.js';

/** Saves what the list shows, all of it, as a file for a spreadsheet. @throws Trouble */
export async function saveTable(wish: Wish): Promise<void> {
  const answer = await askTable(wish);
  if (answer.type !== 'csv')
    throw new Trouble(answer.type === 'refused' ? answer.text : 'The list cannot be saved now.');
  const url = URL.createObjectURL(new Blob([answer.csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'social-profiles.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
