import type { Needs } from '../../operations/core/parts.js';
import type { WebHandler } from '../server/exchange.js';
import { fileHandler } from '../server/files.js';
import { frameAncestors } from '../server/framing.js';
import { type Html, html, page } from '../server/html.js';

const script = 'dialog.js';
/** teams-js, which says to Teams around it that the page is there, and closes the dialog (src/web/pages/dialog). */
export const dialogScript: WebHandler = fileHandler(
  new URL('../../../pages/dialog/main.js', import.meta.url),
  'text/javascript; charset=utf-8',
);

/** A page that Teams may show in a dialog. What it does needs no script but for closing it. */
export const dialogPage = (title: string, body: Html): string =>
  page(title, body, html`<script type="module" src="${script}"></script>`);

/**
 * Whatever these pages answer may be framed by Teams, refusals too, and run that one script: the policy names its very
 * address. The library is 18 KB packed; without it, people would be left with a window to close.
 */
export const shownInTeams =
  (services: Needs<'baseUrl'>, framedHere: boolean) =>
  (handler: WebHandler): WebHandler =>
  async (request) => {
    const answer = await handler(request);
    const policy = String(answer.headers?.['content-security-policy'] ?? '')
      .replace('script-src ', `script-src ${services.baseUrl}/compose/${script} `)
      .replace("frame-ancestors 'none'", frameAncestors(framedHere));
    return { ...answer, headers: { ...answer.headers, 'content-security-policy': policy } };
  };
