import type { TabPolicy, TabRoles } from '../../../operations/core/tabViews.js';
import { capital } from '../../../rules/spoken.js';
import { Combobox } from '../card/combobox.js';
import { h } from '../card/dom.js';
import { search, type Wish } from './api.js';

type Send = (data: Wish) => Promise<void>;
const roles = ['reader', 'responder', 'manager'];

function roleSelect(label: string, value: string): HTMLSelectElement {
  const select = h('select', { class: 'box', 'aria-label': label });
  select.append(...roles.map((role) => h('option', { value: role }, capital(role))));
  select.value = value;
  return select;
}

/** Who is admin and whose role differs, each with what changes it. */
export function rolesForm(view: TabRoles, send: Send): HTMLElement {
  const give = (who: Wish, role: string) => void send({ do: { kind: 'role', who, role } });
  const rows = view.people.map((person) => {
    const select = roleSelect(`Role of ${person.name}`, person.role);
    select.addEventListener('change', () => give({ person: person.id }, select.value));
    const admin = h('input', { type: 'checkbox', checked: person.admin, disabled: person.named });
    admin.addEventListener('change', () => give({ person: person.id }, admin.checked ? 'admin' : 'no-admin'));
    const why = person.named ? 'Named in the settings of the bot: ADMINS.' : '';
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, person.name),
      h('td', {}, select),
      h(
        'td',
        {},
        h('label', { class: 'line' }, admin, `Admin`, h('span', { class: 'spoken' }, `: ${person.name}`)),
        why && h('span', { class: 'subtle' }, why),
      ),
    );
  });
  const head = h('tr', {}, ...['Name', 'Role', 'Admin'].map((name) => h('th', { scope: 'col' }, name)));
  return h(
    'section',
    { class: 'admin' },
    h('h2', {}, 'Roles'),
    h('p', {}, view.others),
    h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows)),
    addRole(give),
  );
}

function addRole(give: (who: Wish, role: string) => void): HTMLElement {
  const who = new Combobox({
    choices: [],
    find: (text) => search('people', text),
    isMulti: false,
    picked: [],
    placeholder: 'Name',
    onChange: () => undefined,
  });
  who.input.setAttribute('aria-label', 'Somebody else');
  const select = roleSelect('Their role', 'manager');
  const form = h('form', { class: 'line' });
  form.append(who.element, select, h('fluent-button', { role: 'button', type: 'submit' }, 'Give'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [, person] = /^person:(.+)$/.exec(who.values[0] ?? '') ?? [];
    give(person ? { person } : { words: who.input.value.trim() || '?' }, select.value);
  });
  return h('div', {}, h('h3', {}, 'Give somebody a role'), form);
}

/** The organisation's rules, each with a sentence that says what it means now. */
export function policyForm(view: TabPolicy, send: Send): HTMLElement {
  const rows = view.rows.map((row) => {
    const id = `rule-${row.setting}`;
    const input = inputOf(row, id);
    const form = h('form', { class: 'rule' });
    form.append(
      h('label', { for: id }, row.label),
      h(
        'div',
        { class: 'line' },
        input,
        h('fluent-button', { role: 'button', type: 'submit', 'aria-label': `Save ${row.setting}` }, 'Save'),
      ),
      h('p', { class: 'subtle' }, capital(row.sentence)),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send({ do: { kind: 'policy', setting: row.setting, value: input.value || '?' } });
    });
    return form;
  });
  return h(
    'section',
    { class: 'admin' },
    h('h2', {}, 'Rules of your organisation'),
    ...rows,
    h('p', { class: 'subtle' }, view.approvals),
  );
}

function inputOf({ form, value }: TabPolicy['rows'][number], id: string): HTMLInputElement | HTMLSelectElement {
  if (form.kind === 'choice') {
    const select = h('select', { id, class: 'box' });
    select.append(...form.values.map((choice) => h('option', { value: choice }, capital(choice))));
    select.value = value;
    return select;
  }
  if (form.kind === 'text') return h('input', { id, class: 'box', value, maxlength: 40 });
  return h('input', { id, class: 'box', value, type: 'number', min: 0, max: form.most, step: 1 });
}
