import { h, icon } from '../../../web/pages/card/dom.js';
import { plainOf } from '../../../web/pages/card/markdown.js';
import type { ChatConversation } from '../types.js';
import { appFace, squareFace } from './faces.js';
import { badge } from './header.js';
import { icons } from './icons.js';
import type { Model } from './model.js';

const closed = new Set<string>();

/** The list of chats, and the tree of teams and channels. */
export function showRail(root: HTMLElement, model: Model): void {
  const tree = h('div', { role: 'tree', 'aria-label': 'Chats, teams and channels', class: 'tree' });
  tree.addEventListener('keydown', (event) => move(event, tree));
  root.replaceChildren(h('h2', {}, 'Chat'), tree);
  const show = () => {
    const focused = (document.activeElement as HTMLElement | null)?.dataset.item;
    tree.replaceChildren(...groups(model));
    const rows = [...tree.querySelectorAll<HTMLElement>('[data-item]')];
    const stop = rows.find((one) => one.getAttribute('aria-selected') === 'true') ?? rows[0];
    stop?.setAttribute('tabindex', '0');
    if (focused) rows.find((one) => one.dataset.item === focused)?.focus();
  };
  tree.addEventListener('toggled', show);
  model.onChange(show);
  show();
}

function groups(model: Model): HTMLElement[] {
  const mine = model.of(model.me.id);
  const chats = mine.filter(({ kind }) => kind !== 'channel').map((one) => item(model, one, 2));
  const teams = model.state.teams
    .map((team) => ({ team, channels: mine.filter((one) => one.team === team.id) }))
    .filter(({ channels }) => channels.length > 0)
    .map(({ team, channels }) =>
      group(
        team.name,
        team.id,
        2,
        channels.map((one) => item(model, one, 3)),
        squareFace(team.name, 24),
      ),
    );
  return [
    group('Chats', 'chats', 1, chats),
    ...(teams.length > 0 ? [group('Teams and channels', 'teams', 1, teams)] : []),
  ];
}

function group(name: string, id: string, level: number, children: HTMLElement[], picture?: HTMLElement): HTMLElement {
  const isOpen = !closed.has(id);
  const toggle = (event: Event) => {
    if (closed.has(id)) closed.delete(id);
    else closed.add(id);
    (event.currentTarget as HTMLElement).dispatchEvent(new CustomEvent('toggled', { bubbles: true }));
  };
  const head = h(
    'div',
    {
      role: 'treeitem',
      class: `group-row level-${level}`,
      'aria-level': level,
      'aria-expanded': String(isOpen),
      'data-item': id,
      tabindex: -1,
      onclick: toggle,
    },
    h('span', { class: 'chevron' }, icon(icons.chevron, 12)),
    picture,
    name,
  );
  return h('div', { role: 'presentation' }, head, h('div', { role: 'group', hidden: !isOpen }, ...children));
}

function item(model: Model, conversation: ChatConversation, level: number): HTMLElement {
  const count = model.unread(conversation, model.me.id).length;
  const isOpen = conversation.id === model.open.id;
  const last = conversation.messages.findLast(({ isDeleted }) => !isDeleted);
  const team = nameOf(model, conversation).slice(conversation.name.length);
  const spoken = `${team}${count > 0 ? `, ${count} unread` : ''}`;
  return h(
    'div',
    {
      role: 'treeitem',
      class: `tree-item level-${level}${count > 0 ? ' is-unread' : ''}`,
      'aria-level': level,
      'aria-selected': String(isOpen),
      'data-item': conversation.id,
      'data-conversation': conversation.id,
      tabindex: -1,
      onclick: () => {
        model.goTo(conversation.id);
        document.body.classList.remove('shows-rail');
      },
    },
    picture(model, conversation),
    h(
      'span',
      { class: 'tree-text' },
      h('span', { class: 'tree-name' }, conversation.name, h('span', { class: 'spoken' }, spoken)),
      level === 2 && h('span', { class: 'subtle preview' }, preview(model, last)),
    ),
    conversation.channelKind === 'private' && h('span', { class: 'subtle' }, icon(icons.lock, 14)),
    conversation.channelKind === 'shared' && h('span', { class: 'subtle' }, icon(icons.link, 14)),
    count > 0 && badge(count),
  );
}

/** "Planning", "General, Marketing". */
export function nameOf(model: Model, conversation: ChatConversation): string {
  const team = model.state.teams.find(({ id }) => id === conversation.team);
  return team ? `${conversation.name}, ${team.name}` : conversation.name;
}

function picture(model: Model, conversation: ChatConversation): HTMLElement | undefined {
  if (conversation.kind === 'personal') return appFace(model.state.bot.name, 32);
  return conversation.kind === 'groupChat' ? squareFace(conversation.name, 32) : undefined;
}

function preview(model: Model, last: ChatConversation['messages'][number] | undefined): string {
  if (!last) return 'No messages yet';
  const who = last.from === model.me.id ? 'You: ' : '';
  const text = last.text || last.summary || 'Sent a card';
  return who + plainOf(text).slice(0, 80);
}

/** Arrow keys as in every tree. */
function move(event: KeyboardEvent, tree: HTMLElement): void {
  const rows = [...tree.querySelectorAll<HTMLElement>('[data-item]')].filter((row) => row.offsetParent !== null);
  const focused = (event.target as HTMLElement).closest<HTMLElement>('[data-item]');
  if (!focused) return;
  const at = rows.indexOf(focused);
  const isOpen = focused.getAttribute('aria-expanded');
  const step: Record<string, () => void> = {
    ArrowDown: () => rows[at + 1]?.focus(),
    ArrowUp: () => rows[at - 1]?.focus(),
    Home: () => rows[0]?.focus(),
    End: () => rows.at(-1)?.focus(),
    ArrowRight: () => (isOpen === 'false' ? focused.click() : rows[at + 1]?.focus()),
    ArrowLeft: () => (isOpen === 'true' ? focused.click() : above(rows, at)?.focus()),
    Enter: () => focused.click(),
    ' ': () => focused.click(),
  };
  const act = step[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/** The nearest row before this one that is a level higher. */
function above(rows: HTMLElement[], at: number): HTMLElement | undefined {
  const level = (row: HTMLElement | undefined) => Number(row?.getAttribute('aria-level'));
  return rows.slice(0, at).findLast((row) => level(row) < level(rows[at]));
}
