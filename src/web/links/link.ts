import type { Parts } from '../../operations/core/parts.js';
import { continueLink } from '../../operations/linkouts/linkContinue.js';
import { returnFromIdentity } from '../../operations/linkouts/linkIdentity.js';
import { type LinkStep, lookAtLink } from '../../operations/linkouts/linkouts.js';
import { pickAccounts, returnFromNetwork } from '../../operations/linkouts/linkReturn.js';
import { refuse } from '../../rules/refusals.js';
import type { WebAnswer, WebHandler } from '../server/exchange.js';
import { pageHeaders } from '../server/html.js';
import { askPage, codePage, donePage, pickPage, refusedPage } from './linkPages.js';

const cookieName = 'link';
const picksLimit = 100;

/** The pages of a link-out: look, go on (or pick), come back. Nothing secret is in an address that is kept. */
export function linkHandlers(services: Parts): { look: WebHandler; go: WebHandler; back: WebHandler } {
  const secure = services.baseUrl.startsWith('https:') ? '; Secure' : '';
  const cookie = (value: string) => `${cookieName}=${value}; Path=/link; HttpOnly; SameSite=Lax; Max-Age=1200${secure}`;

  const answer = (step: LinkStep): WebAnswer => {
    switch (step.kind) {
      case 'go':
        return {
          status: 303,
          headers: { ...pageHeaders, location: step.location.href, 'set-cookie': cookie(step.cookie) },
        };
      case 'pick':
        return shown(200, pickPage(step, step.ticket));
      case 'code':
        return shown(200, codePage(step));
      case 'done':
        return shown(200, donePage(step));
      case 'refused':
        return shown(step.refusal.code === 'linkGone' ? 410 : 400, refusedPage(step.refusal));
    }
  };

  return {
    look: async ({ params }) => {
      const link = await lookAtLink(services, params.id ?? '');
      if (!link || link.phase === 'returned') return answer({ kind: 'refused', refusal: refuse('linkGone') });
      return shown(200, askPage(link));
    },
    go: async (request) => {
      const ticket = request.params.id ?? '';
      const known = request.cookie(cookieName);
      const link = await lookAtLink(services, ticket);
      if (link?.phase !== 'returned') return answer(await continueLink(services, ticket, known));
      const picked = (await request.form()).getAll('account').slice(0, picksLimit);
      return answer(await pickAccounts(services, ticket, known, picked));
    },
    back: async ({ url, cookie: read, params }) => {
      const returned = new URL(`${url.pathname}${url.search}`, services.baseUrl);
      const place = params.network ?? '';
      const from = place === 'entra' ? returnFromIdentity : returnFromNetwork;
      return answer(await from(services, returned, read(cookieName), place));
    },
  };
}

const shown = (status: number, body: string): WebAnswer => ({ status, headers: pageHeaders, body });
