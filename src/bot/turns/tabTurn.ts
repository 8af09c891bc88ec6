import { handle } from '../../operations/core/handle.js';
import type { Parts } from '../../operations/core/parts.js';
import { surprise } from '../../operations/core/surprise.js';
import { authenticate, type Verified } from '../../operations/people/actor.js';
import { isRefusal } from '../input/arguments.js';
import { askedFrom } from '../input/clicks.js';
import { answerInPlace, type ClickAnswer, refusedClick } from './answers.js';
import { searchAnswer } from './search.js';

/** The tab's turns: the same card data, rules and answers as a click in the person's own chat. `who` is believed. */
export function createTabTurn(services: Parts) {
  const apologised = (error: unknown) => refusedClick(surprise(services, error).refusal);

  async function click(who: Verified, data: unknown): Promise<ClickAnswer> {
    const by = await authenticate(services, who);
    const asked = askedFrom(data, by.actor.timeZone, services.clock());
    if (isRefusal(asked)) return refusedClick(asked);
    const outcome = await handle(services, { ...by, id: services.ids(), personal: true }, asked);
    return answerInPlace({ services, by }, outcome);
  }

  return {
    click: (who: Verified, data: unknown) => click(who, data).catch(apologised),
    search: async (who: Verified, query: unknown) => searchAnswer(services, await authenticate(services, who), query),
  };
}
