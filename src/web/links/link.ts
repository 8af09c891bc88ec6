import type { Parts } from '../../operations/core/parts.js';
import { continueLink } from '../../operations/linkouts/linkContinue.js';
import { returnFromIdentity } from '../../operations/linkouts/linkIdentity.js';
import type { LinkStep } from '../../operations/linkouts/linkouts.js';
import { sendLink } from '../../operations/linkouts/linkPick.js';
import { returnFromNetwork } from '../../operations/linkouts/linkReturn.js';
import { showLink } from '../../operations/linkouts/linkShow.js';
import { hashOf } from '../../operations/linkouts/tickets.js';
import type { Outbound } from '../../platform/outbound.js';
import { refuse } from '../../rules/refusals.js';
import type { WebAnswer, WebHandler } from '../server/exchange.js';
import { headersFor, pageHeaders } from '../server/html.js';
import { isFromOwnPage } from '../server/origin.js';
import { asPage, refused, shown } from '../server/pages.js';
import { linkCookies } from './linkCookie.js';
import { askPage, codePage, donePage, goPage, type Pick, pickPage, picturesOf, unfinishedPage } from './linkPages.js';

const picksLimit = 100;

/** The pages of a link-out: look, go on (or pick), come back. Nothing secret is in an address that is kept. */
export function linkHandlers(
  services: Parts,
  chat: string,
  outbound: Outbound,
): { look: WebHandler; go: WebHandler; back: WebHandler } {
  const cookies = linkCookies(services.baseUrl);

  const go = ({ location, cookie, to }: Extract<LinkStep, { kind: 'go' }>, isForm: boolean): WebAnswer => {
    const headers = { ...pageHeaders, 'set-cookie': cookies.set(hashOf(cookie), cookie) };
    // Where a form's answer leads is held to `form-action` by some browsers, and sign-ins lead on to hosts nobody lists.
    if (isForm) return { status: 200, headers, body: goPage(location, to) };
    return { status: 303, headers: { ...headers, location: location.href } };
  };

  const answer = (step: LinkStep, isForm = false): WebAnswer => {
    switch (step.kind) {
      case 'ask':
        return shown(200, askPage(step.link));
      case 'go':
        return go(step, isForm);
      case 'see':
        return { status: 303, headers: { ...pageHeaders, location: `/link/${step.ticket}` } };
      case 'pick':
        return picker(reachable(step, outbound));
      case 'code':
        return shown(200, codePage(step, chat));
      case 'unfinished':
        return shown(200, unfinishedPage(step.ticket));
      case 'done':
        return shown(200, donePage(step, chat));
      case 'refused':
        return refused(step.refusal);
    }
  };

  return {
    look: asPage(services, async (request) =>
      answer(await showLink(services, request.params.id ?? '', cookies.keptBy(request))),
    ),
    go: asPage(services, async (request) => {
      // A form of another site, or of none, does not press Continue for anybody.
      if (!isFromOwnPage(request.headers, new URL(services.baseUrl).origin)) return refused(refuse('notFromHere'));
      const ticket = request.params.id ?? '';
      const kept = cookies.keptBy(request);
      const before = await showLink(services, ticket, kept);
      if (before.kind === 'ask') return answer(await continueLink(services, ticket), true);
      if (before.kind !== 'pick' && before.kind !== 'unfinished') return answer(before);
      return answer(await sendLink(services, ticket, kept, pickedOf(await request.form(), before)));
    }),
    back: asPage(services, async (request) => {
      const { url, params } = request;
      const returned = new URL(`${url.pathname}${url.search}`, services.baseUrl);
      const place = params.network ?? '';
      const from = place === 'entra' ? returnFromIdentity : returnFromNetwork;
      return answer(await from(services, returned, cookies.keptBy(request), place));
    }),
  };
}

/** Pictures are shown from where their network has them, and from nowhere else. */
const picker = (step: Pick): WebAnswer => ({
  ...shown(step.none ? 400 : 200, pickPage(step, step.ticket)),
  headers: headersFor(picturesOf(step)),
});

const reachable = (step: Pick, outbound: Outbound): Pick => ({
  ...step,
  accounts: step.accounts.map((one) => (one.picture ? { ...one, picture: outbound(one.picture).href } : one)),
});

/** The boxes that are ticked, or with "Save all" every one that can be. */
function pickedOf(form: URLSearchParams, step: LinkStep): string[] {
  const ticked = form.getAll('account').slice(0, picksLimit);
  if (!form.has('all') || step.kind !== 'pick') return ticked;
  return step.accounts.flatMap(({ externalId, unusable }) => (unusable ? [] : externalId)).slice(0, picksLimit);
}
