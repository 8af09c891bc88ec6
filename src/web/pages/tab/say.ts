import { required } from '../card/dom.js';
import { Trouble } from './api.js';

const said = required<HTMLElement>('#said');

/** One line at the top that is read out: what was done, or what went wrong. */
export function say(text: string, isError = false): void {
  said.textContent = text;
  said.classList.toggle('is-error', isError && text !== '');
  said.classList.toggle('is-done', !isError && text !== '');
}

export function sayTrouble(error: unknown): void {
  say(sentenceOf(error), true);
}

export const sentenceOf = (error: unknown): string =>
  error instanceof Trouble ? error.message : 'Something went wrong on this page. Close the tab and open it again.';
