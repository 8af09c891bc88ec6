import { createHash } from 'node:crypto';
import { dayMs } from '../../platform/spans.js';
import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { failure } from './linkedinDoor.js';
import { denied, mayPublish, type SignedIn, writes } from './linkedinRights.js';
import type { FakePost } from './posts.js';
import type { FakePieces } from './uploads.js';

/** Of every piece but the last. */
const step = 4 * 1024 * 1024;
const mostBytes = 500_000_000;
/** A video is processed for so long. */
const processingMs = 10_000;

/** Videos of pretend LinkedIn, or undefined when the call is about something else. */
export function answerVideos(world: FakeWorld, call: Call, signedIn: SignedIn): Reply | undefined {
  const action = call.path === '/rest/videos' && call.method === 'POST' ? call.query.get('action') : undefined;
  if (action === 'initializeUpload') return begin(world, call, signedIn);
  if (action === 'finalizeUpload') return finalize(world, call, signedIn);
  const id = decodeURIComponent(/^\/rest\/videos\/([^/]+)$/.exec(call.path)?.[1] ?? '');
  return id && call.method === 'GET' ? show(world, signedIn, id) : undefined;
}

type Request = {
  owner?: string;
  fileSizeBytes?: number;
  video?: string;
  uploadToken?: string;
  uploadedPartIds?: unknown;
};
const requestIn = (call: Call, name: string) => JSON.parse(call.fields.get(name) ?? '{}') as Request;

function begin(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const { owner = '', fileSizeBytes: size = 0 } = requestIn(call, 'initializeUploadRequest');
  if (!mayPublish(signedIn(writes(owner)), owner)) return denied;
  const isRefused = world.faults.take('linkedin', 'uploadRefused') !== undefined;
  if (isRefused || !Number.isSafeInteger(size) || size <= 0 || size > mostBytes)
    return failure(400, 0, 'INVALID_VALUE_FOR_FIELD', 'Invalid value for fileSizeBytes');
  if (isLost(world)) return lost;
  const video = `urn:li:video:D4E${world.posts.next()}`;
  const token = world.state.issue('ut-');
  world.pieces.set(video, { owner, token, size, pieces: [], isVideo: false });
  const uploadInstructions = Array.from({ length: Math.ceil(size / step) }, (_, at) => ({
    uploadUrl: `https://www.linkedin.com/dms-uploads/sp/${video.slice(13)}/uploaded-video/${at}?ut=${token}`,
    firstByte: at * step,
    lastByte: Math.min(size, (at + 1) * step) - 1,
  }));
  const uploadUrlsExpireAt = world.state.now() + dayMs;
  return json(200, { value: { uploadUrlsExpireAt, video, uploadInstructions, uploadToken: token } });
}

const pieceForm = /^\/dms-uploads\/sp\/(\w+)\/uploaded-video\/(\d+)$/;
export const isPiece = ({ path }: Call): boolean => pieceForm.test(path);

/**
 * The address is the right to it: whoever sends a token along gives it away. Pieces are taken one after the other, or the last
 * one once more.
 */
export function putPiece(world: FakeWorld, call: Call): Reply {
  const [, name = '', number = ''] = pieceForm.exec(call.path) ?? [];
  const upload = known(world, `urn:li:video:${name}`);
  if (!upload || call.query.get('ut') !== upload.token || upload.wholeAt) return { status: 403 };
  const { authorization, 'linkedin-version': version, 'content-type': type } = call.headers;
  const at = Number(number);
  const length = Math.min(upload.size, (at + 1) * step) - at * step;
  const isFine = call.method === 'PUT' && type === 'application/octet-stream' && call.body.length === length;
  if (authorization || version || !isFine || at > upload.pieces.length) return { status: 400 };
  const hash = (upload.pieces[at - 1]?.hash.copy() ?? createHash('sha256')).update(call.body);
  const tag = `/ambry-video/signedId/${name}-${at}-${world.posts.next()}`;
  upload.pieces = [...upload.pieces.slice(0, at), { tag, hash }];
  if (at === 0) upload.isVideo = call.body.toString('latin1', 4, 8) === 'ftyp';
  return isLost(world) ? lost : { status: 200, headers: { etag: `"${tag}"` } };
}

function finalize(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const { video = '', uploadToken, uploadedPartIds } = requestIn(call, 'finalizeUploadRequest');
  const upload = known(world, video);
  if (!upload) return failure(400, 0, 'INVALID_VIDEO_ID', 'Invalid video');
  if (!mayPublish(signedIn(writes(upload.owner)), upload.owner)) return denied;
  const tags = upload.pieces.map(({ tag }) => tag);
  const isAll =
    tags.length === Math.ceil(upload.size / step) && JSON.stringify(uploadedPartIds) === JSON.stringify(tags);
  if (upload.wholeAt || uploadToken !== upload.token || !isAll)
    return failure(400, 0, 'UPDATING_ASSET_FAILED', 'The parts are not those of the video');
  upload.wholeAt = world.state.now();
  return isLost(world) ? lost : { status: 200 };
}

/** A member's sign-in may not ask. */
function show(world: FakeWorld, signedIn: SignedIn, id: string): Reply {
  signedIn('r_organization_social');
  const upload = known(world, id);
  if (!upload) return failure(404, 0, 'NOT_FOUND', `Could not find entity ${id}`);
  if (!upload.owner.startsWith('urn:li:organization:')) return denied;
  return json(200, { id, owner: upload.owner, status: statusOf(world, upload) });
}

function statusOf(world: FakeWorld, { wholeAt, isVideo }: FakePieces) {
  if (!wholeAt) return 'WAITING_UPLOAD';
  if (wholeAt + processingMs > world.state.now()) return 'PROCESSING';
  return isVideo ? 'AVAILABLE' : 'PROCESSING_FAILED';
}

/** The video of a new post, or why there is none; undefined: it is not about one. */
export function videoOf(
  world: FakeWorld,
  call: Call,
  author: string,
): Pick<FakePost, 'video' | 'media'> | Reply | undefined {
  const content = JSON.parse(call.fields.get('content') ?? '{}') as { media?: { id?: string; title?: string } };
  const { id = '', title } = content.media ?? {};
  if (!id.startsWith('urn:li:video:')) return undefined;
  const upload = known(world, id);
  if (upload?.owner !== author) return failure(400, 0, 'INVALID_VIDEO_ID', 'Invalid video');
  const status = statusOf(world, upload);
  if (status !== 'AVAILABLE') return failure(400, 0, `MEDIA_ASSET_${status}`, 'The video is not ready');
  const hash = upload.pieces.at(-1)?.hash.copy().digest('base64url') ?? '';
  return { video: { ...(title ? { title } : {}), bytes: upload.size, hash }, media: [{ id, alt: '' }] };
}

function known(world: FakeWorld, video: string): FakePieces | undefined {
  if (world.faults.take('linkedin', 'uploadForgotten')) world.pieces.delete(video);
  return world.pieces.get(video);
}

const isLost = (world: FakeWorld) => world.faults.take('linkedin', 'uploadLost') !== undefined;
/** Done, and the answer does not arrive. */
const lost: Reply = { status: 0, isLost: true };
