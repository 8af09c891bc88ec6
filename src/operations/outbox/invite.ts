import { dayMs } from '../../platform/spans.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

const onceInMs = 30 * dayMs;
/** How long Teams takes to tell the bot of a new chat, generously. */
export const arrivesMs = 60_000;

/**
 * Somebody has to be told who never had the bot: it is installed for them, where the organisation allows that, once a
 * month at most. True when they can be reached in a moment. Who blocked or removed the bot is left alone.
 */
export async function invite(
  services: Needs<'collections' | 'once' | 'install'>,
  tenant: TenantId,
  person: PersonId,
): Promise<boolean> {
  const { people } = services.collections;
  const { install } = services;
  if (!install) return false;
  const known = await people.get(tenant, person);
  if (known?.teamsId || known?.unreachableSince) return false;
  let isNew = false;
  const work = async () => {
    const all = await people.find(tenant, {}, { limit: 50 });
    const like = all.find(({ chat, unreachableSince }) => chat && !unreachableSince);
    isNew = like !== undefined && (await install(tenant, person, like.id));
    return isNew;
  };
  await services.once(tenant, `install:${person}`, work, { keptMs: onceInMs, isDone: (installed) => installed });
  return isNew;
}
