import type { PictureToSend, TakesPictures, Uploaded } from '../../networks/publishing.js';
import { fitPicture } from '../../platform/pictures.js';
import { advance, workerName } from '../../rules/publishing/advance.js';
import type { Intent, Why } from '../../rules/publishing/intent.js';
import { after, minuteMs } from '../../rules/publishing/times.js';
import type { Parts } from '../core/parts.js';
import { wayOf } from './actOf.js';
import { askNetwork } from './askNetwork.js';
import { isCarried, isOpen, isTimeToCarry, momentOf } from './carrying.js';
import { stepIntent } from './ledger.js';
import { closeMedia, openMedia } from './media.js';
import { openPicture } from './pictures.js';

/** Whether a held intent has pictures to carry over now, so that only the last call is left at its time. */
export const isToUpload = (intent: Intent, now: Date): boolean =>
  intent.pictures !== undefined && isTimeToCarry(intent, now);

/**
 * In the hold: a trouble now is no trouble yet, since it is tried again when its time comes. When a planned one is looked
 * at next is for whoever foresees it to say.
 */
export async function uploadAhead(services: Parts, intent: Intent): Promise<void> {
  const done = await upload(services, intent);
  await stepIntent(services, intent.tenant, intent.id, (now) => {
    if (now.state !== 'held') return undefined;
    const moment = momentOf(services);
    const set = { ...(now.scheduled ? {} : { due: now.at ?? moment.now }), ...('code' in done ? {} : done) };
    return advance(now, workerName, moment, { to: 'held', set, operation: 'send', quiet: true });
  });
}

type Carried = { uploads: readonly string[]; uploadedAt: Date };

/** Before the mark: the intent with its pictures at the network, or what stands in the way. Repeating it does no harm. */
export async function withUploads(services: Parts, intent: Intent): Promise<Intent | Why> {
  if (!intent.pictures || isCarried(intent, services.clock())) return intent;
  const done = await upload(services, intent);
  if ('code' in done) return done;
  const written = await stepIntent(services, intent.tenant, intent.id, (now) =>
    isOpen(now)
      ? advance(now, workerName, momentOf(services), { to: now.state, set: done, operation: 'send', quiet: true })
      : undefined,
  );
  return written ?? { ...intent, ...done };
}

async function upload(services: Parts, intent: Intent): Promise<Carried | Why> {
  const takes = wayOf(services.networks, intent)?.pictures;
  const pictures = takes && (await fitted(services, intent, takes));
  if (!takes || !pictures) return { code: 'pictureRefused', text: 'A picture is not kept any more.' };
  const addresses = takes.isFetched ? await openMedia(services, intent) : [];
  const sent = pictures.map((one, at) => ({ ...one, ...(addresses[at] ? { address: addresses[at] } : {}) }));
  const done: Uploaded = await askNetwork(services, intent, (_, tokens, author) =>
    takes.upload(tokens, { author, wire: intent.wire, pictures: sent }),
  ).finally(() => closeMedia(services, addresses));
  if (done.kind === 'ready') return { uploads: done.ids, uploadedAt: services.clock() };
  if (done.kind === 'cannot') return { code: 'pictureRefused', text: done.why };
  return { code: 'networkWaits', until: done.at ?? after(services.clock(), minuteMs) };
}

async function fitted(
  services: Parts,
  { tenant, pictures = [] }: Intent,
  takes: TakesPictures,
): Promise<PictureToSend[] | undefined> {
  const made: PictureToSend[] = [];
  for (const { id, alt } of pictures) {
    const kept = await openPicture(services, tenant, id);
    if (!kept) return undefined;
    // One that is fetched is fitted when it is, at its address.
    const { bytes, type } = takes.isFetched ? kept : await fitPicture(kept, takes);
    made.push({ bytes, type, alt });
  }
  return made;
}

/** The pictures that go with the text. */
export const attached = ({ pictures, uploads = [] }: Intent): { id: string; alt: string }[] =>
  (pictures ? uploads : []).map((id, at) => ({ id, alt: pictures?.[at]?.alt ?? '' }));
