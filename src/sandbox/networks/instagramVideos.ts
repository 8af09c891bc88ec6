import { createHash } from 'node:crypto';
import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import type { FakeMedia, FakeReel } from './media.js';
import { type MayAct, metaError } from './meta.js';
import { asBearer } from './metaUploads.js';
import { coming, hashOf, take } from './uploads.js';

const mostBytes = 300_000_000;
/** A container is worked on for so many looks. */
const looksBusy = 1;
export const hoursKept = 24;

type Made = Pick<FakeMedia, 'id' | 'by' | 'alt' | 'at'>;

/** A reel to be. What is sent comes later, which this login's own host does not know of; else it is fetched. */
export async function containReel(world: FakeWorld, call: Call, made: Made, caption: string): Promise<Reply> {
  const isSent = call.host === 'graph.facebook.com' && call.fields.get('upload_type') === 'resumable';
  const address = call.fields.get('video_url');
  if (!isSent && !address) return metaError(100, 'The parameter video_url is required');
  const reel = address && !isSent ? await fetchedReel(world, address) : { looks: 0 };
  world.media.keep('instagram', { ...made, container: { caption, reel } });
  const uri = `https://rupload.facebook.com/ig-api-upload/v27.0/${made.id}`;
  return json(200, { id: made.id, ...(isSent ? { uri } : {}) });
}

/** Only from this machine. What goes wrong is said by the container. */
async function fetchedReel(world: FakeWorld, address: string): Promise<FakeReel> {
  if (world.faults.take('instagram', 'uploadRefused')) return { looks: 0, failed: 2207026 };
  const isHere = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(address);
  const answer = isHere ? await fetch(address, { redirect: 'manual' }).catch(() => undefined) : undefined;
  const isVideo = /^video\/(mp4|quicktime)$/.test(answer?.headers.get('content-type') ?? '');
  if (answer?.status !== 200 || !isVideo || !answer.body) return { looks: 0, failed: 2207052 };
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const some of answer.body as unknown as AsyncIterable<Uint8Array>) {
    hash.update(some);
    bytes += some.length;
  }
  return { looks: 0, video: { bytes, hash: hash.digest('base64url') } };
}

const refused = (type: string, message: string): Reply =>
  json(400, { debug_info: { retriable: false, type, message } });

/** `rupload.facebook.com`: the bytes of a reel, from where it stands to its end. */
export function answerReelBytes(world: FakeWorld, call: Call, mayAct: (call: Call) => MayAct): Reply {
  const id = /^(?:\/v\d+\.\d+)?\/ig-api-upload\/v\d+\.\d+\/(\d+)$/.exec(call.path)?.[1] ?? '';
  const kept = world.media.of('instagram', id);
  const asked = asBearer(call);
  const reel = kept?.container?.reel;
  if (call.method !== 'POST' || !asked || !kept || !reel)
    return refused('NotAuthorizedError', 'User not authorized to perform this request');
  const no = mayAct(asked)(kept.by);
  if (no) return no;
  const size = Number(call.headers.file_size);
  if (!(size > 0) || size > mostBytes) return refused('ProcessingFailedError', 'Request processing failed');
  const upload = world.metaUploads.get(id) ?? coming(size);
  world.metaUploads.set(id, upload);
  if (Number(call.headers.offset) !== upload.has || reel.video)
    return refused('OffsetInvalidError', 'Request starting offset is invalid');
  if (upload.has + call.body.length !== size)
    return refused('PartialRequestError', 'Partial request (did not match length of file)');
  return taken(world, call, kept, reel);
}

function taken(world: FakeWorld, { body }: Call, kept: FakeMedia, reel: FakeReel): Reply {
  const { faults, metaUploads } = world;
  const upload = metaUploads.get(kept.id);
  if (faults.take('instagram', 'uploadRefused')) return refused('ProcessingFailedError', 'Request processing failed');
  if (faults.take('instagram', 'uploadForgotten')) {
    keptWith(world, kept, { ...reel, isForgotten: true });
    return json(500, {});
  }
  if (!upload) return json(500, {});
  if (faults.take('instagram', 'uploadLost')) {
    take(upload, body.subarray(0, Math.floor(body.length / 2)));
    return { status: 0, isLost: true };
  }
  take(upload, body);
  keptWith(world, kept, { ...reel, video: { bytes: upload.has, hash: hashOf(upload) } });
  return json(200, { success: true, message: 'Upload successful.' });
}

/** How far a reel is; asking lets it go on. */
export function reelState(world: FakeWorld, kept: FakeMedia): { status_code: string; [field: string]: unknown } {
  const { container } = kept;
  const reel = container?.reel ?? { looks: 0 };
  const isOld = world.state.now() - kept.at > hoursKept * 3_600_000;
  if (container?.isPublished) return { status_code: 'PUBLISHED' };
  if (world.faults.take('instagram', 'uploadForgotten'))
    return reelState(world, keptWith(world, kept, { ...reel, isForgotten: true }));
  if (reel.isForgotten || isOld) return { status_code: 'EXPIRED' };
  if (reel.failed)
    return { status_code: 'ERROR', status: `Error: Media upload has failed with error code ${reel.failed}` };
  if (reel.video && reel.looks >= looksBusy) return { status_code: 'FINISHED' };
  if (reel.video) keptWith(world, kept, { ...reel, looks: reel.looks + 1 });
  const bytes = reel.video?.bytes ?? world.metaUploads.get(kept.id)?.has ?? 0;
  const phase = { status: reel.video ? 'complete' : 'in_progress', bytes_transferred: bytes };
  return { status_code: 'IN_PROGRESS', video_status: { uploading_phase: phase } };
}

function keptWith(world: FakeWorld, kept: FakeMedia, reel: FakeReel): FakeMedia {
  const now = { ...kept, container: { caption: '', ...kept.container, reel } };
  world.media.keep('instagram', now);
  return now;
}
