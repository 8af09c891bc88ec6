import { nameOf } from '../../rules/access.js';
import { auditEntry, bySystem } from '../../rules/entries.js';
import { advance, toAuthor, workerName } from '../../rules/publishing/advance.js';
import { actWord, type Intent, isBeforeSending } from '../../rules/publishing/intent.js';
import type { OutboxEntry, ProfileId, TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { type Step, stepIntent, underWay } from './ledger.js';

type FreezeNeeds = Needs<'collections' | 'clock' | 'ids' | 'follow'>;
const batch = 200;

/** Posts that waited because of a freeze are looked at again: those that are not too late go out, the others ask. */
export function wakeIntents(services: FreezeNeeds, tenant: TenantId, profile?: ProfileId): Promise<void> {
  const isThawed = ({ why }: Intent) => why?.code === 'frozen';
  return wakeWaiting(services, tenant, isThawed, profile);
}

/** Posts that wait for something that is over now. */
export async function wakeWaiting(
  services: FreezeNeeds,
  tenant: TenantId,
  isOver: (intent: Intent) => boolean,
  profile?: ProfileId,
): Promise<void> {
  const where = { state: 'waiting', ...(profile ? { profile } : {}) };
  const now = services.clock();
  const wake: Step = (intent) =>
    intent.state === 'waiting' && isOver(intent)
      ? advance(
          intent,
          workerName,
          { now, id: services.ids() },
          { to: 'waiting', set: { due: now }, operation: 'thaw', quiet: true },
        )
      : undefined;
  for (const seen of await services.collections.intents.find(tenant, where, { limit: 10 * batch })) {
    await stepIntent(services, tenant, seen.id, wake, seen);
  }
}

/** The profile is gone: what waits with it stops, and its authors hear of it. */
export async function stopIntents(services: FreezeNeeds, tenant: TenantId, profile: ProfileId): Promise<void> {
  const where = { profile, state: { in: ['asked', 'toApprove', 'held', 'waiting'] } };
  const stop: Step = (intent) => (isBeforeSending(intent.state) ? gone(services, intent) : undefined);
  for (const seen of await services.collections.intents.find(tenant, where)) {
    await stepIntent(services, tenant, seen.id, stop, seen);
  }
}

function gone(services: FreezeNeeds, intent: Intent): Intent {
  const wasAsked = intent.state === 'asked';
  return advance(
    intent,
    workerName,
    { now: services.clock(), id: services.ids() },
    {
      to: 'stopped',
      set: { why: { code: 'profileGone' } },
      without: ['due', 'foreseen'],
      operation: 'undo',
      ...(wasAsked
        ? {}
        : { what: `stopped a ${actWord(intent)} of ${intent.author.name}, since the profile was deleted` }),
      notices: wasAsked
        ? []
        : [
            toAuthor(
              intent,
              workerName.id,
              `Your ${actWord(intent)} with ${intent.handle} is stopped`,
              'The profile was deleted here. Nothing went out.',
            ),
          ],
    },
  );
}

const drillStepMs = 500;
const drillLimitMs = 150_000;

/** A drill is over once nothing is on its way: it thaws by itself and says how long that took. */
export async function endDrill(
  services: FreezeNeeds,
  tenant: TenantId,
  entry: Extract<OutboxEntry, { kind: 'endDrill' }>,
): Promise<OutboxEntry[]> {
  const now = services.clock();
  const profile = await services.collections.profiles.get(tenant, entry.profile);
  if (!profile?.frozen?.drill) return [];
  const { by, at } = profile.frozen;
  const tookMs = now.getTime() - at.getTime();
  const busy = await underWay(services, tenant, entry.profile);
  if (busy.length > 0 && tookMs < drillLimitMs) {
    return [{ ...entry, tries: (entry.tries ?? 0) + 1, after: new Date(now.getTime() + drillStepMs) }];
  }
  const took = `${(tookMs / 1000).toFixed(1)} seconds`;
  const moment = { now, id: entry.id.replace(/:drill$/, ':thaw') };
  await update(services.collections.profiles, tenant, entry.profile, (found) => {
    if (!found?.frozen?.drill) return undefined;
    const { frozen: _, ...rest } = found;
    return { ...rest, revision: found.revision + 1 };
  });
  const text =
    busy.length > 0
      ? `After ${took} something was still on its way.`
      : `Nothing was on its way after ${took}. It is thawed again.`;
  return [
    auditEntry(bySystem('bot', tenant, moment), {
      operation: 'thaw',
      what: `ended the drill after ${took}`,
      about: profile,
    }),
    {
      id: `${moment.id}:notice`,
      kind: 'notice',
      notice: {
        ...{ to: { person: by.id }, from: workerName.id, text, about: profile.type },
        title: `The drill with ${nameOf(profile)} is over`,
      },
    },
    { id: `${moment.id}:wake`, kind: 'wakeIntents', profile: entry.profile },
  ];
}

/** What could not be called back when somebody froze: each is named, with its author. */
export async function underWayNotes(
  services: Needs<'collections' | 'clock'>,
  tenant: TenantId,
  profile?: ProfileId,
): Promise<string[]> {
  const found = await underWay(services, tenant, profile);
  if (found.length === 0) return ['Nothing was on its way at that moment.'];
  return found.map((one) => `On its way already: a ${actWord(one)} of ${one.author.name} with ${one.handle}.`);
}
