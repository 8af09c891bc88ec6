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

/** Type-ahead of the share picker. A Reader, or an unknown list, finds nothing. */
export async function searchAnswer(services: SearchNeeds, by: Authenticated, value: unknown): Promise<ClickAnswer> {
  const { dataset, queryText } = (value ?? {}) as { dataset?: unknown; queryText?: unknown };
  const words = typeof queryText === 'string' ? queryText.slice(0, 200).trim().replace(/^@/, '').slice(0, 120) : '';
  const list = words !== '' && by.actor.role !== 'reader' ? datasets.get(dataset) : undefined;
  return searchResults(list ? await find(services, by, words, list.peopleOnly) : []);
}

export const searchResults = (results: { title: string; value: string }[]): ClickAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.search.searchResponse',
  value: { results },
});

async function find(services: SearchNeeds, by: Authenticated, words: string, peopleOnly: boolean) {
  const options = await suggestWho(services, by, words, peopleOnly);
  return options.map((option) => ({ title: choiceTitle(option), value: boxValue(option.ref) }));
}
