import { h } from './dom.js';

export type MenuItem = { content: Node[]; isChecked?: boolean; act: () => void };

/** A menu under its button: opens by click or arrow key, arrows move, Escape closes. */
export function attachMenu(trigger: HTMLElement, label: string, items: () => MenuItem[]): HTMLElement {
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' });
  trigger.setAttribute('aria-haspopup', 'menu');
  trigger.setAttribute('aria-expanded', 'false');
  const open = () => {
    list.replaceChildren(...items().map((item) => row(item, () => list.hidePopover())));
    place(list, trigger);
    list.showPopover();
    const rows = [...list.querySelectorAll<HTMLElement>('[role^=menuitem]')];
    (rows.find((one) => one.getAttribute('aria-checked') === 'true') ?? rows[0])?.focus();
  };
  trigger.addEventListener('click', open);
  trigger.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    open();
  });
  list.addEventListener('toggle', (event) => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    trigger.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen && list.contains(document.activeElement)) trigger.focus();
  });
  list.addEventListener('keydown', (event) => move(event, list, trigger));
  return list;
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

function place(list: HTMLElement, trigger: HTMLElement): void {
  const { bottom, right } = trigger.getBoundingClientRect();
  list.style.top = `${bottom + 4}px`;
  list.style.right = `${Math.max(8, innerWidth - right)}px`;
}
