import { dayMs } from '../../platform/spans.js';
import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { failure } from './linkedinDoor.js';
import { denied, mayPublish, type SignedIn, writes } from './linkedinRights.js';
import { pictureIn } from './media.js';
import type { FakePost } from './posts.js';

/** Pictures of pretend LinkedIn, or undefined when the call is about something else. */
export async function answerImages(world: FakeWorld, call: Call, signedIn: SignedIn): Promise<Reply | undefined> {
  if (call.path === '/rest/images' && call.query.get('action') === 'initializeUpload')
    return begin(world, call, signedIn);
  const id = decodeURIComponent(/^\/rest\/images\/([^/]+)$/.exec(call.path)?.[1] ?? '');
  return id && call.method === 'GET' ? show(world, signedIn, id) : undefined;
}

function begin(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const { owner = '' } = JSON.parse(call.fields.get('initializeUploadRequest') ?? '{}') as { owner?: string };
  if (!mayPublish(signedIn(writes(owner)), owner)) return denied;
  const number = String(world.posts.next());
  const image = `urn:li:image:C4E${number}`;
  world.media.keep('linkedin', { id: image, by: owner, alt: '', at: world.state.now() });
  const uploadUrl = `https://www.linkedin.com/dms-uploads/${number}/uploaded-image/0?ca=vector_ads`;
  return json(200, { value: { uploadUrl, uploadUrlExpiresAt: world.state.now() + dayMs, image } });
}

/** Where the bytes go, in one request: an address that nobody guesses. */
export async function putImage(world: FakeWorld, call: Call): Promise<Reply> {
  const number = /^\/dms-uploads\/(\d+)\//.exec(call.path)?.[1];
  const media = world.media.of('linkedin', `urn:li:image:C4E${number}`);
  if (!media || call.method !== 'PUT') return { status: 404 };
  if (world.faults.take('linkedin', 'uploadLost')) return { status: 0, isLost: true };
  if (world.faults.take('linkedin', 'uploadRefused') || !(await pictureIn(call.body))) return { status: 400 };
  world.media.keep('linkedin', media, call.body);
  return { status: 201 };
}

/** A member's sign-in may not ask. */
function show(world: FakeWorld, signedIn: SignedIn, id: string): Reply {
  const media = world.media.of('linkedin', id);
  signedIn('r_organization_social');
  if (!media) return failure(404, 0, 'NOT_FOUND', `Could not find entity ${id}`);
  return json(200, { id, owner: media.by, status: media.isThere ? 'AVAILABLE' : 'WAITING_UPLOAD' });
}

/** As it was given with the post. */
export function contentOf({ media = [], video }: FakePost): { content?: object } {
  const [first] = media;
  if (!first) return {};
  if (video) return { content: { media: { id: first.id, ...(video.title ? { title: video.title } : {}) } } };
  const images = media.map(({ id, alt }) => ({ id, altText: alt }));
  return { content: images.length > 1 ? { multiImage: { images } } : { media: images[0] } };
}

type Content = { media?: Image; multiImage?: { images?: Image[] } };
type Image = { id?: string; altText?: string };

/** The pictures of a new post, or why there are none. */
export function imagesOf(world: FakeWorld, call: Call, author: string): Pick<FakePost, 'media'> | Reply {
  const { media, multiImage } = JSON.parse(call.fields.get('content') ?? '{}') as Content;
  const images = media ? [media] : (multiImage?.images ?? []);
  if (images.length === 0) return {};
  if (multiImage && (images.length < 2 || images.length > 20))
    return failure(400, 0, 'INVALID_CONTENT', '2 to 20 images');
  const known = images.map(({ id = '' }) => world.media.of('linkedin', id));
  if (known.some((one) => one?.by !== author)) return failure(400, 0, 'INVALID_CONTENT', 'Unknown image');
  if (known.some((one) => !one?.isThere)) return failure(400, 0, 'MEDIA_ASSET_WAITING_UPLOAD', 'Media is not ready');
  return { media: images.map(({ id = '', altText = '' }) => ({ id, alt: altText })) };
}
