import { typeWords } from '../../operations/answers/typeWords.js';
import type { LinkPage, LinkStep } from '../../operations/linkouts/linkouts.js';
import { nameOf, otherNameOf, shortNameOf } from '../../rules/access.js';
import type { ProfileType } from '../../rules/ids.js';
import { copyScript, type Html, html, page } from '../server/html.js';

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

const backLink = (chat: string) => html`<p><a href="${chat}">Back to Teams</a></p>`;

export type Pick = Extract<LinkStep, { kind: 'pick' }>;

/** Where the pictures of a picker are: at the network that the person just signed in to, in this very browser. */
export const picturesOf = ({ accounts }: Pick): string[] => accounts.flatMap(({ picture }) => picture ?? []);

/** Several Pages or channels came back: which of them? The unusable ones say why. */
export function pickPage(step: Pick, ticket: string): string {
  const { unit } = typeWords(step.type);
  const usable = step.accounts.filter(({ unusable }) => unusable === undefined);
  const nobody = html`<p class="bad" role="alert">Nothing is picked, so nothing was saved. Tick at least one.</p>`;
  const none = html`<p>None of them can be kept here. Close this page and go back to Teams.</p>`;
  const save = html`<button type="submit">Save</button>`;
  const all = html` <button type="submit" name="all" value="1" class="second">Save all ${usable.length}</button>`;
  return page(
    `Which ${unit} do you want to keep here?`,
    html`${step.none ? nobody : undefined}<form method="post" action="/link/${ticket}"><ul>${step.accounts.map((account, index) => pickRow(step, account, index))}</ul>${usable.length === 0 ? none : save}${usable.length > 1 ? all : undefined}</form>`,
  );
}

function pickRow({ type, here }: Pick, account: Pick['accounts'][number], index: number): Html {
  const id = `account-${index}`;
  const { unusable, externalId, name, picture } = account;
  const box = unusable
    ? html`<input type="checkbox" id="${id}" disabled>`
    : html`<input type="checkbox" id="${id}" name="account" value="${externalId}">`;
  // Names say the same: who does not see it misses nothing.
  const face = picture ? html`<img src="${picture}" alt="" referrerpolicy="no-referrer" loading="lazy">` : undefined;
  const under = unusable ?? otherWords(type, account);
  const mark = here.includes(externalId) ? html` <b class="mark">Already here</b>` : undefined;
  return html`<li class="${unusable ? 'off' : ''}"><label for="${id}">${box}${face}<span>${name}${mark}${under ? html`<small>${under}</small>` : undefined}</span></label></li>`;
}

/** The person in the browser has to be the person in the chat: they type this code there. */
export function codePage({ digits, names }: Extract<LinkStep, { kind: 'code' }>, chat: string): string {
  const spaced = `${digits.slice(0, 3)} ${digits.slice(3)}`;
  const all = names.length > 1 ? html`<p>${names.join(', ')}</p>` : undefined;
  return page(
    `Signed in to ${names.length > 1 ? `${names.length} profiles` : names.join('')}`,
    html`${all}<p>One more step: go back to Teams and type this in your chat with Social Profiles.</p>
<p class="code" id="code" aria-label="code ${digits.split('').join(' ')}">code ${spaced}</p>
${copyButton}
<p class="soft">It works once, for 10 minutes, and only for the one who asked. Nobody will ever ask you for it.</p>
${backLink(chat)}`,
  );
}

/** Copies the digits; where scripts are off it does nothing, and a double click on the code selects it. */
const copyButton = html`<p><button type="button" id="copy" hidden>Copy the code</button> <span id="copied" role="status"></span></p><script>${copyScript}</script>`;

/** Nothing more to do here: the card in the chat has changed by itself. */
export function donePage({ lines }: Extract<LinkStep, { kind: 'done' }>, chat: string): string {
  const shown = lines.map((line) => html`<p>${line}</p>`);
  return page('Done', html`${shown}<p class="soft">The card in Teams shows it.</p>${backLink(chat)}`);
}

/** Under the name: the handle, as people of that network write it, where it is not the name again. */
function otherWords(type: ProfileType, account: { handle: string; name: string }): string | undefined {
  const named = { ...account, type };
  return [shortNameOf(named), otherNameOf(named)].find((words) => words !== account.name);
}
