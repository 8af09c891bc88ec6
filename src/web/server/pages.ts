import type { Needs } from '../../operations/core/parts.js';
import { surprise } from '../../operations/core/surprise.js';
import type { Refusal } from '../../rules/refusals.js';
import { BadBody, type WebAnswer, type WebHandler } from './exchange.js';
import { html, page, pageHeaders } from './html.js';

/** A page for people. */
export const shown = (status: number, body: string): WebAnswer => ({ status, headers: pageHeaders, body });

/** A refusal as a page: what did not work, and what to do now. */
export const refused = ({ code, sentence, fix }: Refusal): WebAnswer =>
  shown(statuses[code] ?? 400, page('That did not work', html`<p class="bad">${sentence}</p><p>${fix}</p>`));

const statuses: Record<string, number> = {
  notFromHere: 403,
  linkUnderWay: 409,
  linkGone: 410,
  picturePageGone: 410,
  watchGone: 410,
  surprise: 500,
  storeDown: 503,
  storeBusy: 503,
  storeUnknown: 503,
};

/** People read what comes of it: also when the store is away, they get a page with what to do. */
export const asPage =
  (services: Needs<'log' | 'clock'>, handler: WebHandler): WebHandler =>
  async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      if (error instanceof BadBody) throw error;
      return refused(surprise(services, error).refusal);
    }
  };
