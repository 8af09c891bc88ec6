import { createHash } from 'node:crypto';

/** HTML that is safe to send: only `html` makes it, and it escapes whatever is put in. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | readonly Html[] | undefined;

/** A template tag: values are escaped, `Html` (and lists of it) go in as they are, undefined is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.reduce((text, string, index) => text + string + (index < parts.length ? show(parts[index]) : ''), ''),
  );
}

function show(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(show).join('') : escapeHtml(String(part));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const style = `
:root{color-scheme:light dark;--back:#f5f5f5;--card:#fff;--ink:#242424;--soft:#616161;--line:#d1d1d1;--brand:#5b5fc7;--on:#fff;--bad:#b10e1c}
@media (prefers-color-scheme:dark){:root{--back:#1f1f1f;--card:#292929;--ink:#fff;--soft:#adadad;--line:#525252;--brand:#9299f7;--on:#1f1f1f;--bad:#f1707b}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 "Segoe UI",system-ui,sans-serif;background:var(--back);color:var(--ink)}
main{max-width:30rem;margin:8vh auto;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{font-size:1.4rem;line-height:1.3;margin:0 0 .75rem}p{margin:0 0 1rem}a{color:var(--brand)}.soft{color:var(--soft)}.bad{color:var(--bad)}
button{font:inherit;font-weight:600;padding:.6rem 1.4rem;border:0;border-radius:.4rem;background:var(--brand);color:var(--on);cursor:pointer}
button.second{background:transparent;color:var(--brand);border:1px solid var(--brand)}.mark{font-size:.8rem;font-weight:600;color:var(--brand)}
button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.code{font:600 2.4rem/1.2 ui-monospace,monospace;letter-spacing:.25em;margin:1rem 0;user-select:all}
ul{list-style:none;margin:0 0 1rem;padding:0}li{padding:.6rem 0;border-top:1px solid var(--line)}label{display:flex;gap:.75rem;align-items:flex-start}
input{width:1.2rem;height:1.2rem;flex:none;margin:.2rem 0 0}li.off label{color:var(--soft)}li img{width:2rem;height:2rem;flex:none;border-radius:50%;object-fit:cover;background:var(--line)}small{display:block;color:var(--soft)}
fieldset{margin:0 0 1rem;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.5rem}legend{font-weight:600;padding:0 .25rem}
label.up{display:block;margin:.25rem 0}input.wide,select.wide,progress,textarea{width:100%;height:auto;font:inherit;color:inherit}input.wide,select.wide{margin:0 0 1rem;padding:.3rem}textarea{background:var(--back);border:1px solid var(--soft);border-radius:.4rem;padding:.4rem}
textarea:focus-visible{outline:3px solid var(--ink);outline-offset:2px}blockquote{margin:0 0 1rem;padding-left:.75rem;border-left:3px solid var(--line);white-space:pre-wrap;overflow-wrap:anywhere}video{display:block;width:100%;max-height:70vh;margin:0 0 1rem;background:#000}
@media (max-width:34rem){main{margin:0;min-height:100vh;border:0;border-radius:0}}`;
/** The only script of these pages: it shows the button where it works, and copies the code. */
export const copyScript = new Html(
  `const b=document.getElementById('copy'),s=document.getElementById('copied');if(navigator.clipboard){b.hidden=false;b.onclick=()=>navigator.clipboard.writeText(document.getElementById('code').textContent).then(()=>{s.textContent='Copied. Paste it in Teams.'},()=>{s.textContent='Please copy it by hand.'})}`,
);
const scriptHash = createHash('sha256').update(copyScript.text).digest('base64');
const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * What goes with every page: nothing from elsewhere, forms to this server only, no framing, no handle on this window for
 * the page that opened it, nothing kept. The referrer stays among our own pages; with none at all, a browser would call
 * the origin of our own forms `null`.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policyWith('data:'),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Of a page that shows pictures at these addresses, and none from elsewhere. */
export function headersFor(pictures: readonly string[]): Readonly<Record<string, string>> {
  const origins = new Set(pictures.map((one) => new URL(one).origin));
  return { ...pageHeaders, 'content-security-policy': policyWith('data:', ...origins) };
}

/** Of a page that plays a video of this server's, and runs no script at all. */
export const playerHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy': policyWith('data:').replace(/script-src [^;]*;/, "media-src 'self';"),
};

function policyWith(...pictures: string[]): string {
  return `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'sha256-${scriptHash}'; img-src ${pictures.join(' ')}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

/** `head`: what else the browser has to know. */
export function page(title: string, body: Html, head?: Html): string {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} · Social Profiles</title><style>${new Html(style)}</style>${head}</head><body><main><h1>${title}</h1>${body}</main></body></html>`
    .text;
}
