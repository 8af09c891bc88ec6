import { handle } from '../../operations/core/handle.js';
import type { Outcome } from '../../operations/core/outcome.js';
import type { Parts } from '../../operations/core/parts.js';
import { mostRows } from '../../operations/core/schema.js';
import { surprise } from '../../operations/core/surprise.js';
import type { TabAnswer } from '../../operations/core/tabViews.js';
import { type Authenticated, authenticate, type Verified } from '../../operations/people/actor.js';
import { onBehalfOf } from '../../platform/onBehalf.js';
import { type Asked, operations } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import { isRefusal } from '../input/arguments.js';
import { askedFrom } from '../input/clicks.js';
import { csvOf } from '../tab/csv.js';
import { tabRow } from '../tab/list.js';
import { noAnswer, tabAnswer } from '../tab/views.js';
import { readerOf } from './answers.js';
import { paceOf } from './pace.js';
import { searchAnswer, searchResults } from './search.js';

/** Pages of an export: nobody keeps the bot busy with more than 100,000 rows. */
const mostPages = 100;

/** The tab's turns: the same data, rules and refusals as a click in the person's own chat. `who` is believed. */
export function createTabTurn(services: Parts) {
  const refused: (refusal: Refusal) => TabAnswer = noAnswer;
  const apologised = (error: unknown) => refused(surprise(services, error).refusal);

  const nothingFound = (error: unknown) => {
    surprise(services, error);
    return searchResults([]);
  };

  const does = (by: Authenticated, asked: Asked, now: Date): Promise<Outcome> =>
    handle(services, { ...by, id: services.ids(), personal: true, now }, asked);

  async function click(who: Verified, data: unknown): Promise<TabAnswer> {
    const by = await authenticate(services, who);
    const now = services.clock();
    const asked = askedFrom(data, by.actor.timeZone, now);
    if (isRefusal(asked)) return refused(asked);
    return tabAnswer(await does(by, asked, now), readerOf({ services, by }));
  }

  /** All rows of a list, page by page, each authorised like a page that is looked at. */
  async function table(who: Verified, data: unknown): Promise<TabAnswer | { type: 'csv'; csv: string }> {
    const by = await authenticate(services, who);
    const now = services.clock();
    const asked = askedFrom(data, by.actor.timeZone, now);
    if (isRefusal(asked)) return refused(asked);
    if (asked.kind !== 'browse') return { type: 'refused', text: 'Only a list can be saved as a table.' };
    const reader = readerOf({ services, by });
    const rows = [];
    let page: Asked = { ...asked, most: mostRows };
    for (let at = 0; at < mostPages; at++) {
      const outcome: Outcome = await does(by, page, now);
      if (outcome.kind !== 'browsed') return tabAnswer(outcome, reader);
      rows.push(...outcome.rows.map((facts) => tabRow(facts, reader)));
      if (!outcome.next) break;
      page = { ...page, after: outcome.next };
    }
    return { type: 'csv', csv: csvOf(rows) };
  }

  const search = async (who: Verified, query: unknown) =>
    searchAnswer(services, await authenticate(services, who), query);

  /** Counted before anything is done for it; what only looks has a limit of its own. */
  const paced =
    <T>(work: (who: Verified, data: unknown) => Promise<T>) =>
    async (who: Verified, data: unknown): Promise<T | TabAnswer> => {
      const pace = paceOf(services, isLook(data) ? 'look' : 'ask', who);
      if (pace.kind === 'slowDown') return refused(pace.refusal);
      return onBehalfOf(who, () => work(who, data).catch(apologised));
    };

  return {
    click: paced(click),
    table: paced(table),
    search: async (who: Verified, query: unknown) => {
      if (paceOf(services, 'search', who).kind === 'slowDown') return searchResults([]);
      return onBehalfOf(who, () => search(who, query).catch(nothingFound));
    },
  };
}

/** By its kind alone: it is read strictly after it was counted. */
function isLook(data: unknown): boolean {
  const { kind } = ((data as { do?: unknown } | null)?.do ?? {}) as { kind?: unknown };
  return (
    typeof kind === 'string' && Object.hasOwn(operations, kind) && operations[kind as Asked['kind']].does === 'reads'
  );
}
