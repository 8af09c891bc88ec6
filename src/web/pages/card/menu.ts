import { h } from './dom.js';

export type MenuItem = { content: Node[]; isChecked?: boolean; act: () => void };

/** A menu under its button: opens by click or arrow key. */
export function attachMenu(trigger: HTMLElement, label: string, items: () => MenuItem[]): void {
  trigger.setAttribute('aria-haspopup', 'menu');
  trigger.setAttribute('aria-expanded', 'false');
  const open = () => openMenu(trigger, label, items());
  trigger.addEventListener('click', open);
  trigger.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    open();
  });
}

/** Opens a menu at a button: arrows move, Escape closes and leads back to the button. */
export function openMenu(trigger: HTMLElement, label: string, items: MenuItem[]): void {
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' });
  list.append(...items.map((item) => row(item, () => list.hidePopover())));
  list.addEventListener('beforetoggle', (event) => {
    if ((event as ToggleEvent).newState === 'closed' && list.contains(document.activeElement)) trigger.focus();
  });
  list.addEventListener('toggle', (event) => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    trigger.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) list.remove();
  });
  list.addEventListener('keydown', (event) => move(event, list, trigger));
  document.body.append(list);
  list.showPopover();
  place(list, trigger);
  const rows = [...list.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  (rows.find((one) => one.getAttribute('aria-checked') === 'true') ?? rows[0])?.focus();
}

function row(item: MenuItem, close: () => void): HTMLElement {
  const isChoice = item.isChecked !== undefined;
  return h(
    'button',
    {
      type: 'button',
      class: 'menu-item',
      role: isChoice ? 'menuitemradio' : 'menuitem',
      'aria-checked': isChoice ? String(item.isChecked) : undefined,
      tabindex: -1,
      onclick: () => {
        close();
        item.act();
      },
    },
    ...item.content,
  );
}

function move(event: KeyboardEvent, list: HTMLElement, trigger: HTMLElement): void {
  const rows = [...list.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    rows[(next + rows.length) % rows.length]?.focus();
  } else if (event.key === 'Tab') {
    list.hidePopover();
    trigger.focus();
  } else if (event.key.length === 1) {
    const letter = event.key.toLowerCase();
    [...rows.slice(at + 1), ...rows].find((one) => one.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
  }
}

/** Under the button, or over it where there is no room. */
function place(list: HTMLElement, trigger: HTMLElement): void {
  const at = trigger.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const gap = 4;
  const isRoom = at.bottom + gap + height < innerHeight || at.top < height;
  list.style.top = `${isRoom ? at.bottom + gap : at.top - gap - height}px`;
  list.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
}
