import { drawCard } from '../../../web/pages/card/card.js';
import { button, h, icon } from '../../../web/pages/card/dom.js';
import { markdownToHtml } from '../../../web/pages/card/markdown.js';
import type { Message } from '../../connector/types.js';
import type { Dialog, MessageAction } from '../types.js';
import { api } from './api.js';
import { icons } from './icons.js';
import type { Model } from './model.js';
import { theme } from './theme.js';

/** Opens the dialog of an app's action: its cards are drawn and submitted here until there is no next one. */
export function openDialog(model: Model, message: Message, action: MessageAction, opener: HTMLElement): void {
  // Who asks stays who asked, whoever is chosen at the top later.
  const asked = { from: model.me.id, message: message.id, command: action.command };
  const title = h('h2', { id: 'dialog-title', tabindex: -1 }, action.title);
  const body = h('div', { class: 'dialog-body' }, h('p', { role: 'status' }, 'Opening…'));
  const close = button('Close', () => dialog.close(), { appearance: 'subtle', 'icon-only': true }, icon(icons.close));
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'dialog-title' },
    h('header', { class: 'dialog-head' }, title, close),
    body,
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    focusAgain(opener, message);
  });

  async function ask(data?: Record<string, unknown>): Promise<void> {
    const failed = { note: { text: 'The app could not be reached. Please try again.', isError: true } };
    show(await api.action({ ...asked, ...(data ? { data } : {}) }).catch((): Dialog => failed));
  }

  function show({ title: heading, card, note }: Dialog): void {
    if (!card && !note) dialog.close();
    if (heading) title.textContent = heading;
    if (card) body.replaceChildren(draw(card));
    if (card) title.focus();
    // After a fault the form stays, with what was typed.
    if (note) {
      body.querySelector(':scope > .note, :scope > [role=status]')?.remove();
      body.prepend(noteOf(note));
    }
  }

  function draw(card: Record<string, unknown>): HTMLElement {
    return drawCard(card, {
      theme: theme(),
      name: typeof card.speak === 'string' ? card.speak : action.title,
      // As in Teams: cards in dialogs are submitted, and nothing else.
      execute: async () => undefined,
      submit: (data) => ask(typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {}),
      find: async () => ({ results: [] }),
    });
  }

  document.body.append(dialog);
  dialog.showModal();
  title.focus();
  void ask();
}

function noteOf({ text, isError }: { text: string; isError: boolean }): HTMLElement {
  const note = h('div', { class: `note ${isError ? 'is-error' : ''}`, role: isError ? 'alert' : 'status' });
  note.innerHTML = markdownToHtml(text);
  return note;
}

/** Back to the button, or to the one that has taken its place. */
function focusAgain(opener: HTMLElement, { id }: Message): void {
  const now = opener.isConnected ? opener : document.querySelector<HTMLElement>(`[data-message="${id}"] .message-menu`);
  now?.focus();
}
