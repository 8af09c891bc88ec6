import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

/** What the actor chose not to be told of. */
export async function noticesOutcome(
  { collections }: Needs<'collections'>,
  { tenant, id }: Actor,
  done?: string,
): Promise<Outcome> {
  const { quiet = [] } = (await collections.people.get(tenant, id)) ?? {};
  return { kind: 'notices', quiet, ...(done ? { done } : {}) };
}
