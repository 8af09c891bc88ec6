import { dayMs } from '../../platform/spans.js';
import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { type FakeMedia, pictureIn } from './media.js';
import type { FakePost } from './posts.js';
import type { Standing } from './tokens.js';
import { problem } from './xProblem.js';
import { answerVideos, forget } from './xVideos.js';

type SignedIn = (...scopes: string[]) => Standing;
const mostBytes = 5_000_000;
const mostAlt = 1000;
const most = 4;

/** Pictures and videos of pretend X, or undefined when the call is about something else. */
export async function answerMedia(world: FakeWorld, call: Call, signedIn: SignedIn): Promise<Reply | undefined> {
  const video = answerVideos(world, call, signedIn);
  if (video || call.method !== 'POST') return video;
  if (call.path === '/2/media/upload') return upload(world, call, signedIn);
  return call.path === '/2/media/metadata' ? describe(world, call, signedIn) : undefined;
}

/** In a form with the file, or as base64 in JSON. */
async function upload(world: FakeWorld, call: Call, signedIn: SignedIn): Promise<Reply> {
  const { grant } = signedIn('media.write');
  if (world.faults.take('x', 'uploadLost')) return { status: 0, isLost: true };
  const given = call.files.get('media') ?? Buffer.from(call.fields.get('media') ?? '', 'base64');
  const isKnown = ['tweet_image', 'tweet_gif'].includes(call.fields.get('media_category') ?? '');
  if (!isKnown) return invalid('media_category is missing or unknown');
  if (world.faults.take('x', 'uploadRefused') || !(await pictureIn(given))) return invalid('media type unrecognized.');
  if (given.length > mostBytes) return invalid('File size exceeds 5242880 bytes.');
  const id = String(world.posts.next());
  world.media.keep('x', { id, by: grant.account, alt: '', at: world.state.now() }, given);
  return json(200, { data: { id, media_key: `3_${id}`, size: given.length, expires_after_secs: dayMs / 1000 } });
}

function describe(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const { grant } = signedIn('media.write');
  const id = call.fields.get('id') ?? '';
  const media = world.media.of('x', id);
  if (media?.by !== grant.account || media.video) return invalid('media_id not found');
  const { alt_text: alt } = JSON.parse(call.fields.get('metadata') ?? '{}') as { alt_text?: { text?: string } };
  const text = alt?.text ?? '';
  if (text === '' || text.length > mostAlt) return invalid('alt_text must have 1 to 1000 characters');
  world.media.keep('x', { ...media, alt: text });
  return json(200, { data: { id, associated_metadata: { alt_text: { text } } } });
}

type Attached = Pick<FakePost, 'media' | 'video'>;

/** What goes with a new post: of this account, and not a day old; pictures, or one video that is ready. `bad` when not. */
export function mediaOf(world: FakeWorld, call: Call, account: string): Attached | 'bad' {
  const { media_ids: ids } = JSON.parse(call.fields.get('media') ?? '{}') as { media_ids?: string[] };
  if (!ids) return {};
  if (world.faults.take('x', 'uploadForgotten')) for (const id of ids) forget(world, id);
  const isFresh = ({ by, at }: FakeMedia) => by === account && at + dayMs > world.state.now();
  const found = ids.flatMap((id) => world.media.of('x', id) ?? []).filter(isFresh);
  if (found.length !== ids.length || found.length === 0) return 'bad';
  const media = found.map(({ id, alt }) => ({ id, alt }));
  const video = found.find((one) => one.video)?.video;
  if (!video) return found.length <= most ? { media } : 'bad';
  const { state, ...shown } = video;
  return found.length === 1 && state === 'succeeded' ? { media, video: shown } : 'bad';
}

const invalid = (detail: string) => problem(400, 'invalid-request', 'Invalid Request', detail);
