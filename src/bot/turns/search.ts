import { suggestWho } from '../../operations/answers/picker.js';
import type { Needs } from '../../operations/core/parts.js';
import type { Authenticated } from '../../operations/people/actor.js';
import { boxValue, titleOf } from '../cards/sharePicker.js';
import type { ClickAnswer } from './answers.js';

type SearchNeeds = Needs<'collections' | 'directory' | 'clock' | 'memberships' | 'followed' | 'later'>;

/** Type-ahead of the share picker: people and groups in one list. A Reader, or an unknown list, finds nothing. */
export async function searchAnswer(services: SearchNeeds, by: Authenticated, value: unknown): Promise<ClickAnswer> {
  const { dataset, queryText } = (value ?? {}) as { dataset?: unknown; queryText?: unknown };
  const words = typeof queryText === 'string' ? queryText.slice(0, 200).trim().replace(/^@/, '').slice(0, 120) : '';
  const mayLook = dataset === 'principals' && words !== '' && by.actor.role !== 'reader';
  return searchResults(mayLook ? await find(services, by, words) : []);
}

export const searchResults = (results: { title: string; value: string }[]): ClickAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.search.searchResponse',
  value: { results },
});

async function find(services: SearchNeeds, by: Authenticated, words: string) {
  const options = await suggestWho(services, by, words);
  return options.map((option) => ({ title: titleOf(option), value: boxValue(option.ref) }));
}
