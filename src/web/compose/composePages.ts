import type { OpenPage } from '../../operations/publishing/picturePages.js';
import { altLimit } from '../../rules/publishing/pictures.js';
import type { Refusal } from '../../rules/refusals.js';
import { type Html, html } from '../server/html.js';
import { dialogPage } from './inDialog.js';

/** As many as X takes; the other networks take more. */
export const picturesAtOnce = 4;

/** What was typed before a refusal, and which picture that is about. */
type Typed = { alts?: readonly string[]; which?: number };

/** Names whose post it is: who was sent the address by somebody else closes it. Nothing goes out from here. */
export function choosePage(
  { page: { personName }, text, mostMb, before }: OpenPage,
  refusal?: Refusal,
  { alts = [], which }: Typed = {},
): string {
  if (mostMb === 0) return dialogPage('No pictures here', html`<p>Your organisation sends no pictures with posts.</p>`);
  const boxes = Array.from({ length: picturesAtOnce }, (_, at) => box(at + 1, alts[at] ?? ''));
  const kept =
    before > 0
      ? html`<p>What you choose takes the place of the ${before} that ${before === 1 ? 'is' : 'are'} there now.</p>`
      : undefined;
  const said = refusal
    ? html`<div role="alert"><p class="bad">${which ? `Picture ${which}: ` : ''}${refusal.sentence}</p><p>${refusal.fix} The files have to be chosen again.</p></div>`
    : undefined;
  return dialogPage(
    'Pictures for your post',
    html`${said}<p>A post of <b>${personName}</b>. If that is not you, close this page.</p>
<blockquote>${text.slice(0, 300)}</blockquote>${kept}
<p class="soft">JPEG, PNG, WebP or GIF, up to ${mostMb} MB each. Where and with what a picture was taken is taken out. Say in words what it shows, for people who cannot see it.</p>
<form method="post" enctype="multipart/form-data">${boxes}<p class="soft">Nothing goes out from here: you press Send in Teams.</p><button type="submit">Show me the preview</button></form>`,
  );
}

function box(at: number, alt: string): Html {
  return html`<fieldset><legend>Picture ${at}</legend>
<label class="up" for="picture${at}">File</label><input class="wide" type="file" id="picture${at}" name="picture${at}" accept="image/jpeg,image/png,image/webp,image/gif">
<label class="up" for="alt${at}">What it shows, in words</label><textarea id="alt${at}" name="alt${at}" rows="2" maxlength="${altLimit}">${alt.slice(0, altLimit)}</textarea></fieldset>`;
}

export function addedPage(count: number): string {
  const what =
    count === 0
      ? 'The post has no pictures now.'
      : `${count === 1 ? 'The picture is' : 'The pictures are'} in the preview.`;
  return dialogPage(
    'Done',
    html`<p data-chosen>${what} Nothing has gone out yet.</p><p class="soft">Close this window: the card in Teams shows it.</p>`,
  );
}
