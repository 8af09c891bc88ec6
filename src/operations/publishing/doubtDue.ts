import { randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.js';
import { maybeSent } from '../../rules/publishing/sending.js';
import type { Collections } from '../../store/collections.js';
import type { Store } from '../../store/store.js';
import { update } from '../../store/update.js';

/**
 * After a copy was put back, before the bot starts on it: posts whose time came since the copy was made are looked for and
 * not sent again. Answers how many. Doing it twice does no harm.
 */
export async function doubtDue(store: Store, { intents }: Collections, clock: Clock): Promise<number> {
  let doubted = 0;
  for await (const { tenant, id } of store.all('intents')) {
    const moment = { now: clock(), id: randomUUID() };
    const result = await update(intents, tenant, id, (intent) => intent && maybeSent(intent, moment));
    if (result.kind === 'written') doubted += 1;
  }
  return doubted;
}
