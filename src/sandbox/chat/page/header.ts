import { button, h, icon, twoLines } from '../../../web/pages/card/dom.js';
import { attachMenu, type MenuItem } from '../../../web/pages/card/menu.js';
import type { ChatPerson } from '../types.js';
import { api } from './api.js';
import { appFace, face } from './faces.js';
import { icons } from './icons.js';
import type { Model } from './model.js';
import { onTheme, theme, toggleTheme } from './theme.js';

/** The top bar: where I am, who I am, light or dark. */
export function showHeader(root: HTMLElement, model: Model): void {
  const me = h('fluent-button', { role: 'button', appearance: 'subtle', class: 'me' });
  const about = `${model.state.company}, a pretend company on this computer`;
  const waiting = h('div', { class: 'waiting', role: 'group', 'aria-label': 'Something waits for' });
  attachMenu(me, 'Be someone else', () => model.state.people.map((one) => personItem(model, one)));
  const colours = button(
    'Dark colours',
    toggleTheme,
    { appearance: 'subtle', 'icon-only': true, class: 'theme' },
    icon(icons.moon),
  );
  const more = button('More', () => undefined, { appearance: 'subtle', 'icon-only': true }, icon(icons.more));
  attachMenu(more, 'More', () => [
    blockItem(model),
    linkItem('Pretend networks: what goes wrong, what was published', '/sandbox/networks'),
    linkItem('Pretend company: people, groups, faults', '/sandbox/company'),
    resetItem(model),
  ]);
  root.replaceChildren(
    h(
      'div',
      { class: 'brand' },
      appFace(model.state.bot.name, 28),
      h('h1', {}, model.state.title),
      h('span', { class: 'subtle' }, about),
    ),
    waiting,
    me,
    colours,
    more,
  );
  const showTheme = () => {
    const label = theme() === 'dark' ? 'Light colours' : 'Dark colours';
    colours.setAttribute('aria-label', label);
    colours.title = label;
    colours.replaceChildren(icon(theme() === 'dark' ? icons.sun : icons.moon));
  };
  const show = () => {
    showMe(me, model);
    showWaiting(waiting, model);
  };
  onTheme(showTheme);
  model.onChange(show);
  showTheme();
  show();
}

function showMe(me: HTMLElement, model: Model): void {
  const { name } = model.me;
  const key = `${name} ${model.waiting(model.me)}`;
  if (me.dataset.shown === key) return;
  me.dataset.shown = key;
  const text = h('span', { class: 'me-name' }, h('span', { class: 'subtle' }, 'You are '), name);
  const more = h('span', { class: 'only-spoken' }, '. Be someone else');
  me.replaceChildren(face(model.me, 28), text, more, icon(icons.chevron, 14));
}

/** The people for whom something waits, one click away. */
function showWaiting(root: HTMLElement, model: Model): void {
  const most = 4;
  const others = model.state.people.filter((one) => one.id !== model.me.id && model.waiting(one) > 0).slice(0, most);
  const key = others.map((one) => `${one.id} ${model.waiting(one)}`).join();
  if (root.dataset.shown === key) return;
  root.dataset.shown = key;
  root.hidden = others.length === 0;
  root.replaceChildren(...others.map((one) => waitingButton(model, one)));
}

function waitingButton(model: Model, person: ChatPerson): HTMLElement {
  const label = `Be ${person.name}, ${model.waiting(person)} waiting`;
  const be = () => model.be(person.id);
  return h(
    'button',
    { type: 'button', class: 'waiting-person', title: label, onclick: be },
    h('span', { class: 'only-spoken' }, label),
    face(person, 24),
    badge(model.waiting(person)),
  );
}

function personItem(model: Model, person: ChatPerson): MenuItem {
  const count = model.waiting(person);
  const notes = [person.detail, person.isGuest && 'guest', !person.isActive && 'account disabled']
    .filter(Boolean)
    .join(', ');
  const spoken = h('span', { class: 'only-spoken' }, `, ${count} waiting`);
  const content = [face(person, 32), twoLines(person.name, notes), ...(count > 0 ? [spoken, badge(count)] : [])];
  return { content, isChecked: person.id === model.me.id, act: () => model.be(person.id) };
}

function blockItem(model: Model): MenuItem {
  const chat = model.of(model.me.id).find(({ kind }) => kind === 'personal');
  const isBlocked = chat?.isBlocked ?? false;
  const name = isBlocked ? `Add ${model.state.bot.name} again` : `Block ${model.state.bot.name} for ${model.me.name}`;
  const act = async () => {
    await api.block({ person: model.me.id, isBlocked: !isBlocked });
    model.replace(await api.state());
  };
  return { content: [h('span', { class: 'menu-text' }, name)], act: () => void act() };
}

function linkItem(name: string, address: string): MenuItem {
  return { content: [h('span', { class: 'menu-text' }, name)], act: () => void open(address, '_blank', 'noopener') };
}

/** Everything works again: the dials, and the waits that came of them. What was said and added stays. */
function resetItem(model: Model): MenuItem {
  const act = async () => {
    await api.reset();
    model.replace(await api.state());
  };
  return { content: [h('span', { class: 'menu-text' }, 'Reset: all dials back to "works"')], act: () => void act() };
}

export function badge(count: number): HTMLElement {
  return h('span', { class: 'count', 'aria-hidden': 'true' }, count > 99 ? '99+' : String(count));
}
