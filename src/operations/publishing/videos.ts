import { createHash } from 'node:crypto';
import { megabyte, sizeWords } from '../../platform/bytes.js';
import { readVideo } from '../../platform/videos.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { after, dayMs, hourMs } from '../../rules/publishing/times.js';
import type { SaidOfVideo, Video } from '../../rules/publishing/video.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import type { VideoDoc } from '../../store/pictureDocs.js';
import { partBytes, readRange } from '../../store/sealedFiles.js';
import type { Needs } from '../core/parts.js';

type Keeps = Needs<'collections' | 'files' | 'clock' | 'ids'>;
type Whose = { tenant: TenantId; id: PersonId };
/** What one person can have on the way or waiting at a time. */
const mostKept = 20;
/** A slow line needs an hour for what the limit allows. */
export const comesMs = 2 * hourMs;

export { partBytes };
export const partsOf = (bytes: number): number => Math.ceil(bytes / partBytes);
/** How many bytes a part has to have. */
export const partLength = (bytes: number, part: number): number => Math.min(partBytes, bytes - part * partBytes);

/** Somebody begins to send a video of so many bytes: written down before the first of them is. */
export async function beginVideo(
  { collections, clock, ids }: Keeps,
  { tenant, id: person }: Whose,
  bytes: number,
  mostMb: number,
): Promise<VideoDoc | Refusal> {
  if (mostMb === 0) return refuse('noVideosHere');
  if (bytes === 0) return refuse('videoMissing');
  if (bytes > mostMb * megabyte) return refuse('videoTooBig', sizeWords(bytes), String(mostMb));
  if ((await collections.videos.count(tenant, { person }, mostKept)) >= mostKept)
    return refuse('tooManyVideos', String(mostKept));
  const doc: VideoDoc = { tenant, id: ids(), version: 1, person, bytes, due: after(clock(), comesMs) };
  await collections.videos.insert(doc);
  return doc;
}

/** Writes down what a video is, once all of it is here and can be sent. What cannot be is taken away again. */
export async function finishVideo(services: Keeps, doc: VideoDoc, said: SaidOfVideo): Promise<Video | Refusal> {
  const of = { tenant: doc.tenant, file: doc.id };
  const hash = await hashOf(services, doc);
  if (!hash) return refuse('videoCut');
  const read = await readVideo(doc.bytes, (from, to) => readRange(services.files, of, from, to));
  if (read.kind === 'no') {
    await dropVideo(services, doc);
    return refuse('videoRefused', read.sentence, read.fix);
  }
  const { kind: _, ...facts } = read;
  const video: Video = { id: doc.id, hash, bytes: doc.bytes, ...facts, ...said };
  const due = after(services.clock(), hourMs);
  const isWritten = await services.collections.videos.replace(
    { ...doc, version: doc.version + 1, video, due },
    doc.version,
  );
  return isWritten ? video : refuse('videoCut');
}

/** Of all its bytes, a part at a time; undefined when one is missing, or has another length. */
async function hashOf({ files }: Needs<'files'>, { tenant, id: file, bytes }: VideoDoc): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (let part = 0; part < partsOf(bytes); part++) {
    const read = await files.read({ tenant, file, part });
    if (read?.length !== partLength(bytes, part)) return undefined;
    hash.update(read);
  }
  return hash.digest('base64url');
}

/** A video by its id: one's own, or that of a post that one may put another in the place of. */
export async function usableVideo(
  { collections }: Needs<'collections'>,
  { tenant, id }: Whose,
  video: string,
  replaced: readonly Intent[],
): Promise<Video | undefined> {
  const doc = await collections.videos.get(tenant, video);
  const theirs = replaced.some(({ videoId }) => videoId === video);
  return doc && (doc.person === id || theirs) ? doc.video : undefined;
}

/** A preview or a post in one of these may still show or send its video. */
const needing = ['asked', 'toApprove', 'held', 'waiting', 'sending', 'unknown', 'toSettle', 'notSent'];
/** What nobody has settled or sent again so long after its time keeps its video no longer. */
const mostMs = 31 * dayMs;
const againMs = hourMs / 6;

type Drops = Needs<'collections' | 'files' | 'clock'>;

/** The file first: what a crash leaves is a document that leads to nothing, and that goes the next time. */
export async function dropVideo({ collections, files }: Omit<Drops, 'clock'>, { tenant, id }: VideoDoc): Promise<void> {
  await files.drop(tenant, id);
  await collections.videos.delete(tenant, id);
}

/** Takes away the videos of what has ended, and those that never came whole or belong to nothing. */
export async function dropVideos(services: Drops, tenant: TenantId): Promise<void> {
  const { videos } = services.collections;
  const now = services.clock();
  for (const doc of await videos.find(tenant, { due: { lte: now } }, { limit: 100 })) {
    if (await isNeeded(services, doc))
      await videos.replace({ ...doc, version: doc.version + 1, due: after(now, againMs) }, doc.version);
    else await dropVideo(services, doc);
  }
}

/** The same for one post, as soon as it has ended and nothing of it is out. */
export async function dropVideoOf(services: Drops, { tenant, videoId }: Intent): Promise<void> {
  const doc = videoId ? await services.collections.videos.get(tenant, videoId) : undefined;
  if (doc && !(await isNeeded(services, doc))) await dropVideo(services, doc);
}

async function isNeeded({ collections, clock }: Drops, { tenant, id }: VideoDoc): Promise<boolean> {
  const found = await collections.intents.find(tenant, { videoId: id, state: { in: needing } });
  return found.some(({ at, askedAt }) => after(at ?? askedAt, mostMs) > clock());
}
