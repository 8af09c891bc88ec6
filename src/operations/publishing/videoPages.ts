import { after } from '../../rules/publishing/times.js';
import { privacies, type SaidOfVideo, type Video } from '../../rules/publishing/video.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { VideoDoc } from '../../store/pictureDocs.js';
import type { Needs, Parts } from '../core/parts.js';
import { type OpenPage, putIntoPreview } from './picturePages.js';
import { beginVideo, comesMs, dropVideo, finishVideo, partLength, partsOf } from './videos.js';

type Coming = Needs<'collections' | 'files' | 'clock' | 'ids'>;

/** A video is about to come from this page, in place of one that came only half. The address lasts as long as that may take. */
export async function beginOnPage(services: Coming, open: OpenPage, bytes: number): Promise<VideoDoc | Refusal> {
  const { page, mostMb } = open;
  const { tenant, person: id } = page;
  await forgetComing(services, open);
  const doc = await beginVideo(services, { tenant, id }, bytes, mostMb);
  if ('sentence' in doc) return doc;
  const next = { ...page, version: page.version + 1, video: doc.id, expires: after(services.clock(), comesMs) };
  if (await services.collections.picturePages.replace(next, page.version)) return doc;
  await dropVideo(services, doc);
  return refuse('picturePageGone');
}

const comingOn = async ({ collections }: Needs<'collections'>, { page }: OpenPage): Promise<VideoDoc | undefined> =>
  page.video ? collections.videos.get(page.tenant, page.video) : undefined;

async function forgetComing(services: Coming, open: OpenPage): Promise<void> {
  const doc = await comingOn(services, open);
  if (doc && !doc.video) await dropVideo(services, doc);
}

/** Keeps one part of it; the same again changes nothing. False: it is no part of what was announced. */
export async function keepPart(services: Coming, open: OpenPage, part: number, bytes: Buffer): Promise<boolean> {
  const doc = await comingOn(services, open);
  if (!doc || doc.video || !(part >= 0 && part < partsOf(doc.bytes))) return false;
  if (bytes.length !== partLength(doc.bytes, part)) return false;
  await services.files.write({ tenant: doc.tenant, file: doc.id, part }, bytes);
  return true;
}

/** What was written into the page's boxes, as far as it is asked for: undefined while something of that is missing. */
export function saidIn(form: URLSearchParams, { asks }: OpenPage): SaidOfVideo | undefined {
  const title = (form.get('title') ?? '').trim();
  const privacy = privacies.find((one) => one === form.get('privacy'));
  const kids = form.get('kids');
  if (asks.title && ((asks.title === 'needed' && title === '') || title.length > asks.titleMost)) return undefined;
  if (asks.audience && (!privacy || (kids !== 'yes' && kids !== 'no'))) return undefined;
  return {
    ...(asks.title && title ? { title } : {}),
    ...(asks.audience && privacy ? { privacy, madeForKids: kids === 'yes' } : {}),
  };
}

/** Puts the video that came, or the one that was there, into a new preview with what was said of it; or takes it off. */
export async function addVideo(
  services: Parts,
  open: OpenPage,
  said: SaidOfVideo | 'off' | undefined,
): Promise<Refusal | undefined> {
  if (said === 'off') return putIntoPreview(services, open.page, {});
  if (!said) return refuse('videoUnsaid');
  const coming = await comingOn(services, open);
  if (open.page.video && !coming) return refuse('videoCut');
  const kept =
    coming && !coming.video ? await finishVideo(services, coming, said) : await sayAnew(services, open, said);
  if ('sentence' in kept) return kept;
  return putIntoPreview(services, open.page, { video: kept.id });
}

/** Other words for a video that is here already. */
async function sayAnew({ collections }: Coming, open: OpenPage, said: SaidOfVideo): Promise<{ id: string } | Refusal> {
  const id = open.page.video ?? open.video?.id;
  if (!id) return refuse('videoMissing');
  const doc = await collections.videos.get(open.page.tenant, id);
  if (!doc?.video) return refuse('videoGone');
  const isWritten = await collections.videos.replace(
    { ...doc, version: doc.version + 1, video: { ...factsOf(doc.video), ...said } },
    doc.version,
  );
  return isWritten ? { id } : refuse('previewOld');
}

const factsOf = ({ title: _, privacy: __, madeForKids: ___, ...facts }: Video) => facts;
