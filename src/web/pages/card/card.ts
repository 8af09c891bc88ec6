import {
  type Action,
  AdaptiveCard,
  type CardElement,
  CardObjectRegistry,
  ExecuteAction,
  GlobalRegistry,
  HostConfig,
  OpenUrlAction,
  SerializationContext,
  SubmitAction,
} from 'adaptivecards';
import { type Finder, setFinder, TeamsChoices } from './choices.js';
import { h } from './dom.js';
import { type CardTheme, teamsHostConfig } from './hostConfig.js';
import { markdownToHtml } from './markdown.js';
import { openMenu } from './menu.js';

export type Pressed = { verb: string; data: Record<string, unknown>; title?: string; id?: string };
export type CardOptions = {
  theme: CardTheme;
  /** Of headings in the card; absent: 3, as under the name of a chat. */
  headingLevel?: number;
  /** Spoken name of the card. */
  name: string;
  execute: (pressed: Pressed) => Promise<void>;
  submit: (data: unknown) => Promise<void>;
  /** Type-ahead: `data` holds the card's other inputs. */
  find: (dataset: string, text: string, data: Record<string, unknown>) => ReturnType<Finder>;
  /** Opens an address outside; absent: in a new window. */
  open?: (url: string) => void;
};

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

AdaptiveCard.onDisplayOverflowActionMenu = (actions, target) => {
  if (!target) return false;
  const items = actions.map((action) => ({
    content: [h('span', {}, action.title ?? '')],
    act: () => action.execute(),
  }));
  openMenu(target, 'More actions', items);
  return true;
};

const elements = new CardObjectRegistry<CardElement>();
GlobalRegistry.populateWithDefaultElements(elements);
elements.register('Input.ChoiceSet', TeamsChoices);

/** Draws a card as Teams does. While a click is under way its buttons are off. */
export function drawCard(json: Record<string, unknown>, options: CardOptions): HTMLElement {
  const frame = h('div', { class: 'card', role: 'group', 'aria-label': options.name });
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(teamsHostConfig(options.theme, options.headingLevel));
  const context = new SerializationContext();
  context.setElementRegistry(elements);
  setFinder(card, (dataset, text) => options.find(dataset, text, inputsOf(card)));
  card.onExecuteAction = (action) => void press(action, frame, options);
  try {
    card.parse(json, context);
    const drawn = card.render();
    if (drawn) frame.append(drawn);
  } catch (error) {
    frame.append(h('p', { class: 'note is-error' }, `This card cannot be shown. ${String(error)}`));
  }
  if ((json.msteams as { width?: string } | undefined)?.width === 'Full') frame.classList.add('is-full');
  return frame;
}

async function press(action: Action, frame: HTMLElement, options: CardOptions): Promise<void> {
  if (action instanceof OpenUrlAction) return openUrl(action.url, options.open);
  if (frame.classList.contains('is-busy')) return;
  if (action instanceof ExecuteAction) {
    const { verb = '', title, id } = action;
    const data = fields(action.data);
    const pressed = { verb, data, ...(title ? { title } : {}), ...(id ? { id } : {}) };
    await busy(frame, buttonOf(action, frame), () => options.execute(pressed));
  } else if (action instanceof SubmitAction) {
    await busy(frame, buttonOf(action, frame), () => options.submit(action.data ?? {}));
  }
}

/** An action from the menu behind "..." has no button of its own: the one that opened the menu stands for it. */
function buttonOf(action: Action, frame: HTMLElement): HTMLElement | undefined {
  const focused = document.activeElement;
  return action.renderedElement ?? (focused instanceof HTMLElement && frame.contains(focused) ? focused : undefined);
}

/** In the meantime: every button off, a spinner in the one that was pressed. */
async function busy(frame: HTMLElement, pressed: HTMLElement | undefined, run: () => Promise<void>): Promise<void> {
  const buttons = [...frame.querySelectorAll('button')].filter(({ disabled }) => !disabled);
  const message = frame.closest<HTMLElement>('[data-message]')?.dataset.message;
  const hadFocus = frame.contains(document.activeElement);
  const spinner = h('fluent-spinner', { size: 'extra-tiny', 'aria-hidden': 'true' });
  frame.classList.add('is-busy');
  frame.setAttribute('aria-busy', 'true');
  pressed?.append(spinner);
  for (const one of buttons) one.disabled = true;
  try {
    await run();
  } finally {
    for (const one of buttons) one.disabled = false;
    spinner.remove();
    frame.classList.remove('is-busy');
    frame.removeAttribute('aria-busy');
    if (hadFocus && document.activeElement === document.body) stayIn(frame, pressed, message);
  }
}

/** Somebody works in the card by keyboard: they stay in it, also when another card has taken its place. */
function stayIn(frame: HTMLElement, pressed: HTMLElement | undefined, message: string | undefined): void {
  if (frame.isConnected) {
    pressed?.focus();
    return;
  }
  const next = document.querySelector<HTMLElement>(`[data-message="${message}"] .card`);
  next?.setAttribute('tabindex', '-1');
  next?.focus({ preventScroll: true });
}

function openUrl(url: string | undefined, open = openWindow): void {
  if (url && /^https?:\/\//i.test(url)) open(url);
}

function openWindow(url: string): void {
  window.open(url, '_blank', 'noopener,noreferrer');
}

function inputsOf(card: AdaptiveCard): Record<string, unknown> {
  return Object.fromEntries(
    card.getAllInputs().flatMap(({ id, value }) => (id && value ? [[id, value as unknown]] : [])),
  );
}

const fields = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
