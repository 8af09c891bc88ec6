import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { notThere, pageOfPosts } from './facebookPosts.js';
import { fieldsOf, type MayAct, metaError, only } from './meta.js';
import type { FakePost } from './posts.js';
import { publish } from './publish.js';

const limit = 2200;

/** Comments and likes on what stands on the account itself, or undefined when the call is about something else. */
export function answerInstagramReactions(world: FakeWorld, call: Call, mayAct: MayAct): Reply | undefined {
  const liker = /^\/(17841\d+)\/likes$/.exec(call.path)?.[1];
  if (liker) return mayAct(liker, 'like') ?? like(world, call, liker);
  const [, object = '', edge] = /^\/(\d+)(?:\/(comments|replies))?$/.exec(call.path) ?? [];
  const on = world.posts.shown('instagram', object);
  if (edge) {
    // Comments stand on posts, replies on comments.
    if (!on || Boolean(on.isComment) !== (edge === 'replies')) return notThere(object);
    const refused = mayAct(on.author, 'comment');
    if (refused) return refused;
    if (call.method === 'POST') return comment(world, call, on);
    return pageOfPosts(call, world.posts.answersTo('instagram', object), undefined, (one) => shape(world, call, one));
  }
  if (!on && call.method === 'DELETE' && world.posts.wasMade('instagram', object)) return notThere(object);
  if (!on?.isComment) return undefined;
  const refused = mayAct(on.author, 'comment');
  if (refused) return refused;
  if (call.method === 'GET') return json(200, shape(world, call, on));
  if (call.method !== 'DELETE') return metaError(100, 'Unsupported request.');
  world.posts.remove(on);
  return json(200, { success: true });
}

/** What answers a reply goes under the comment above it. */
function comment(world: FakeWorld, call: Call, on: FakePost): Reply {
  const text = (call.fields.get('message') ?? call.query.get('message') ?? '').trim();
  if (text === '' || text.length > limit) return metaError(100, '(#100) Invalid parameter');
  const above = on.answers === undefined ? undefined : world.posts.shown('instagram', on.answers);
  const answers = above?.isComment ? above.id : on.id;
  const draft = { network: 'instagram' as const, id: String(world.posts.next()), author: on.author, text, answers };
  return publish(
    world,
    { ...draft, isComment: true },
    {
      good: (post) => json(200, { id: post.id }),
      pleaseRetry: () => metaError(2, 'An unexpected error has occurred. Please retry.', { status: 500 }),
      ghost: () => metaError(-1, 'Fatal', { subcode: 2207001 }),
    },
  );
}

/** Twice changes nothing. One of the two may be named, not both. */
function like(world: FakeWorld, call: Call, by: string): Reply {
  const named = (name: string) => call.fields.get(name) ?? call.query.get(name);
  const [media, comment] = [named('media_id'), named('comment_id')];
  const object = world.posts.shown('instagram', media ?? comment ?? '');
  if ((media && comment) || (call.method !== 'POST' && call.method !== 'DELETE'))
    return metaError(100, 'Unsupported request.');
  if (!object || Boolean(object.isComment) !== Boolean(comment)) return notThere(media ?? comment ?? '');
  world.posts.tap('like', 'instagram', object.id, by, call.method === 'DELETE');
  return json(200, { success: true });
}

function shape(world: FakeWorld, call: Call, post: FakePost) {
  const timestamp = `${new Date(post.at).toISOString().slice(0, 19)}+0000`;
  const above = post.answers ? world.posts.shown('instagram', post.answers) : undefined;
  const media = above?.isComment ? above.answers : above?.id;
  return only(
    {
      ...{ id: post.id, text: post.text, timestamp },
      // Of one's own comments the number, of others' the name; and here nobody else comments.
      user: { id: post.author },
      ...(media ? { media: { id: media } } : {}),
      ...(above?.isComment ? { parent_id: above.id } : {}),
    },
    fieldsOf(call),
  );
}
