import { dayMs } from '../../platform/spans.js';
import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { door, failure } from './linkedinDoor.js';
import { contentOf, imagesOf } from './linkedinImages.js';
import { denied, mayPublish, mayRead, type SignedIn, writes } from './linkedinRights.js';
import { shownText } from './linkedinText.js';
import { videoOf } from './linkedinVideos.js';
import { linkedInMembers, linkedInOrganizations } from './people.js';
import { type FakePost, pageOf } from './posts.js';
import { accountPage, type PublicAccount, postPage } from './publicPages.js';
import { publish } from './publish.js';

const limit = 3000;
const twoDaysMs = 2 * dayMs;
const needed = ['author', 'commentary', 'visibility', 'distribution', 'lifecycleState'];

/** Posts of pretend LinkedIn, or undefined when the call is about something else. */
export function answerPosts(world: FakeWorld, call: Call, signedIn: SignedIn): Reply | undefined {
  const urn = decodeURIComponent(/^\/rest\/posts\/([^/]+)$/.exec(call.path)?.[1] ?? '');
  const isList = call.path === '/rest/posts';
  if (isList && call.method === 'POST') return create(world, call, signedIn);
  if (isList && call.method === 'GET') return list(world, call, signedIn);
  if (urn && call.method === 'GET') return show(world, signedIn, urn);
  if (urn && call.method === 'DELETE') return remove(world, signedIn, urn);
  return undefined;
}

function create(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const missing = needed.find((name) => !call.fields.has(name));
  if (missing) return failure(400, 0, 'MISSING_FIELD', `/${missing} :: field is required but not found`);
  const [author = '', commentary = ''] = [call.fields.get('author') ?? '', call.fields.get('commentary') ?? ''];
  if (!mayPublish(signedIn(writes(author)), author)) return denied;
  if (commentary.length > limit) return failure(400, 0, 'FIELD_LENGTH_TOO_LONG', 'Commentary is too long');
  const text = shownText(commentary);
  const { parent } = JSON.parse(call.fields.get('reshareContext') ?? '{}') as { parent?: string };
  if (text.trim() === '' && !parent) return failure(400, 0, 'INVALID_CONTENT', 'A post needs content');
  // Not an activity: the numbers differ.
  if (parent && !/^urn:li:(share|ugcPost):/.test(parent)) return failure(400, 0, 'ILLEGAL_ARGUMENT', 'Wrong parent');
  if (parent && !world.posts.shown('linkedin', parent)) return failure(404, 0, 'NOT_FOUND', 'Could not find parent');
  const id = `urn:li:share:7${world.posts.next()}`;
  const beside = videoOf(world, call, author) ?? imagesOf(world, call, author);
  if ('status' in beside) return beside;
  const draft = { network: 'linkedin' as const, id, author, text, ...(parent ? { shares: parent } : {}), ...beside };
  const twin = world.posts.twin(draft, world.state.now() - twoDaysMs);
  const ghost = () => duplicate(`urn:li:share:7${world.posts.next()}`);
  if (twin) return twin.goneAt === undefined ? duplicate(twin.id) : ghost();
  return publish(world, draft, {
    good: (post) => ({ status: 201, headers: { 'x-restli-id': post.id } }),
    pleaseRetry: () => failure(504, 0, 'GATEWAY_TIMEOUT', 'Request timed out. Please retry.'),
    ghost,
  });
}

/** After a delete it names a post that nobody can open, another one each time. */
function duplicate(urn: string): Reply {
  const message = `Content is a duplicate of ${urn}`;
  const inputErrors = [{ code: 'DUPLICATE_POST', description: message }];
  return json(422, { status: 422, message, errorDetails: { inputErrors } });
}

function list(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  if (call.headers['x-restli-method']?.toUpperCase() !== 'FINDER' || call.query.get('q') !== 'author') {
    return failure(400, 0, 'ILLEGAL_ARGUMENT', 'Unknown finder');
  }
  const author = call.query.get('author') ?? '';
  if (!mayRead(signedIn, author)) return denied;
  const start = Number(call.query.get('start') ?? 0) || 0;
  const count = Math.min(Number(call.query.get('count')) || 10, 100);
  const { some } = pageOf(world.posts.shownBy('linkedin', author), start, count);
  return json(200, { elements: some.map(shape), paging: { start, count, links: [] } });
}

function show(world: FakeWorld, signedIn: SignedIn, urn: string): Reply {
  const post = world.posts.shown('linkedin', urn);
  if (!post) {
    signedIn('r_organization_social');
    return failure(404, 0, 'NOT_FOUND', `Could not find entity ${urn}`);
  }
  return mayRead(signedIn, post.author) ? json(200, shape(post)) : denied;
}

/** 204 also when it was gone already. */
function remove(world: FakeWorld, signedIn: SignedIn, urn: string): Reply {
  const post = world.posts.shown('linkedin', urn);
  if (!post) {
    signedIn();
    return { status: 204 };
  }
  if (!mayPublish(signedIn(writes(post.author)), post.author)) return denied;
  world.posts.remove(post);
  return { status: 204 };
}

const shape = (post: FakePost) => ({
  id: post.id,
  author: post.author,
  commentary: post.text,
  visibility: 'PUBLIC',
  lifecycleState: 'PUBLISHED',
  createdAt: post.at,
  publishedAt: post.at,
  lastModifiedAt: post.at,
  ...(post.shares ? { reshareContext: { parent: post.shares } } : {}),
  ...contentOf(post),
});

/** `/company/contoso`, `/in/alex-wilber` and `/feed/update/<urn>`, for anybody. */
export function linkedInPublicPages(world: FakeWorld, call: Call): Reply {
  const urn = /^\/feed\/update\/([^/]+)\/?$/.exec(call.path)?.[1];
  if (urn) {
    const post = world.posts.shown('linkedin', decodeURIComponent(urn));
    const author = linkedInAccounts.find(({ id }) => id === post?.author);
    return postPage(world, author, post, door, linkedInAccounts);
  }
  const account = linkedInAccounts.find(({ path }) => path === `/www.linkedin.com${call.path}`);
  return account ? accountPage(world, account) : postPage(world, undefined, undefined, door);
}

export const linkedInAccounts = publicAccounts();

function publicAccounts(): PublicAccount[] {
  const { label, colour } = door;
  const host = '/www.linkedin.com';
  const postPath = (post: FakePost) => `${host}/feed/update/${post.id}`;
  const shared = { label, colour, network: 'linkedin' as const, postPath };
  const pages = linkedInOrganizations.map(({ id, name, vanity }) => ({
    ...shared,
    id: `urn:li:organization:${id}`,
    name,
    handle: vanity,
    path: `${host}/company/${vanity}`,
  }));
  const members = linkedInMembers.map(({ id, name, handle }) => ({
    ...shared,
    id: `urn:li:person:${id}`,
    name,
    handle,
    path: `${host}/in/${handle}`,
  }));
  return [...pages, ...members];
}
