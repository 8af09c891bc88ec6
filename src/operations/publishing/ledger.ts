import type { Intent } from '../../rules/publishing/intent.js';
import type { ProfileId, TenantId } from '../../rules/types.js';
import { put, update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';

/** What a write needs; what comes of it is for whoever follows. */
type Writes = Needs<'collections' | 'follow'>;

/** What one step makes of an intent as it is now; undefined: nothing. Called anew for each try. */
export type Step = (intent: Intent) => Intent | undefined;

/**
 * One step of one intent, on what is stored at that moment: who loses a race decides again. Undefined when the step
 * wanted nothing, or the intent is gone. `seen`: as it was read last; if somebody wrote meanwhile it is read anew.
 */
export async function stepIntent(
  services: Writes,
  tenant: TenantId,
  id: string,
  step: Step,
  seen?: Intent,
): Promise<Intent | undefined> {
  const result = await update(services.collections.intents, tenant, id, (before) => before && step(before), seen);
  if (result.kind !== 'written') return undefined;
  services.follow(result.doc);
  return result.doc;
}

/**
 * What people decided about several intents, each with its own write. False when somebody else changed one meanwhile:
 * decide again; those that are written already are decided as they are then. One that is there already was asked by an
 * earlier delivery of the same activity.
 */
export async function writeIntents(services: Writes, decided: readonly Intent[]): Promise<boolean> {
  for (const intent of decided) {
    const written = await put(services.collections.intents, intent, intent.version > 0 ? intent : undefined);
    if (written) services.follow(written);
    else if (intent.version > 0) return false;
  }
  return true;
}

/** All intents of one preview, in the order of their profiles' names. */
export async function intentsOf(
  { collections: { intents } }: Needs<'collections'>,
  tenant: TenantId,
  posting: string,
): Promise<Intent[]> {
  const found = await intents.find(tenant, { posting });
  return found.sort((a, b) => a.handle.localeCompare(b.handle) || a.id.localeCompare(b.id));
}

/** What is on its way with a profile at this moment: named when it is frozen, since it cannot be called back. */
export async function underWay(
  { collections: { intents }, clock }: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  profile?: ProfileId,
): Promise<Intent[]> {
  const where = { state: { in: ['sending', 'unknown'] }, ...(profile ? { profile } : {}) };
  const now = clock();
  const found = await intents.find(tenant, where, { limit: 200 });
  return found.filter(({ state, again }) => state === 'sending' || (again && again > now)).slice(0, 20);
}
