import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import type { FakePost } from './posts.js';
import { publish } from './publish.js';
import type { Standing } from './tokens.js';
import { coming, type FakeUpload, take } from './uploads.js';
import { type Failure, ownChannel, video } from './youtubeVideos.js';

const path = '/upload/youtube/v3/videos';
const scope = 'https://www.googleapis.com/auth/youtube.upload';
/** Of every piece but the last. */
const step = 256 * 1024;

type Body = { title?: string; description?: string };
type Status = { privacyStatus?: string; selfDeclaredMadeForKids?: boolean };

/** Uploads to pretend YouTube, or undefined when the call is about something else. */
export function answerUploads(
  world: FakeWorld,
  call: Call,
  signedIn: () => Standing,
  failure: Failure,
): Reply | undefined {
  if (call.path !== path) return undefined;
  const who = signedIn();
  if (!who.scopes.includes(scope))
    return failure(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
  if (world.faults.take('youtube', 'uploadLost')) return { status: 0, isLost: true };
  if (call.method === 'POST') return begin(world, call, who, failure);
  return call.method === 'PUT' ? goOn(world, call, failure) : undefined;
}

function begin(world: FakeWorld, call: Call, who: Standing, failure: Failure): Reply {
  if (call.query.get('uploadType') !== 'resumable') return failure(400, 'badRequest', 'Only resumable uploads.');
  if (world.faults.take('youtube', 'uploadRefused'))
    return failure(400, 'uploadLimitExceeded', 'The user has exceeded the number of videos they may upload.');
  const snippet = JSON.parse(call.fields.get('snippet') ?? '{}') as Body;
  const status = JSON.parse(call.fields.get('status') ?? '{}') as Status;
  const { title = '', description = '' } = snippet;
  if (title === '' || [...title].length > 100 || /[<>]/.test(title))
    return failure(400, 'invalidTitle', 'The request metadata specifies an invalid or empty video title.');
  if (Buffer.byteLength(description) > 5000 || /[<>]/.test(description))
    return failure(400, 'invalidDescription', 'The request metadata specifies an invalid video description.');
  const size = Number(call.headers['x-upload-content-length']);
  if (!(size > 0)) return failure(400, 'mediaBodyRequired', 'The request does not include the video content.');
  const id = world.state.issue('AHm');
  // What is left out is public.
  const { privacyStatus: privacy = 'public', selfDeclaredMadeForKids: madeForKids = false } = status;
  const draft = { author: ownChannel(who), text: description, title, privacy, madeForKids };
  world.uploads.set(id, { draft, ...coming(size) });
  const location = `https://www.googleapis.com${path}?uploadType=resumable&part=snippet,status&upload_id=${id}`;
  return { status: 200, headers: { location } };
}

/** `bytes 0-99/1000`, or `bytes *` `/1000` to ask where it stands. */
const rangeForm = /^bytes (?:\*|(\d+)-(\d+))\/(\d+)$/;

function goOn(world: FakeWorld, call: Call, failure: Failure): Reply {
  const id = call.query.get('upload_id') ?? '';
  if (world.faults.take('youtube', 'uploadForgotten')) world.uploads.delete(id);
  const upload = world.uploads.get(id);
  if (!upload) return { status: 404 };
  const [, from, to, size] = rangeForm.exec(call.headers['content-range'] ?? '') ?? [];
  if (Number(size) !== upload.size) return failure(400, 'badRequest', 'Failed to parse Content-Range header.');
  if (upload.made) return doneAs(world, upload.made);
  if (from === undefined) return soFar(upload);
  const isLast = Number(to) + 1 === upload.size;
  const isWhole = Number(to) - Number(from) + 1 === call.body.length && (isLast || call.body.length % step === 0);
  if (Number(from) !== upload.has || !isWhole)
    return failure(400, 'badRequest', 'Invalid request. The range is wrong.');
  if (!isLast) {
    take(upload, call.body);
    return soFar(upload);
  }
  return make(world, id, upload, call.body);
}

/** The last byte makes the video. */
function make(world: FakeWorld, session: string, upload: FakeUpload, last: Buffer): Reply {
  const { draft, size } = upload;
  const { author, text, ...said } = draft;
  const hash = upload.hash.copy().update(last).digest('base64url');
  const number = world.posts.next().toString(36).slice(-11).padStart(11, '0');
  const made: Omit<FakePost, 'at'> = {
    ...{ network: 'youtube', id: number, author, text },
    video: { ...said, bytes: size, hash },
  };
  const retry: Reply = json(503, {
    error: { code: 503, message: 'Backend Error', errors: [{ reason: 'backendError' }] },
  });
  const reply = publish(world, made, {
    good: (post) => json(200, video(post)),
    pleaseRetry: () => retry,
    ghost: () => retry,
  });
  if (world.posts.wasMade('youtube', number)) world.uploads.set(session, { ...upload, has: size, made: number });
  return reply;
}

function doneAs(world: FakeWorld, id: string): Reply {
  const post = world.posts.shown('youtube', id);
  return post ? json(200, video(post)) : json(200, { kind: 'youtube#video', id });
}

const soFar = ({ has }: FakeUpload): Reply => ({
  status: 308,
  ...(has > 0 ? { headers: { range: `bytes=0-${has - 1}` } } : {}),
});
