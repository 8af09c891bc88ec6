import { h } from '../card/dom.js';
import { put } from './say.js';
import { type CardDoes, cardName, tabCard } from './tabCard.js';

/** A question, a form or a sign-in over the page: the very card that the chat shows, or what the page makes itself. */
export class CardDialog {
  readonly element: HTMLDialogElement;
  readonly #does: CardDoes;
  readonly #alert = h('p', { role: 'alert', class: 'alert' });
  readonly #body = h('div', { 'data-message': 'dialog' });
  #before: Element | null = null;
  #card: Record<string, unknown> | undefined;

  constructor(does: CardDoes) {
    this.#does = does;
    const close = h(
      'fluent-button',
      {
        role: 'button',
        appearance: 'subtle',
        size: 'small',
        'icon-only': true,
        'aria-label': 'Close',
        class: 'close',
        onclick: () => this.close(),
      },
      '✕',
    );
    this.element = h('dialog', { class: 'dialog' });
    this.element.append(close, this.#alert, this.#body);
    this.element.addEventListener('close', () => this.#closed());
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  showCard(card: Record<string, unknown>): void {
    this.#card = card;
    this.show(cardName(card), tabCard(card, this.#does));
  }

  show(name: string, ...content: HTMLElement[]): void {
    this.alert('');
    this.element.setAttribute('aria-label', name);
    this.#body.replaceChildren(...content);
    if (this.isOpen) return;
    this.#before = document.activeElement;
    this.element.showModal();
  }

  /** In another look, what is shown is drawn anew. */
  redraw(): void {
    if (this.isOpen && this.#card) this.showCard(this.#card);
  }

  alert(text: string, id = ''): void {
    put(this.#alert, text, id);
  }

  close(): void {
    this.element.close();
  }

  /** Finishes a sign-in from a browser that did not show who it is. */
  codeForm(): HTMLElement {
    const input = h('input', {
      class: 'box',
      inputmode: 'numeric',
      autocomplete: 'one-time-code',
      maxlength: 12,
      'aria-label': 'Code from the sign-in page',
      placeholder: '123 456',
    });
    const form = h('form', { class: 'code' });
    const done = h('fluent-button', { role: 'button', type: 'submit', appearance: 'primary' }, 'Finish');
    form.append(
      h('p', {}, 'Does the sign-in page show a code? Type it here.'),
      h('div', { class: 'line' }, input, done),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#does.send({ do: { kind: 'code', digits: '' }, code: input.value });
    });
    return form;
  }

  #closed(): void {
    this.#card = undefined;
    this.#body.replaceChildren();
    if (this.#before instanceof HTMLElement && this.#before.isConnected) this.#before.focus();
  }
}
