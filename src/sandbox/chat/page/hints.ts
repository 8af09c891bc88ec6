import { h } from '../../../web/pages/card/dom.js';
import { api } from './api.js';
import { appFace } from './faces.js';
import type { Model } from './model.js';

/** An empty conversation says what to do first. */
export function showHints(model: Model): HTMLElement {
  const { open, me, state } = model;
  const name = state.bot.name;
  if (open.kind !== 'personal') {
    return h(
      'div',
      { class: 'welcome' },
      h('h3', {}, `Nothing here yet`),
      h('p', {}, `Write a message. To reach ${name}, mention it: type @ and choose its name.`),
    );
  }
  return h(
    'div',
    { class: 'welcome' },
    appFace(name, 64),
    h('h3', {}, `This is your chat with ${name}`),
    h('p', {}, `You are ${me.name}. Say something to it, or begin with one of these:`),
    firstThings(model),
    h('p', { class: 'subtle' }, 'To be somebody else, press your name at the top.'),
  );
}

/** Over the box one writes in, until the person has said something. */
export function showFirstThings(model: Model): HTMLElement {
  return h('div', { class: 'first-things' }, h('span', { class: 'subtle' }, 'Begin with'), firstThings(model));
}

function firstThings(model: Model): HTMLElement {
  const { open, me, state } = model;
  const say = (text: string) => void api.say({ from: me.id, in: open.id, parts: [text] });
  const buttons = state.firstHints.map((text) =>
    h('fluent-button', { role: 'button', shape: 'circular', onclick: () => say(text) }, text),
  );
  return h('div', { class: 'hints' }, ...buttons);
}
