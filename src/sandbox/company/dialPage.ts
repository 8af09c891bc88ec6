import { page, text } from '../networks/consent.js';
import type { Reply } from './answer.js';
import type { Parts } from './parts.js';
import type { CompanyPerson } from './state.js';

const dialPath = '/sandbox/company';
/** A company that a test filled has more than anybody looks through. */
const mostPeople = 200;

/** Many rows on one page: smaller than the consent pages' buttons. */
const compact = `
main { max-width: 760px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 6px 0; border-top: 1px solid var(--line); }
.row p { flex: 1 1 260px; margin: 0; }
.row button, .row select { flex: none; padding: 6px 12px; }
h2 { margin-top: 24px; }
`;

/** The company's dial for a browser: who is there, who is in which group, and whether the directory answers. */
export function dialPage({ data, faults }: Pick<Parts, 'data' | 'faults'>): Reply {
  const there = data.people.filter(({ deletedAt }) => !deletedAt);
  const body = `<style>${compact}</style>
<header class="pretend"><strong>Pretend company</strong> Part of the sandbox on this machine.</header>
<main><h1>Who leaves, who is where</h1>
<p>The bot follows the directory: it notices within a minute or so who left, and groups are at most five minutes old for it.</p>
<h2>People</h2>
${data.people.slice(0, mostPeople).map(personRow).join('\n')}
<h2>Groups</h2>
${data.groups.map((group) => groupRow(group, there, data.people)).join('\n')}
<h2>The directory</h2>
${directoryRow(faults.down !== false)}
</main>`;
  return html(page('Pretend company: who leaves', '#424242', body));
}

export function back(): Reply {
  return { status: 303, type: 'text/plain', body: '', headers: { location: dialPath } };
}

function html(body: string): Reply {
  const headers = {
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  return { status: 200, type: 'text/html; charset=utf-8', body, headers };
}

function personRow({ id, name, department, accountEnabled, deletedAt, userType }: CompanyPerson): string {
  const state = deletedAt ? 'deleted' : accountEnabled ? '' : 'disabled';
  const about = [department, userType === 'Guest' ? 'guest' : '', state && `<strong>${state}</strong>`];
  const buttons = deletedAt
    ? button('restore', 'Restore', name)
    : `${accountEnabled ? button('disable', 'Disable', name) : button('enable', 'Enable', name)}${button('remove', 'Delete', name)}`;
  return row(
    `${text(name)} <span class="handle">${about.filter(Boolean).join(', ')}</span>`,
    hidden('id', id) + buttons,
  );
}

function groupRow(
  { id, name, people, groups }: Parts['data']['groups'][number],
  there: readonly CompanyPerson[],
  all: readonly CompanyPerson[],
): string {
  const names = people.slice(0, 12).map((one) => all.find((person) => person.id === one)?.name ?? '');
  const more = people.length > 12 ? ` and ${people.length - 12} more` : '';
  const nested = groups.length > 0 ? `, and ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}` : '';
  const options = there.slice(0, mostPeople).map((one) => `<option value="${text(one.id)}">${text(one.name)}</option>`);
  const label = `${text(name)} <span class="handle">${text(names.filter(Boolean).join(', ') + more + nested) || 'nobody'}</span>`;
  const picked = `<select name="person" aria-label="Who joins or leaves ${text(name)}">${options.join('')}</select>`;
  const buttons = button('addToGroup', 'Add', `to ${name}`) + button('removeFromGroup', 'Take out', `of ${name}`);
  return row(label, hidden('group', id) + picked + buttons);
}

function directoryRow(isDown: boolean): string {
  const wanted = isDown ? ['false', 'Let it answer'] : ['true', 'Let it fail'];
  const [down = '', title = ''] = wanted;
  return row(isDown ? 'It does not answer.' : 'It answers.', hidden('down', down) + button('down', title, ''));
}

const row = (label: string, inputs: string) => `<form method="post" class="row"><p>${label}</p>${inputs}</form>`;
const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${text(value)}">`;

function button(wish: string, title: string, about: string): string {
  return `<button name="do" value="${wish}">${title}<span class="quiet"> ${text(about)}</span></button>`;
}
