import type { Intent } from '../../rules/publishing/intent.js';
import { lost } from '../../rules/publishing/sending.js';
import type { Parts } from '../core/parts.js';
import { foreseeIntent } from './foreseeIntent.js';
import { stepIntent } from './ledger.js';
import { lookForIntent, takeBackIntent, watchIntent } from './lookForIntent.js';
import { sendIntent } from './sendIntent.js';
import { endTurn, takeTurn } from './turnTaking.js';
import { isToUpload, uploadAhead } from './uploadPictures.js';

/** Whether the step hands something to a network that must not be handed over twice. */
const sends = ({ state, at }: Intent, now: Date) =>
  state === 'waiting' || (state === 'held' && at !== undefined && at <= now);

/** Whatever is due for one intent, once. `busy`: another post of its profile has the turn. */
export async function workIntent(
  services: Parts,
  tenant: string,
  id: string,
  holder: string,
): Promise<'done' | 'busy'> {
  const intent = await services.collections.intents.get(tenant, id);
  const now = services.clock();
  if (!intent?.due || intent.due > now) return 'done';
  if (!sends(intent, now)) {
    await others(services, intent);
    return 'done';
  }
  const turn = await takeTurn(services, tenant, intent.profile, holder);
  if (!turn) return 'busy';
  try {
    await sendIntent(services, intent);
  } finally {
    await endTurn(services, turn);
  }
  return 'done';
}

async function others(services: Parts, intent: Intent): Promise<void> {
  switch (intent.state) {
    case 'held':
      if (isToUpload(intent, services.clock())) await uploadAhead(services, intent);
      return intent.scheduled ? foreseeIntent(services, intent) : undefined;
    case 'sending':
      return abandon(services, intent);
    case 'unknown':
      return lookForIntent(services, intent);
    case 'sent':
      return intent.takeBack ? takeBackIntent(services, intent) : watchIntent(services, intent);
    default:
      return undefined;
  }
}

/** Whoever was sending it is dead, or so slow that nobody can tell: never again, but looked for. */
async function abandon(services: Parts, { tenant, id }: Intent): Promise<void> {
  const moment = { now: services.clock(), id: services.ids() };
  await stepIntent(services, tenant, id, (now) =>
    now.state === 'sending' && now.due && now.due <= moment.now ? lost(now, moment) : undefined,
  );
}
