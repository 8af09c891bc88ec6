import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { failure } from './linkedinDoor.js';
import { denied, mayPublish, mayRead, type SignedIn, writes } from './linkedinRights.js';
import { type FakePost, pageOf } from './posts.js';
import { publish } from './publish.js';

const limit = 1250;
const notFound = (urn: string) => failure(404, 0, 'NOT_FOUND', `Could not find entity ${urn}`);

/** Comments and reactions, or undefined when the call is about something else. */
export function answerReactions(world: FakeWorld, call: Call, signedIn: SignedIn): Reply | undefined {
  const path = decodeURIComponent(call.path);
  const [, entity = '', comment] = /^\/rest\/socialActions\/(urn:li:.+?)\/comments(?:\/(\d+))?$/.exec(path) ?? [];
  if (entity && comment && call.method === 'DELETE') return removeComment(world, call, signedIn, entity, comment);
  if (entity && call.method === 'POST') return addComment(world, call, signedIn, entity);
  if (entity && call.method === 'GET') return listComments(world, call, signedIn, entity);
  if (path === '/rest/reactions' && call.method === 'POST') return like(world, call, signedIn);
  const [, actor, liked] = /^\/rest\/reactions\/\(actor:(.+?),entity:(.+)\)$/.exec(path) ?? [];
  if (actor && liked && call.method === 'DELETE') return unlike(world, signedIn, actor, liked);
  return undefined;
}

/** The text is plain: no sign in it means anything. Two levels only: an answer names the top comment. */
function addComment(world: FakeWorld, call: Call, signedIn: SignedIn, entity: string): Reply {
  const { actor = '', object = '' } = Object.fromEntries(call.fields);
  const { text = '' } = JSON.parse(call.fields.get('message') ?? '{}') as { text?: string };
  if (!mayPublish(signedIn(writes(actor)), actor)) return denied;
  if (!world.posts.shown('linkedin', object) || !world.posts.shown('linkedin', entity)) return notFound(entity);
  const isAnswer = entity.startsWith('urn:li:comment:');
  if (isAnswer !== (call.fields.get('parentComment') === entity)) {
    return failure(400, 0, 'ILLEGAL_ARGUMENT', 'parentComment and the path differ');
  }
  if (text.trim() === '') return failure(400, 0, 'INVALID_CONTENT', 'A comment needs a text');
  if (text.length > limit) return failure(400, 0, 'FIELD_LENGTH_TOO_LONG', 'The comment is too long');
  const id = `urn:li:comment:(${object},7${world.posts.next()})`;
  const draft = { network: 'linkedin' as const, id, author: actor, text, answers: entity, isComment: true as const };
  return publish(world, draft, {
    good: (post) => ({ ...json(201, shape(post)), headers: { 'x-restli-id': numberOf(post.id) } }),
    pleaseRetry: () => failure(504, 0, 'GATEWAY_TIMEOUT', 'Request timed out. Please retry.'),
    ghost: () => failure(504, 0, 'GATEWAY_TIMEOUT', 'Request timed out. Please retry.'),
  });
}

const numberOf = (urn: string) => /,(\d+)\)$/.exec(urn)?.[1] ?? '';

const shape = (post: FakePost) => ({
  id: numberOf(post.id),
  commentUrn: post.id,
  actor: post.author,
  created: { actor: post.author, time: post.at },
  message: { text: post.text, attributes: [] },
});

/** For those who administer the Page whose post it is. */
function listComments(world: FakeWorld, call: Call, signedIn: SignedIn, entity: string): Reply {
  const post = world.posts.shown('linkedin', entity);
  if (!post) return notFound(entity);
  if (!mayRead(signedIn, post.author)) return denied;
  const start = Number(call.query.get('start') ?? 0) || 0;
  const count = Math.min(Number(call.query.get('count')) || 10, 100);
  const { some } = pageOf(world.posts.answersTo('linkedin', entity), start, count);
  return json(200, { elements: some.map(shape), paging: { start, count, links: [] } });
}

function removeComment(world: FakeWorld, call: Call, signedIn: SignedIn, entity: string, number: string): Reply {
  const actor = call.query.get('actor') ?? '';
  if (!mayPublish(signedIn(writes(actor)), actor)) return denied;
  const post = world.posts.shown('linkedin', `urn:li:comment:(${entity},${number})`);
  if (!post || post.author !== actor) return notFound(entity);
  world.posts.remove(post);
  return { status: 204 };
}

/** A second one is 409. */
function like(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const actor = call.query.get('actor') ?? '';
  const root = call.fields.get('root') ?? '';
  if (!mayPublish(signedIn(writes(actor)), actor)) return denied;
  if (!world.posts.shown('linkedin', root)) return notFound(root);
  const isNew = world.posts.tap('like', 'linkedin', root, actor);
  return isNew ? { status: 201 } : failure(409, 0, 'CONFLICT', 'The reaction exists already');
}

function unlike(world: FakeWorld, signedIn: SignedIn, actor: string, entity: string): Reply {
  if (!mayPublish(signedIn(writes(actor)), actor)) return denied;
  return world.posts.tap('like', 'linkedin', entity, actor, true) ? { status: 204 } : notFound(entity);
}
