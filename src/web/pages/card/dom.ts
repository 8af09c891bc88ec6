type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;
type Child = Node | string | undefined | false;

/** Makes an element. `onclick` and the like are listeners; false and undefined leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Attributes,
  ...children: Child[]
): HTMLElementTagNameMap[K];
export function h(tag: string, attributes?: Attributes, ...children: Child[]): HTMLElement;
export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}

/** A Fluent button. Its role is spelled out, so that every tool that reads the page finds it. */
export function button(
  label: string,
  onclick: (event: Event) => void,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElement {
  const content = children.length > 0 ? children : [label];
  const name = children.length > 0 ? { 'aria-label': label, title: label } : {};
  return h('fluent-button', { role: 'button', size: 'small', ...name, ...attributes, onclick }, ...content);
}

/** A Fluent icon (20 px grid), drawn from its path. */
export function icon(path: string, size = 20): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [name, value] of Object.entries({
    viewBox: '0 0 20 20',
    width: size,
    height: size,
    'aria-hidden': 'true',
  })) {
    svg.setAttribute(name, String(value));
  }
  svg.setAttribute('fill', 'currentColor');
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  drawn.setAttribute('d', path);
  svg.append(drawn);
  return svg;
}

export function required<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector} in the page`);
  return found;
}

/** Puts exactly these children into `parent` and moves none that stays (it would lose focus and what is typed in it). */
export function sync(parent: HTMLElement, children: HTMLElement[]): void {
  const staying = new Set<Element>(children);
  for (const child of [...parent.children]) if (!staying.has(child)) child.remove();
  for (const [at, child] of children.entries()) {
    if (parent.children[at] !== child) parent.insertBefore(child, parent.children[at] ?? null);
  }
}

/** A name over a detail; read out as "name, detail". */
export function twoLines(name: string, detail: string): HTMLElement {
  const spoken = h('span', { class: 'spoken' }, ',');
  return h('span', { class: 'menu-text' }, h('span', {}, name, spoken), h('span', { class: 'subtle' }, detail));
}
