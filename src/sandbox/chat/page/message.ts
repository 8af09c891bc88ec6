import { drawCard } from '../../../web/pages/card/card.js';
import { h } from '../../../web/pages/card/dom.js';
import { markdownToHtml, plainToHtml } from '../../../web/pages/card/markdown.js';
import type { Message } from '../../connector/types.js';
import { api } from './api.js';
import { opensTask, openTask } from './dialog.js';
import { appFace, face } from './faces.js';
import { messageMenu } from './messageMenu.js';
import type { Model } from './model.js';
import { theme } from './theme.js';
import { fullTimeOf, timeOf } from './times.js';

/** Changes when the message has to be drawn anew for this person. */
export function keyOf(message: Message, me: string): string {
  const view = message.views[me];
  return [message.version, message.isDeleted, me, theme(), view?.refreshedAt, view?.note?.text].join('|');
}

/** One message as this person sees it: words, cards, and what only they were told. */
export function drawMessage(model: Model, message: Message): HTMLElement {
  const isMine = message.from === model.me.id;
  const sender = model.person(message.from);
  const name = sender?.name ?? model.state.bot.name;
  const time = h('time', { datetime: message.at, title: fullTimeOf(message.at) }, timeOf(message.at));
  const picture = sender ? face(sender, 32) : appFace(name, 32);
  const body = h('div', { class: 'bubble' });
  if (message.isDeleted) body.append(h('p', { class: 'subtle' }, 'This message was deleted.'));
  if (message.text) body.append(words(message));
  if (message.files) body.append(h('ul', { class: 'files' }, ...message.files.map((name) => h('li', {}, name))));
  const cards = message.isDeleted ? [] : shownCards(model, message);
  return h(
    'article',
    {
      class: `message ${isMine ? 'is-mine' : ''} ${sender ? '' : 'is-app'}`,
      'data-message': message.id,
      'data-from': message.from,
      'aria-label': `${name}, ${timeOf(message.at)}`,
    },
    h('div', { class: 'picture' }, picture),
    h(
      'div',
      { class: 'content' },
      h(
        'div',
        { class: 'meta' },
        h('span', { class: 'sender' }, name),
        !sender && h('span', { class: 'app-mark' }, 'App'),
        time,
        message.editedAt !== undefined && !message.isDeleted && h('span', {}, 'Edited'),
      ),
      body.childNodes.length > 0 && body,
      ...cards,
      noteOf(model, message),
      suggestions(model, message),
    ),
    messageMenu(model, message),
  );
}

function words(message: Message): HTMLElement {
  const text = message.text ?? '';
  const element = h('div', { class: 'words' });
  const isTyped = message.from !== 'bot' || message.textFormat === 'plain';
  element.innerHTML = isTyped ? plainToHtml(text, message.entities.length > 0) : markdownToHtml(text);
  return element;
}

/** The first card is replaced by the person's own view of it, when there is one. */
function shownCards(model: Model, message: Message): HTMLElement[] {
  const own = message.views[model.me.id]?.card;
  const cards = own ? [own, ...message.cards.slice(1)] : message.cards;
  return cards.map((card) => {
    const from = model.me.id;
    const name = typeof card.speak === 'string' ? card.speak : message.summary || 'Card';
    return drawCard(card, {
      theme: theme(),
      name,
      execute: async (pressed) => void (await api.click({ from, message: message.id, ...pressed, trigger: 'manual' })),
      submit: async (data) =>
        opensTask(data) ? openTask(model, message, data) : void (await api.submit({ from, message: message.id, data })),
      find: (dataset, text, data) =>
        dataset.startsWith('graph.microsoft.com/users')
          ? Promise.resolve({ results: peopleCalled(model, text) })
          : api.search({ from, message: message.id, dataset, queryText: text, data }),
    });
  });
}

/** Teams' own people picker: the client searches the company, the value is the Entra object id. */
function peopleCalled(model: Model, text: string) {
  return model.state.people
    .filter(({ name, isActive }) => isActive && name.toLowerCase().includes(text.toLowerCase()))
    .map(({ id, name }) => ({ title: name, value: id }));
}

const seenNotes = new Set<string>();

function noteOf(model: Model, message: Message): HTMLElement | undefined {
  const note = message.views[model.me.id]?.note;
  if (!note) return undefined;
  const element = h('div', {
    class: `note ${note.isError ? 'is-error' : ''}`,
    role: note.isError ? 'alert' : 'status',
  });
  element.innerHTML = markdownToHtml(note.text);
  // It stands under the card, which may be taller than the window: it comes to where one looks, once.
  if (!seenNotes.has(`${message.id} ${note.text}`)) {
    seenNotes.add(`${message.id} ${note.text}`);
    requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }));
  }
  return element;
}

/** Suggested actions stand under the newest message of a personal chat. */
function suggestions(model: Model, message: Message): HTMLElement | undefined {
  const isNewest = model.open.messages.at(-1)?.id === message.id;
  if (!message.suggested?.length || !isNewest || model.open.kind !== 'personal') return undefined;
  const say = (text: string) => void api.say({ from: model.me.id, in: model.open.id, parts: [text] });
  const buttons = message.suggested.map((text) =>
    h('fluent-button', { role: 'button', size: 'small', shape: 'circular', onclick: () => say(text) }, text),
  );
  return h('div', { class: 'suggestions' }, ...buttons);
}
