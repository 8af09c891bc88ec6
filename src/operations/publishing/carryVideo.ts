import type { Uploaded, VideoToSend } from '../../networks/publishing.js';
import { advance, workerName } from '../../rules/publishing/advance.js';
import type { Intent, Why } from '../../rules/publishing/intent.js';
import { after, minuteMs } from '../../rules/publishing/times.js';
import { holdLease } from '../../store/lease.js';
import { readRange } from '../../store/sealedFiles.js';
import { type About, VaultError } from '../../store/vault.js';
import type { Needs, Parts } from '../core/parts.js';
import { wayOf } from './actOf.js';
import { askNetwork } from './askNetwork.js';
import { isOpen, isTimeToCarry, momentOf } from './carrying.js';
import { stepIntent } from './ledger.js';
import { closeMedia, openMedia } from './media.js';

export const sessionAbout = ({ tenant, profile, id }: Intent): About => ({
  tenant,
  profile,
  person: id,
  purpose: 'session',
});

/** Whether a post has a video to carry over now, so that only the last call is left at its time. */
export const isToCarry = (intent: Intent, now: Date): boolean =>
  intent.video !== undefined && isOpen(intent) && isTimeToCarry(intent, now);

/** `elsewhere`: another process is at it. */
export type CarriedVideo = Intent | Why | 'elsewhere';

/** Carries the video over, in one process at a time, however long that takes. Nothing of it is to be seen yet. */
export async function carryVideo(services: Parts, intent: Intent, holder: string): Promise<CarriedVideo> {
  const lease = await holdLease(services, { tenant: intent.tenant, id: `video:${intent.id}`, holder });
  if (!lease) return 'elsewhere';
  try {
    const now = (await services.collections.intents.get(intent.tenant, intent.id)) ?? intent;
    if (!isToCarry(now, services.clock())) return now;
    return await carried(services, now, lease.isHeld);
  } finally {
    await lease.give();
  }
}

async function carried(services: Parts, intent: Intent, isMine: () => boolean): Promise<Intent | Why> {
  const takes = wayOf(services.networks, intent)?.videos;
  const video = videoToSend(services, intent, isMine);
  if (!takes || !video) return { code: 'videoRefused', text: 'The video is not kept any more.' };
  const opened: string[] = [];
  const address = async () => {
    const [one = ''] = await openMedia(services, intent);
    opened.push(one);
    return one;
  };
  const keep = keeper(services, intent);
  let known = sessionIn(services, intent);
  // Asked again with a fresh token, where the first one ends on the way: from where it is by then.
  const done = await askNetwork(services, intent, (_, tokens, author) =>
    takes.upload(tokens, {
      ...known,
      author,
      wire: intent.wire,
      video: { ...video, address },
      keep: async (session) => {
        known = { session };
        return keep(session);
      },
    }),
  );
  // While the network is not done with it, it may be fetching it still.
  if (done.kind !== 'later') await closeMedia(services, opened);
  return meaningOf(services, intent, done);
}

async function meaningOf(services: Parts, intent: Intent, done: Uploaded): Promise<Intent | Why> {
  if (done.kind === 'cannot') return { code: 'videoRefused', text: done.why };
  if (done.kind === 'later') return { code: 'networkWaits', until: done.at ?? after(services.clock(), minuteMs) };
  const moment = momentOf(services);
  const set = { uploads: done.ids, uploadedAt: moment.now };
  const written = await stepIntent(services, intent.tenant, intent.id, (now) => {
    if (!isOpen(now)) return undefined;
    const due = now.state === 'held' && !now.scheduled ? { due: now.at ?? moment.now } : {};
    return advance(now, workerName, moment, { to: now.state, set: { ...set, ...due }, operation: 'send', quiet: true });
  });
  return written ?? intent;
}

/** Writes down where its bytes go, before any of them does; false: they are not wanted any more. */
const keeper = (services: Parts, intent: Intent) => async (session: string) => {
  const sealedSession = services.vault.seal(session, sessionAbout(intent));
  const written = await stepIntent(services, intent.tenant, intent.id, (now) =>
    isOpen(now)
      ? advance(now, workerName, momentOf(services), {
          ...{ to: now.state, set: { sealedSession }, operation: 'send', quiet: true },
        })
      : undefined,
  );
  return written !== undefined;
};

/** Where its bytes went, if anywhere; a key that is gone means that nobody knows any more. */
export function sessionIn({ vault }: Needs<'vault'>, intent: Intent): { session?: string } {
  if (!intent.sealedSession) return {};
  try {
    return { session: vault.open(intent.sealedSession, sessionAbout(intent)) };
  } catch (error) {
    if (error instanceof VaultError) return {};
    throw error;
  }
}

/** The video with its bytes, which are read for as long as somebody wants them there. */
export function videoToSend(
  { files, collections }: Needs<'files' | 'collections'>,
  { tenant, id, video }: Intent,
  isMine: () => boolean = () => true,
): VideoToSend | undefined {
  if (!video) return undefined;
  const isWanted = async () => {
    const now = await collections.intents.get(tenant, id);
    return now !== undefined && (isOpen(now) || now.state === 'sending') && isMine();
  };
  return {
    ...video,
    read: async (from, to) => ((await isWanted()) ? readRange(files, { tenant, file: video.id }, from, to) : undefined),
  };
}

/** The network has forgotten what was carried over: it is carried over anew before the next try. */
export async function forgetCarried(services: Parts, intent: Intent): Promise<void> {
  await stepIntent(services, intent.tenant, intent.id, (now) => {
    if (!isOpen(now)) return undefined;
    const without = ['uploads', 'uploadedAt', 'sealedSession'] as const;
    return advance(now, workerName, momentOf(services), { to: now.state, without, operation: 'send', quiet: true });
  });
}
