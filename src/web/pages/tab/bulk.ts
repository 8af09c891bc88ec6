import type { TabAnswer, TabRow } from '../../../operations/core/tabViews.js';
import { Combobox } from '../card/combobox.js';
import { h } from '../card/dom.js';
import { ask, search, type Wish } from './api.js';
import { sentenceOf } from './say.js';
import { textOf } from './textOf.js';

export type BulkKind = 'share' | 'invite';
const titles: Record<BulkKind, string> = { share: 'Share', invite: 'Invite owners' };
/** At one time: each is an operation of its own, and they are limited. */
export const bulkLimit = 50;

export const countWords = (count: number) => (count === 1 ? '1 profile' : `${count} profiles`);

type Options = {
  alert: (text: string) => void;
  /** Draws what is left to answer, a question of one of them; `send` is where its answer goes. */
  draws: (card: Card, send: (data: Wish) => Promise<void>) => HTMLElement;
};
type Card = Record<string, unknown>;

/** Shares, or invites to, several profiles, one operation for each. What came of each stands there in the end. */
export function bulkForm(kind: BulkKind, rows: readonly TabRow[], { alert, draws }: Options): HTMLElement {
  const form = h('form', { class: 'form' });
  const label = h('span', { id: 'bulk-who' }, kind === 'share' ? 'With whom' : 'Whom');
  const who = new Combobox({
    choices: [],
    find: (text) => search(kind === 'share' ? 'principals' : 'people', text),
    isMulti: true,
    picked: [],
    placeholder: kind === 'share' ? 'People, groups, or everyone' : 'People',
    onChange: () => alert(''),
  });
  who.label('bulk-who');
  const until = h('input', { type: 'date', class: 'box', 'aria-label': 'Until (optional)' });
  const approval = h('input', { type: 'checkbox', id: 'bulk-approval' });
  const go = h(
    'fluent-button',
    { role: 'button', type: 'submit', appearance: 'primary' },
    `${titles[kind]}: ${countWords(rows.length)}`,
  );
  const results = h('ul', { class: 'rows' });
  form.append(
    h('h2', {}, `${titles[kind]}: ${countWords(rows.length)}`),
    h('p', { class: 'subtle' }, rows.map(({ handle }) => handle).join(', ')),
    label,
    who.element,
  );
  if (kind === 'share') {
    form.append(
      h('label', { class: 'line' }, 'Until (optional)', until),
      h('label', { class: 'line' }, approval, "What they send needs an owner's yes"),
    );
  }
  form.append(h('div', { class: 'line' }, go), h('div', { role: 'status' }, results));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (who.values.length === 0) return alert('Nobody is picked yet. Type a name and choose from the list.');
    void run();
  });
  return form;

  async function run(): Promise<void> {
    go.setAttribute('disabled', '');
    results.replaceChildren();
    for (const row of rows) results.append(resultRow(row, await one(row), draws));
    go.remove();
  }

  function one(row: TabRow): Promise<TabAnswer> {
    const wish: Wish = { kind, who: who.values.map(refOf), profile: { id: row.id } };
    if (kind === 'share' && approval.checked) wish.approval = true;
    // The end of that day where the person is.
    if (kind === 'share' && until.value) wish.until = new Date(`${until.value}T23:59:59.999`).toISOString();
    return answered({ do: wish });
  }
}

/** What the search calls `person:<id>`, as an operation names it. */
function refOf(value: string): Wish {
  const [kind = '', id = ''] = value.split(':');
  return kind === 'everyone' ? { everyone: true } : { [kind]: id };
}

/** Trouble is what came of it, too. */
const answered = (wish: Wish): Promise<TabAnswer> =>
  ask(wish).catch((error: unknown) => ({ type: 'refused', text: sentenceOf(error) }));

/** `open`: the question that stays where its answer could not be taken. It is answered in its row; the others stay in sight. */
function resultRow(row: TabRow, answer: TabAnswer, draws: Options['draws'], open?: Card): HTMLElement {
  const [text, isDone] = saidOf(answer);
  const names = h('span', { class: 'names' }, h('strong', {}, row.handle), h('span', { class: 'subtle' }, text));
  const line = h('li', { class: isDone ? 'is-done' : 'is-open' }, names);
  const card = answer.type === 'card' && !answer.said ? answer.card : open;
  if (!card || isDone) return line;
  const send = async (data: Wish) => {
    const next = resultRow(row, await answered(data), draws, card);
    line.replaceWith(next);
    goesTo(next);
  };
  const press = () => {
    const question = draws(card, send);
    line.replaceChildren(question);
    goesTo(question);
  };
  const label = `Answer: ${row.handle}`;
  line.append(h('fluent-button', { role: 'button', size: 'small', 'aria-label': label, onclick: press }, 'Answer'));
  return line;
}

/** What had the focus is gone: whoever works here by keyboard goes on at what took its place. */
function goesTo(element: HTMLElement): void {
  element.tabIndex = -1;
  element.focus();
}

/** What is said, and whether it was done. With an id a view is what there is in place of it. */
function saidOf(answer: TabAnswer): [string, boolean] {
  if (answer.type === 'refused') return [answer.text, false];
  if (answer.type === 'card') return [answer.said ?? 'Waits for your answer.', answer.said !== undefined];
  return answer.view.kind === 'profile' ? [textOf(answer.view.done ?? ''), answer.id === undefined] : ['', false];
}
