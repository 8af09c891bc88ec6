import { z } from 'zod';
import type { PersonId, TenantId } from '../rules/types.js';
import type { Call } from './client.js';
import { LinkTooOld, readDelta } from './delta.js';
import type { Change, Changes } from './directory.js';
import { rows } from './pages.js';
import { isEnabled, person } from './people.js';
import { withQuery } from './query.js';

const entry = z.object({
  id: z.string(),
  accountEnabled: z.boolean().nullish(),
  '@removed': z.unknown().optional(),
});

type State = Change['state'];
type Round = { states: Map<PersonId, Set<State | 'unknown'>>; link: string };

/**
 * Who appeared, was disabled or was deleted since `link`. Without a link: nobody, and a link that starts now. A link lives
 * for seven days; an older one gives everyone, with `resync`. Keep the new link only after all changes are carried out.
 * https://learn.microsoft.com/graph/delta-query-overview
 */
export async function changes(call: Call, tenant: TenantId, link: string | undefined): Promise<Changes> {
  if (link === undefined) {
    const { link: now } = await readRound(call, tenant, start({ deltatoken: 'latest' }));
    return { changes: [], link: now, resync: false };
  }
  const since = await readRound(call, tenant, link).catch((error: unknown) => {
    if (error instanceof LinkTooOld) return undefined;
    throw error;
  });
  const round = since ?? (await readRound(call, tenant, start({})));
  return { changes: await settle(call, tenant, round), link: round.link, resync: since === undefined };
}

function start(options: Record<string, string>): string {
  return withQuery('/users/delta', { select: 'accountEnabled,userType', ...options });
}

async function readRound(call: Call, tenant: TenantId, path: string): Promise<Round> {
  const states: Round['states'] = new Map();
  const link = await readDelta(call, tenant, path, (value) => {
    for (const one of rows(value, entry)) states.set(one.id, (states.get(one.id) ?? new Set()).add(stateOf(one)));
  });
  return { states, link };
}

function stateOf(one: z.infer<typeof entry>): State | 'unknown' {
  if (one['@removed'] !== undefined) return 'deleted';
  if (typeof one.accountEnabled !== 'boolean') return 'unknown';
  return one.accountEnabled ? 'enabled' : 'disabled';
}

/** Graph gives no order and may repeat itself: whoever is named with two states in one round is looked up now. */
async function settle(call: Call, tenant: TenantId, { states }: Round): Promise<Change[]> {
  const settled: Change[] = [];
  for (const [id, seen] of states) {
    const [only] = seen;
    const isClear = seen.size === 1 && only !== undefined && only !== 'unknown';
    settled.push({ id, state: isClear ? only : await stateNow(call, tenant, id) });
  }
  return settled;
}

async function stateNow(call: Call, tenant: TenantId, id: PersonId): Promise<State> {
  if (await isEnabled(call, tenant, id)) return 'enabled';
  return (await person(call, tenant, id)) ? 'disabled' : 'deleted';
}
