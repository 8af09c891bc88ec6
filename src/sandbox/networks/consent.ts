import type { FakeAccount } from './people.js';

/** What the consent page of a pretend network shows. */
export type Consent = {
  label: string;
  colour: string;
  app: string;
  /** Where the browser goes back to. */
  back: string;
  scopes: { scope: string; about: string }[];
  /** Networks where a person may untick a single permission. */
  mayUntick: boolean;
  accounts: FakeAccount[];
  /** "Sign in as", "Choose a channel". */
  question: string;
};

/** One page, no scripts: choose whom to sign in as, see what is asked, allow or cancel. */
export function consentPage(consent: Consent): string {
  const { label, app, back } = consent;
  return page(
    `Pretend ${label}: allow ${app}?`,
    consent.colour,
    `<header class="pretend"><strong>Pretend ${text(label)}</strong> Part of the sandbox on this machine. Nothing here is real.</header>
<main>
  <h1>${text(app)} wants to use your ${text(label)} account</h1>
  <form method="post">
    <fieldset>
      <legend>${text(consent.question)}</legend>
      ${consent.accounts.map(accountChoice).join('\n      ')}
    </fieldset>
    ${scopeList(consent)}
    <p class="back">Afterwards you go back to <strong>${text(back)}</strong>.</p>
    <div class="buttons">
      <button class="allow" name="decision" value="allow">Allow</button>
      <button name="decision" value="cancel">Cancel</button>
    </div>
  </form>
</main>`,
  );
}

/** What a person sees when the app's request is wrong in a way that must not be sent back to it. */
export function wrongPage(label: string, colour: string, why: string): string {
  return page(
    `Pretend ${label}: something is wrong`,
    colour,
    `<header class="pretend"><strong>Pretend ${text(label)}</strong> Part of the sandbox on this machine.</header>
<main><h1>Something is wrong with this request</h1><p role="alert">${text(why)}</p></main>`,
  );
}

function accountChoice(account: FakeAccount, index: number): string {
  const initials = account.name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2);
  return `<label class="account"><input type="radio" name="account" value="${text(account.id)}"${index === 0 ? ' checked autofocus' : ''}>
        <span class="initials" aria-hidden="true">${text(initials)}</span>
        <span><strong>${text(account.name)}</strong> <span class="handle">${text(account.handle)}</span><br>${text(account.about)}</span></label>`;
}

function scopeList({ scopes, mayUntick }: Consent): string {
  if (!mayUntick) {
    const items = scopes.map(({ scope, about }) => `<li>${text(about)} <code>${text(scope)}</code></li>`);
    return `<h2>It will be able to</h2>\n    <ul>${items.join('')}</ul>`;
  }
  const boxes = scopes.map(
    ({ scope, about }) =>
      `<label class="scope"><input type="checkbox" name="scope" value="${text(scope)}" checked> <span>${text(about)} <code>${text(scope)}</code></span></label>`,
  );
  return `<fieldset><legend>It will be able to</legend><input type="hidden" name="pick" value="1">${boxes.join('')}</fieldset>`;
}

/** A page of the pretend networks: one look, no scripts, nothing from outside. */
export function page(title: string, colour: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style>${style(colour)}</style>
</head>
<body>
${body}
</body>
</html>`;
}

const style = (colour: string) => `
:root { color-scheme: light dark; --brand: ${colour}; --line: #d1d1d1; --soft: #f5f5f5; --paper: #fff; --ink: #1b1b1b; --quiet: #555; }
@media (prefers-color-scheme: dark) { :root { --line: #4a4a4a; --soft: #2b2b2b; --paper: #1f1f1f; --ink: #f2f2f2; --quiet: #bdbdbd; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.45 "Segoe UI", system-ui, sans-serif; color: var(--ink); background: var(--soft); }
.pretend { margin: 0; padding: 10px 16px; background: var(--brand); color: #fff; text-align: center; }
main { max-width: 520px; margin: 24px auto; padding: 24px; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.25; }
h2, legend { padding: 0; font-size: 16px; font-weight: 600; margin: 0 0 8px; }
fieldset { margin: 0 0 16px; padding: 0; border: 0; }
ul { margin: 0 0 16px; padding-left: 20px; }
label { cursor: pointer; }
.account { display: flex; gap: 12px; align-items: center; padding: 10px; margin-bottom: 6px; border: 1px solid var(--line); border-radius: 8px; }
.account:has(:checked) { border-color: var(--ink); box-shadow: inset 0 0 0 1px var(--ink); }
.initials { flex: none; width: 40px; height: 40px; border-radius: 50%; background: var(--brand); color: #fff; display: grid; place-items: center; font-weight: 600; }
.handle, .back { color: var(--quiet); }
.scope { display: flex; gap: 8px; padding: 4px 0; }
code { font-size: 13px; color: var(--quiet); overflow-wrap: anywhere; }
.buttons { display: flex; gap: 12px; }
button { flex: 1; padding: 12px; font: inherit; font-weight: 600; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); cursor: pointer; }
.allow { background: var(--brand); border-color: var(--brand); color: #fff; }
.dial { display: flex; gap: 12px; align-items: center; padding: 8px 0; border-top: 1px solid var(--line); }
.dial label { flex: 0 0 96px; font-weight: 600; }
select { flex: 1; min-width: 0; padding: 10px; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.dial button { flex: 0 0 auto; padding: 10px 16px; }
a { color: inherit; }
.next { margin-top: 24px; }
.posts { list-style: none; margin: 0; padding: 0; }
.answers { padding-left: 24px; }
.post { padding: 12px 0; border-top: 1px solid var(--line); }
.post p { margin: 0 0 6px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 17px; }
.picture { max-width: 100%; border-radius: 8px; }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
:focus-visible { outline: 3px solid #0f6cbd; outline-offset: 2px; }
`;

export function text(value: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
