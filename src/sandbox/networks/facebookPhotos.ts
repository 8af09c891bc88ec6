import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { asPage } from './facebookPosts.js';
import { pictureIn } from './media.js';
import { metaError } from './meta.js';

const mostBytes = 4_000_000;

/** Photos of pretend Pages that are not published yet, or undefined when the call is about something else. */
export async function answerPhotos(world: FakeWorld, call: Call): Promise<Reply | undefined> {
  const page = /^\/(\d+)\/photos$/.exec(call.path)?.[1];
  if (!page || call.method !== 'POST') return undefined;
  const refused = asPage(world, call, page, 'pages_manage_posts');
  if (refused) return refused;
  if (world.faults.take('facebook', 'uploadLost')) return { status: 0, isLost: true };
  const given = call.files.get('source');
  if (call.fields.get('published') !== 'false') return metaError(100, '(#100) Only unpublished photos here');
  const isPicture = await pictureIn(given);
  if (world.faults.take('facebook', 'uploadRefused') || !given || !isPicture || given.length >= mostBytes) {
    return metaError(324, '(#324) Missing or invalid image file', { subcode: 1366046 });
  }
  const id = String(world.posts.next());
  const alt = call.fields.get('alt_text_custom') ?? '';
  world.media.keep('facebook', { id, by: page, alt, at: world.state.now() }, given);
  return json(200, { id });
}
