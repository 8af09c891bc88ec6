import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { lacks, signedIn } from './facebookPermissions.js';
import { notThere, pageOfPosts } from './facebookPosts.js';
import { metaError } from './meta.js';
import { publish } from './publish.js';

const limit = 8000;

/** Comments and likes, as a Page, or undefined when the call is about something else. */
export function answerReactions(world: FakeWorld, call: Call, version: string | undefined): Reply | undefined {
  const [, object = '', edge] = /^\/(\d+_\d+)\/(comments|likes)$/.exec(call.path) ?? [];
  if (!edge) return undefined;
  const { scopes, token } = signedIn(world, call);
  const needed = call.method === 'GET' ? 'pages_read_engagement' : 'pages_manage_engagement';
  if (!scopes.includes(needed)) return lacks(needed);
  const { page } = token;
  if (!page) return metaError(200, '(#200) A Page access token is required', { status: 403 });
  if (!world.posts.shown('facebook', object)) return notThere(object);
  if (edge === 'likes') return like(world, call, object, page);
  if (call.method === 'POST') return comment(world, call, object, page);
  return pageOfPosts(call, world.posts.answersTo('facebook', object), version);
}

function comment(world: FakeWorld, call: Call, object: string, page: string): Reply {
  const text = call.fields.get('message') ?? call.query.get('message') ?? '';
  if (text.trim() === '') return metaError(100, '(#100) Missing message or attachment');
  if (text.length > limit) return metaError(100, '(#100) Param message is too long');
  const id = `${object.split('_')[1]}_${world.posts.next()}`;
  const draft = { network: 'facebook' as const, id, author: page, text, answers: object, isComment: true as const };
  return publish(world, draft, {
    good: (post) => json(200, { id: post.id }),
    pleaseRetry: () =>
      metaError(2, 'An unexpected error has occurred. Please retry your request later.', { status: 500 }),
    ghost: () => metaError(506, 'Duplicate status message'),
  });
}

/** Twice changes nothing. */
function like(world: FakeWorld, call: Call, object: string, page: string): Reply {
  if (call.method !== 'POST' && call.method !== 'DELETE') return metaError(100, 'Unsupported request.');
  world.posts.tap('like', 'facebook', object, page, call.method === 'DELETE');
  return json(200, { success: true });
}
