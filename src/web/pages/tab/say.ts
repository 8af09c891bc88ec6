import { required } from '../card/dom.js';
import { Trouble } from './api.js';

const said = required<HTMLElement>('#said');

/** One line at the top that is read out: what was done, or what went wrong. */
export function say(text: string, isError = false, id = ''): void {
  put(said, text, id);
  said.classList.toggle('is-error', isError && text !== '');
  said.classList.toggle('is-done', !isError && text !== '');
}

export function sayTrouble(error: unknown): void {
  say(sentenceOf(error), true);
}

export const sentenceOf = (error: unknown): string =>
  error instanceof Trouble ? error.message : 'Something went wrong on this page. Close the tab and open it again.';

/** A refusal stands under its own id, as on cards. */
export function put(place: HTMLElement, text: string, id = ''): void {
  const line = document.createElement('span');
  if (id !== '') line.id = id;
  line.textContent = text;
  place.replaceChildren(...(text === '' ? [] : [line]));
}
