import { drawCard } from '../../../web/pages/card/card.js';
import { button, h, icon } from '../../../web/pages/card/dom.js';
import { markdownToHtml } from '../../../web/pages/card/markdown.js';
import type { Message } from '../../connector/types.js';
import type { Dialog, MessageAction } from '../types.js';
import { api } from './api.js';
import { greeting, Host } from './host.js';
import { icons } from './icons.js';
import type { Model } from './model.js';
import { theme } from './theme.js';

type Opening = {
  title: string;
  message: Message;
  /** Who has the focus afterwards, if it is still there. */
  opener?: HTMLElement;
  ask: () => Promise<Dialog>;
  submit: (data: unknown) => Promise<Dialog>;
};

/** Opens the dialog of an app's action on a message. Who asks stays who asked, whoever is chosen at the top later. */
export function openAction(model: Model, message: Message, action: MessageAction, opener: HTMLElement): void {
  const asked = { from: model.me.id, message: message.id, command: action.command };
  const submit = (data: unknown) => api.action({ ...asked, data: data as Record<string, unknown> });
  openDialog({ title: action.title, message, opener, ask: () => api.action(asked), submit });
}

/** Whether a card's button opens a dialog (`task/fetch`), rather than sending what it carries. */
export const opensTask = (data: unknown): boolean =>
  (data as { msteams?: { type?: unknown } } | null | undefined)?.msteams?.type === 'task/fetch';

/** Opens the dialog that a card's button asks for. */
export function openTask(model: Model, message: Message, data: unknown): void {
  const asked = { from: model.me.id, message: message.id };
  openDialog({
    title: model.state.bot.name,
    message,
    ask: () => api.task({ ...asked, data }),
    submit: (result) => api.task({ ...asked, data: result, isSubmit: true }),
  });
}

/** Its cards are drawn and submitted here, and its page is shown in a frame, until there is no next one. */
function openDialog({ title: name, message, opener, ask, submit }: Opening): void {
  const title = h('h2', { id: 'dialog-title', tabindex: -1 }, name);
  const body = h('div', { class: 'dialog-body' }, h('p', { role: 'status' }, 'Opening…'));
  const close = button('Close', () => dialog.close(), { appearance: 'subtle', 'icon-only': true }, icon(icons.close));
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'dialog-title' },
    h('div', { class: 'dialog-head' }, title, close),
    body,
  );
  let frame: HTMLIFrameElement | undefined;
  const host = new Host(
    () => frame,
    async (func, args) => {
      if (func === 'initialize') return greeting('task');
      if (func === 'tasks.completeTask') await show(submit(args[0]));
      return undefined;
    },
  );
  dialog.addEventListener('close', () => {
    host.close();
    dialog.remove();
    focusAgain(opener, message);
  });

  async function show(answer: Promise<Dialog>): Promise<void> {
    const failed = { note: { text: 'The app could not be reached. Please try again.', isError: true } };
    const { title: heading, card, page, note } = await answer.catch((): Dialog => failed);
    if (!card && !page && !note) dialog.close();
    if (heading) title.textContent = heading;
    if (card) body.replaceChildren(draw(card));
    if (page) body.replaceChildren(framed(page));
    if (card || page) title.focus();
    // After a fault the form stays, with what was typed.
    if (note) {
      body.querySelector(':scope > .note, :scope > [role=status]')?.remove();
      body.prepend(noteOf(note));
    }
  }

  function draw(card: Record<string, unknown>): HTMLElement {
    return drawCard(card, {
      theme: theme(),
      name: typeof card.speak === 'string' ? card.speak : name,
      // As in Teams: cards in dialogs are submitted, and nothing else.
      execute: async () => undefined,
      submit: (data) => show(submit(typeof data === 'object' && data !== null ? data : {})),
      find: async () => ({ results: [] }),
    });
  }

  /** A page may run and send its forms, and do nothing to this one. One at another address is not framed: it is linked. */
  function framed({ url, fallbackUrl }: { url: string; fallbackUrl: string }): HTMLElement {
    if (new URL(url).origin !== location.origin)
      return h('p', {}, h('a', { href: fallbackUrl, target: '_blank', rel: 'noopener noreferrer' }, 'Open the page'));
    const sandbox = 'allow-forms allow-scripts allow-same-origin';
    frame = h('iframe', { class: 'dialog-frame', src: url, title: title.textContent ?? name, sandbox });
    return frame;
  }

  document.body.append(dialog);
  dialog.showModal();
  title.focus();
  void show(ask());
}

function noteOf({ text, isError }: { text: string; isError: boolean }): HTMLElement {
  const note = h('div', { class: `note ${isError ? 'is-error' : ''}`, role: isError ? 'alert' : 'status' });
  note.innerHTML = markdownToHtml(text);
  return note;
}

/** Back to the button, or to what has taken its place: the card, for a button of one. */
function focusAgain(opener: HTMLElement | undefined, { id }: Message): void {
  const instead = `[data-message="${id}"] ${opener ? '.message-menu' : '.card'}`;
  const now = opener?.isConnected ? opener : document.querySelector<HTMLElement>(instead);
  if (!opener) now?.setAttribute('tabindex', '-1');
  now?.focus({ preventScroll: !opener });
}
