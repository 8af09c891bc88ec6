import { typeWords } from '../../operations/answers/typeWords.js';
import type { LinkPage, LinkStep } from '../../operations/linkouts/linkouts.js';
import { nameOf, otherNameOf, shortNameOf } from '../../rules/access.js';
import type { ProfileType } from '../../rules/ids.js';
import type { Refusal } from '../../rules/refusals.js';
import { type Html, html, page } from '../server/html.js';

const actions: Record<LinkPage['why'], (page: LinkPage) => string> = {
  add: ({ type }) => `Add: ${typeWords(type).label}`,
  claim: ({ about }) => `Become an owner of ${about ? nameOf(about) : 'a profile'}`,
  renew: ({ about }) => `Renew the sign-in to ${about ? nameOf(about) : 'a profile'}`,
};

/** Names who asked for what, with one button: looking at the address spends nothing, since link scanners look too. */
export function askPage(link: LinkPage): string {
  const { networkLabel } = typeWords(link.type);
  return page(
    actions[link.why](link),
    html`<p>Asked for by <b>${link.personName}</b> in Teams. If that is not you, close this page.</p>
<p class="soft">You go on to ${networkLabel}'s own page and sign in there. Nobody here sees the password.</p>
<form method="post"><button type="submit">Continue to ${networkLabel}</button></form>`,
  );
}

/** On the way: browsers go on by themselves, and a person who has switched that off presses the link. */
export function goPage(location: URL, to: string): string {
  return page(
    `Going on to ${to}`,
    html`<p>If nothing happens, <a href="${location.href}" rel="noreferrer">go on to ${to}</a>.</p>`,
    html`<meta http-equiv="refresh" content="0;url=${location.href}">`,
  );
}

/** Signed in, and known, but what waited for it could not be done. */
export function unfinishedPage(ticket: string): string {
  return page(
    'Almost done',
    html`<p>Your sign-in is kept, but the last step could not be done just now. Nothing was changed yet.</p>
<form method="post" action="/link/${ticket}"><button type="submit">Try again</button></form>`,
  );
}

/** Several Pages or channels came back: which of them? The unusable ones say why. */
export function pickPage({ type, accounts }: Extract<LinkStep, { kind: 'pick' }>, ticket: string): string {
  const { unit } = typeWords(type);
  const rows = accounts.map((account, index): Html => {
    const id = `account-${index}`;
    const off = account.unusable !== undefined;
    const box = off
      ? html`<input type="checkbox" id="${id}" disabled>`
      : html`<input type="checkbox" id="${id}" name="account" value="${account.externalId}">`;
    return html`<li class="${off ? 'off' : ''}"><label for="${id}">${box}<span>${account.name}<small>${account.unusable ?? otherWords(type, account)}</small></span></label></li>`;
  });
  return page(
    `Which ${unit} do you want to keep here?`,
    html`<form method="post" action="/link/${ticket}"><ul>${rows}</ul><button type="submit">Save</button></form>`,
  );
}

/** The person in the browser has to be the person in the chat: they type this code there. */
export function codePage({ digits, names }: Extract<LinkStep, { kind: 'code' }>): string {
  const spaced = `${digits.slice(0, 3)} ${digits.slice(3)}`;
  return page(
    `Signed in to ${names.join(', ')}`,
    html`<p>One more step: go back to Teams and type this in your chat with Social Profiles.</p>
<p class="code" aria-label="code ${digits.split('').join(' ')}">code ${spaced}</p>
<p class="soft">It works once, for 10 minutes, and only for the one who asked. Nobody will ever ask you for it.</p>`,
  );
}

/** Nothing more to do here: the card in the chat has changed by itself. */
export function donePage({ lines }: Extract<LinkStep, { kind: 'done' }>): string {
  const shown = lines.map((line) => html`<p>${line}</p>`);
  return page('Done', html`${shown}<p class="soft">Close this page and go back to Teams: the card there shows it.</p>`);
}

export function refusedPage({ sentence, fix }: Refusal): string {
  return page('That did not work', html`<p class="bad">${sentence}</p><p>${fix}</p>`);
}

/** Under the name: the handle, as people of that network write it. */
function otherWords(type: ProfileType, account: { handle: string; name: string }): string {
  const named = { ...account, type };
  return shortNameOf(named) === account.name ? otherNameOf(named) : shortNameOf(named);
}
