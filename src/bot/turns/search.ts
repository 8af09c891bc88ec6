import { suggestWho } from '../../operations/answers/picker.js';
import type { Needs } from '../../operations/core/parts.js';
import type { Authenticated } from '../../operations/people/actor.js';
import { boxValue, choiceTitle } from '../cards/sharePicker.js';
import type { ClickAnswer } from './answers.js';

type SearchNeeds = Needs<'collections' | 'directory' | 'clock' | 'memberships' | 'followed' | 'later'>;

/** The picker's lists, by the name its card asks for: people and groups in one, or people only. */
const datasets = new Map<unknown, { peopleOnly: boolean }>([
  ['principals', { peopleOnly: false }],
  ['people', { peopleOnly: true }],
]);

/** Type-ahead of a box for people or groups; an unknown list finds nothing. */
export async function searchAnswer(services: SearchNeeds, by: Authenticated, value: unknown): Promise<ClickAnswer> {
  const { dataset, queryText } = (value ?? {}) as { dataset?: unknown; queryText?: unknown };
  const list = datasets.get(dataset);
  const found = list && typeof queryText === 'string' ? await suggestWho(services, by, queryText, list.peopleOnly) : [];
  return searchResults(found.map((option) => ({ title: choiceTitle(option), value: boxValue(option.ref) })));
}

export const searchResults = (results: { title: string; value: string }[]): ClickAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.search.searchResponse',
  value: { results },
});
