import type { Intent } from '../../rules/publishing/intent.js';
import { lost } from '../../rules/publishing/sending.js';
import type { ProfileId } from '../../rules/types.js';
import type { Parts } from '../core/parts.js';
import { tendIntent } from './approvals.js';
import { foreseeIntent } from './foreseeIntent.js';
import { type Step, stepIntent } from './ledger.js';
import { lookForIntent, takeBackIntent, watchIntent } from './lookForIntent.js';
import { sendIntent } from './sendIntent.js';
import { endTurn, takeTurn } from './turnTaking.js';
import { isToUpload, uploadAhead } from './uploadPictures.js';

/** Whether the step hands something to a network that must not be handed over twice. */
const sends = ({ state, at }: Intent, now: Date) =>
  state === 'waiting' || (state === 'held' && at !== undefined && at <= now);

/** `busy`: another post of its profile has the turn. */
export type Worked = { kind: 'done' } | { kind: 'busy'; profile: ProfileId };

/** Whatever is due for one intent, once. */
export async function workIntent(services: Parts, tenant: string, id: string, holder: string): Promise<Worked> {
  const intent = await services.collections.intents.get(tenant, id);
  const now = services.clock();
  if (!intent?.due || intent.due > now) return { kind: 'done' };
  if (!sends(intent, now)) {
    await others(services, intent);
    return { kind: 'done' };
  }
  const turn = await takeTurn(services, tenant, intent.profile, holder);
  if (!turn) return { kind: 'busy', profile: intent.profile };
  try {
    await sendIntent(services, intent);
  } finally {
    await endTurn(services, turn);
  }
  return { kind: 'done' };
}

async function others(services: Parts, intent: Intent): Promise<void> {
  switch (intent.state) {
    case 'toApprove':
      return tendIntent(services, intent);
    case 'held':
      if (intent.scheduled) await foreseeIntent(services, intent);
      return isToUpload(intent, services.clock()) ? uploadAhead(services, intent) : undefined;
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
async function abandon(services: Parts, intent: Intent): Promise<void> {
  const moment = { now: services.clock(), id: services.ids() };
  const step: Step = (now) =>
    now.state === 'sending' && now.due && now.due <= moment.now ? lost(now, moment) : undefined;
  await stepIntent(services, intent.tenant, intent.id, step, intent);
}
