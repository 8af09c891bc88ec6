import { continueLink, type LinkStep, lookAtLink } from '../operations/linkouts.js';
import { pickAccounts, returnFromNetwork } from '../operations/linkReturn.js';
import type { Services } from '../operations/services.js';
import { refuse } from '../profiles/refusals.js';
import { pageHeaders } from './html.js';
import { askPage, codePage, pickPage, refusedPage } from './linkPages.js';

/** A request of a browser, as far as these pages need it. `url` is the path with its query. */
export type PageRequest = {
  ticket: string;
  url: string;
  cookie: string | undefined;
  form: Readonly<Record<string, unknown>>;
};
export type PageAnswer = { status: number; headers: Record<string, string>; body: string };

const cookieName = 'link';

/** The cookie that binds a sign-in to one browser, out of the header. */
export function linkCookie(header: string | undefined): string | undefined {
  const found = (header ?? '').split(';').map((part) => part.trim().split('='));
  return found.find(([name]) => name === cookieName)?.[1];
}

/** The pages of a link-out: look, continue, come back, pick. Nothing secret is in an address that is kept. */
export function linkRoutes(services: Services) {
  const secure = services.baseUrl.startsWith('https:');

  const answer = (step: LinkStep): PageAnswer => {
    switch (step.kind) {
      case 'go':
        return {
          status: 303,
          headers: { ...pageHeaders, location: step.location.href, 'set-cookie': cookie(step.cookie) },
          body: '',
        };
      case 'pick':
        return shown(200, pickPage(step, step.ticket));
      case 'code':
        return shown(200, codePage(step));
      case 'refused':
        return shown(step.refusal.code === 'linkGone' ? 410 : 400, refusedPage(step.refusal));
    }
  };
  const cookie = (value: string) =>
    `${cookieName}=${value}; Path=/link; HttpOnly; SameSite=Lax; Max-Age=1200${secure ? '; Secure' : ''}`;

  return {
    look: async ({ ticket }: PageRequest): Promise<PageAnswer> => {
      const link = await lookAtLink(services, ticket);
      if (!link || link.phase === 'returned') return answer({ kind: 'refused', refusal: refuse('linkGone') });
      return shown(200, askPage(link));
    },
    go: async ({ ticket, cookie: known, form }: PageRequest): Promise<PageAnswer> => {
      const link = await lookAtLink(services, ticket);
      if (link?.phase !== 'returned') return answer(await continueLink(services, ticket, known));
      return answer(await pickAccounts(services, ticket, known, accountsIn(form)));
    },
    back: async ({ url, cookie: known }: PageRequest): Promise<PageAnswer> =>
      answer(await returnFromNetwork(services, new URL(url, services.baseUrl), known)),
  };
}

const shown = (status: number, body: string): PageAnswer => ({ status, headers: { ...pageHeaders }, body });

function accountsIn({ account }: PageRequest['form']): string[] {
  const all = Array.isArray(account) ? account : [account];
  return all.filter((one): one is string => typeof one === 'string').slice(0, 100);
}
