import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { signedIn } from './facebookPermissions.js';
import { asPage, notThere, pageOfPosts, withoutMentions } from './facebookPosts.js';
import { fieldsOf, metaError, only } from './meta.js';
import { asBearer } from './metaUploads.js';
import { facebookPages } from './people.js';
import type { FakePost } from './posts.js';
import { publish } from './publish.js';
import { coming, hashOf, take } from './uploads.js';

const mostTitle = 255;
/** Worked on for so long. */
const busyMs = 5000;

/** Videos of pretend Pages, or undefined when the call is about something else. `path` comes without its version. */
export function answerPageVideos(world: FakeWorld, call: Call, version: string | undefined): Reply | undefined {
  const app = /^\/(\d+)\/uploads$/.exec(call.path)?.[1];
  const session = /^\/(upload:[\w-]+)$/.exec(call.path)?.[1];
  const page = /^\/(\d+)\/videos$/.exec(call.path)?.[1];
  const video = /^\/(\d+)$/.exec(call.path)?.[1];
  if (app && call.method === 'POST') return begin(world, call, app);
  if (session) return goOn(world, call, `${session}?sig=${call.query.get('sig')}`);
  if (page && call.method === 'GET') return list(world, call, page, version);
  // The same address on the other host takes files alone.
  if (page && call.method === 'POST' && call.host === 'graph-video.facebook.com') return create(world, call, page);
  const post = video ? world.posts.shown('facebook', video) : undefined;
  if (video && !post && world.posts.wasMade('facebook', video)) return notThere(video);
  return post ? one(world, call, post) : undefined;
}

function begin(world: FakeWorld, call: Call, app: string): Reply {
  const { grant, scopes } = signedIn(world, call);
  if (world.faults.take('facebook', 'uploadLost')) return { status: 0, isLost: true };
  const [size, type] = [Number(call.fields.get('file_length')), call.fields.get('file_type')];
  const isAllowed = grant.clientId === app && scopes.includes('pages_manage_posts');
  const isRefused = world.faults.take('facebook', 'uploadRefused') !== undefined;
  if (!isAllowed || isRefused || !(size > 0) || type !== 'video/mp4' || !call.fields.get('file_name'))
    return metaError(100, 'Invalid parameter');
  const id = `upload:${world.state.issue('MTp')}?sig=${world.state.issue('ARZ')}`;
  world.metaUploads.set(id, coming(size));
  return json(200, { id });
}

/** The bytes from where it stands, or the question where that is. The last of them make a handle. */
function goOn(world: FakeWorld, call: Call, id: string): Reply {
  const asked = asBearer(call);
  if (!asked) return metaError(190, 'Invalid OAuth access token.');
  signedIn(world, asked);
  if (world.faults.take('facebook', 'uploadForgotten')) world.metaUploads.delete(id);
  const upload = world.metaUploads.get(id);
  if (!upload) return notThere(id);
  if (call.method === 'GET') return json(200, { id, file_offset: upload.has });
  if (Number(call.headers.file_offset) !== upload.has || upload.has + call.body.length > upload.size)
    return metaError(100, 'Invalid file offset');
  if (world.faults.take('facebook', 'uploadLost')) {
    take(upload, call.body.subarray(0, Math.floor(call.body.length / 2)));
    return { status: 0, isLost: true };
  }
  take(upload, call.body);
  if (upload.has < upload.size) return json(200, { id, file_offset: upload.has });
  const handle = `4:dmlkZW8=:${world.posts.next()}-${world.metaUploads.size}`;
  world.metaUploads.set(handle, upload);
  return json(200, { h: handle });
}

function create(world: FakeWorld, call: Call, page: string): Reply {
  const refused = asPage(world, call, page, 'pages_manage_posts');
  if (refused) return refused;
  const handle = call.fields.get('fbuploader_video_file_chunk') ?? '';
  if (world.faults.take('facebook', 'uploadForgotten')) world.metaUploads.delete(handle);
  const upload = world.metaUploads.get(handle);
  if (!upload) return metaError(6000, 'Your video upload timed out.', { subcode: 1363030 });
  const title = call.fields.get('title');
  if ((title ?? '').length > mostTitle) return metaError(100, '(#100) Param title is too long');
  const text = withoutMentions(call.fields.get('description') ?? '');
  const video = { ...(title ? { title } : {}), bytes: upload.has, hash: hashOf(upload) };
  const draft = { network: 'facebook' as const, id: String(world.posts.next()), author: page, text, video };
  return publish(world, draft, {
    good: (post) => json(200, { id: post.id }),
    pleaseRetry: () =>
      metaError(2, 'An unexpected error has occurred. Please retry your request later.', { status: 500 }),
    ghost: () => metaError(506, 'Duplicate status message'),
  });
}

function list(world: FakeWorld, call: Call, page: string, version: string | undefined): Reply {
  const refused = asPage(world, call, page, 'pages_read_engagement');
  const videos = [...world.posts.shownBy('facebook', page)].filter(({ video }) => video);
  return refused ?? pageOfPosts(call, videos, version, (post) => shape(world, call, post));
}

function one(world: FakeWorld, call: Call, post: FakePost): Reply {
  const isRead = call.method === 'GET';
  const refused = asPage(world, call, post.author, isRead ? 'pages_read_engagement' : 'pages_manage_posts');
  if (refused) return refused;
  if (isRead) return json(200, shape(world, call, post));
  if (call.method !== 'DELETE') return metaError(100, 'Unsupported request.');
  world.posts.remove(post);
  return json(200, { success: true });
}

/** A video has no message: who asks for one is refused, as by the real one. Its post has a number once it is ready. */
function shape(world: FakeWorld, call: Call, { id, author, text, at, video }: FakePost): Record<string, unknown> {
  const isBusy = world.state.now() - at < busyMs;
  const from = { id: author, name: facebookPages.find((page) => page.id === author)?.name };
  const fields = {
    ...{ id, description: text, title: video?.title, created_time: `${new Date(at).toISOString().slice(0, 19)}+0000` },
    ...{ status: { video_status: isBusy ? 'processing' : 'ready' }, permalink_url: `/${author}/videos/${id}/`, from },
    ...(isBusy ? {} : { post_id: `${author}_${id}` }),
  };
  return only(fields, call.query.has('fields') ? fieldsOf(call) : ['created_time', 'description']);
}
