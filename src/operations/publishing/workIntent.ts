import type { Intent, Why } from '../../rules/publishing/intent.js';
import { lost } from '../../rules/publishing/sending.js';
import type { ProfileId } from '../../rules/types.js';
import type { Parts } from '../core/parts.js';
import { tendIntent } from './approvals.js';
import { carryVideo, isToCarry } from './carryVideo.js';
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

/** Whatever is due for one intent, once. `mayTakeLong`: asked before what can take minutes; false: not now. */
export async function workIntent(
  services: Parts,
  tenant: string,
  id: string,
  holder: string,
  mayTakeLong: () => boolean = () => true,
): Promise<Worked> {
  const intent = await services.collections.intents.get(tenant, id);
  const now = services.clock();
  if (!intent?.due || intent.due > now) return { kind: 'done' };
  if (isToCarry(intent, now) && !mayTakeLong()) return { kind: 'done' };
  const carried = isToCarry(intent, now) ? await carryVideo(services, intent, holder) : intent;
  // Whoever is at it goes on with it.
  if (carried === 'elsewhere') return { kind: 'done' };
  const isCarried = 'tenant' in carried;
  const isIt = isCarried ? carried : intent;
  if (!sends(isIt, services.clock())) {
    await others(services, isIt, isCarried ? undefined : carried);
    return { kind: 'done' };
  }
  const turn = await takeTurn(services, tenant, intent.profile, holder);
  if (!turn) return { kind: 'busy', profile: intent.profile };
  try {
    await sendIntent(services, isIt, isCarried ? undefined : carried);
  } finally {
    await endTurn(services, turn);
  }
  return { kind: 'done' };
}

async function others(services: Parts, intent: Intent, notCarried?: Why): Promise<void> {
  switch (intent.state) {
    case 'toApprove':
      return tendIntent(services, intent);
    case 'held':
      if (intent.scheduled) await foreseeIntent(services, intent);
      if (notCarried) return carryLater(services, intent, notCarried);
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

/** Before its time a trouble is no trouble yet. A planned one is looked at again anyway. */
async function carryLater(services: Parts, { tenant, id }: Intent, { until }: Why): Promise<void> {
  await stepIntent(services, tenant, id, (now) => {
    if (now.state !== 'held' || now.scheduled || !now.at) return undefined;
    return { ...now, due: until && until < now.at ? until : now.at };
  });
}

/** Whoever was sending it is dead, or so slow that nobody can tell: never again, but looked for. */
async function abandon(services: Parts, intent: Intent): Promise<void> {
  const moment = { now: services.clock(), id: services.ids() };
  const step: Step = (now) =>
    now.state === 'sending' && now.due && now.due <= moment.now ? lost(now, moment) : undefined;
  await stepIntent(services, intent.tenant, intent.id, step, intent);
}
