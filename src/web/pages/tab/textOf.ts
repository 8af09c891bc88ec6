import { plainOf } from '../card/markdown.js';

/** A card's text as words alone: without markdown, and with its times where this browser is. */
export const textOf = (text: string): string => plainOf(text).replace(clientTimes, written);

/** learn.microsoft.com, "Adaptive Cards templating: date and time formatting" */
const clientTimes = /\{\{(DATE|TIME)\(([\dTZ:-]{20})(?:, ?\w+)?\)\}\}/g;

function written(whole: string, what: string, iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return whole;
  return what === 'DATE'
    ? at.toLocaleDateString(undefined, { dateStyle: 'medium' })
    : at.toLocaleTimeString(undefined, { timeStyle: 'short' });
}
