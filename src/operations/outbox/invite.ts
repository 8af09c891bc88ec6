import type { PersonId, TenantId } from '../../rules/types.js';
import { put } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

const onceInMs = 30 * 86_400_000;
/** How long Teams takes to tell the bot of a new chat, generously. */
export const arrivesMs = 60_000;

/**
 * Somebody has to be told who never had the bot: it is installed for them, where the organisation allows that, once a
 * month at most. True when they can be reached in a moment. Who blocked or removed the bot is left alone.
 */
export async function invite(
  services: Needs<'collections' | 'clock' | 'install'>,
  tenant: TenantId,
  person: PersonId,
): Promise<boolean> {
  const { activities, people } = services.collections;
  if (!services.install) return false;
  const known = await people.get(tenant, person);
  if (known?.teamsId || known?.unreachableSince) return false;
  const at = services.clock();
  const id = `install:${person}`;
  const before = await activities.get(tenant, id);
  if (before && before.expires > at) return false;
  const like = (await people.find(tenant, {}, { limit: 50 })).find(
    ({ chat, unreachableSince }) => chat && !unreachableSince,
  );
  if (!like || !(await services.install(tenant, person, like.id))) return false;
  await put(activities, { tenant, id, version: 0, at, expires: new Date(at.getTime() + onceInMs) }, before);
  return true;
}
