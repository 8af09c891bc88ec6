import { handle } from '../../operations/core/handle.js';
import type { Parts } from '../../operations/core/parts.js';
import { surprise } from '../../operations/core/surprise.js';
import { authenticate, type Verified } from '../../operations/people/actor.js';
import { onBehalfOf } from '../../platform/onBehalf.js';
import { isRefusal } from '../input/arguments.js';
import { askedFrom } from '../input/clicks.js';
import { answerInPlace, type ClickAnswer, refusedClick } from './answers.js';
import { paceOf } from './pace.js';
import { searchAnswer, searchResults } from './search.js';

/** The tab's turns: the same card data, rules and answers as a click in the person's own chat. `who` is believed. */
export function createTabTurn(services: Parts) {
  const apologised = (error: unknown) => refusedClick(surprise(services, error).refusal);

  const nothingFound = (error: unknown) => {
    surprise(services, error);
    return searchResults([]);
  };

  async function click(who: Verified, data: unknown): Promise<ClickAnswer> {
    const by = await authenticate(services, who);
    const now = services.clock();
    const asked = askedFrom(data, by.actor.timeZone, now);
    if (isRefusal(asked)) return refusedClick(asked);
    const outcome = await handle(services, { ...by, id: services.ids(), personal: true, now }, asked);
    return answerInPlace({ services, by }, outcome);
  }

  const search = async (who: Verified, query: unknown) =>
    searchAnswer(services, await authenticate(services, who), query);

  return {
    click: async (who: Verified, data: unknown) => {
      const pace = paceOf(services, 'ask', who);
      if (pace.kind === 'slowDown') return refusedClick(pace.refusal);
      return onBehalfOf(who, () => click(who, data).catch(apologised));
    },
    search: async (who: Verified, query: unknown) => {
      if (paceOf(services, 'search', who).kind === 'slowDown') return searchResults([]);
      return onBehalfOf(who, () => search(who, query).catch(nothingFound));
    },
  };
}
