import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { facebookDoor } from './facebookDoor.js';
import { lacks, signedIn } from './facebookPermissions.js';
import { fieldsOf, metaError, metaTokenOf, only } from './meta.js';
import { type FakePage, facebookPages } from './people.js';
import { type FakePost, pageOf } from './posts.js';
import { accountPage, type PublicAccount, postPage } from './publicPages.js';
import { publish } from './publish.js';

const limit = 63_206;
const hourMs = 3_600_000;

/** Posts of pretend Pages, or undefined when the call is about something else. `path` comes without its version. */
export function answerPagePosts(world: FakeWorld, call: Call, version: string | undefined): Reply | undefined {
  const [, page, edge] = /^\/(\d+)\/(feed|published_posts|posts)$/.exec(call.path) ?? [];
  const post = /^\/(\d+_\d+)$/.exec(call.path)?.[1];
  if (page && call.method === 'POST' && edge === 'feed') return create(world, call, page);
  if (page && call.method === 'GET') return list(world, call, page, version);
  if (post && call.method === 'GET') return show(world, call, post);
  if (post && call.method === 'DELETE') return remove(world, call, post);
  return undefined;
}

/** Publishing as a Page takes that Page's own token. */
export function asPage(world: FakeWorld, call: Call, page: string, scope: string): Reply | undefined {
  const who = signedIn(world, call);
  if (!who.scopes.includes(scope)) return lacks(scope);
  return who.token.page === page
    ? undefined
    : metaError(200, '(#200) A Page access token is required', { status: 403 });
}

function create(world: FakeWorld, call: Call, page: string): Reply {
  const refused = asPage(world, call, page, 'pages_manage_posts');
  if (refused) return refused;
  const said = call.fields.get('message') ?? call.query.get('message') ?? '';
  const text = withoutMentions(said);
  if (text.trim() === '') return metaError(100, '(#100) Missing message or attachment');
  if (said.length > limit) return metaError(100, '(#100) Param message is too long');
  const newest = world.posts.shownBy('facebook', page).next().value;
  if (newest?.text === text && world.state.now() - newest.at < hourMs) return duplicate();
  const media = attachedTo(world, call, page);
  if (media === 'bad') return metaError(100, '(#100) Invalid attached_media');
  const draft = { network: 'facebook' as const, id: `${page}_${world.posts.next()}`, author: page, text, ...media };
  return publish(world, draft, {
    good: (post) => json(200, { id: post.id }),
    pleaseRetry: () =>
      metaError(2, 'An unexpected error has occurred. Please retry your request later.', { status: 500 }),
    ghost: duplicate,
  });
}

/** Without the Page Mentioning feature a mention is taken out, and nobody is told. */
export const withoutMentions = (said: string) => said.replace(/@\[\d+(?::[^\]]*)?\]/g, '');

/** Photos of this Page that nobody has seen yet. */
function attachedTo(world: FakeWorld, { fields }: Call, page: string): Pick<FakePost, 'media'> | 'bad' {
  const given = [...fields.entries()].filter(([name]) => name.startsWith('attached_media['));
  const media = given.map(([, value]) => {
    const { media_fbid: id } = JSON.parse(value) as { media_fbid?: string };
    return world.media.of('facebook', id ?? '');
  });
  if (media.some((one) => one?.by !== page)) return 'bad';
  return media.length > 0 ? { media: media.map((one) => ({ id: one?.id ?? '', alt: one?.alt ?? '' })) } : {};
}

const duplicate = () => metaError(506, 'Duplicate status message');

const mostPerPage = 25;

function list(world: FakeWorld, call: Call, page: string, version: string | undefined): Reply {
  const refused = asPage(world, call, page, 'pages_read_engagement');
  return refused ?? pageOfPosts(call, world.posts.shownBy('facebook', page), version);
}

/** Some of them, with a next link as the real one: it names the real host and carries the token. */
export function pageOfPosts(
  call: Call,
  posts: Iterable<FakePost>,
  version = 'v27.0',
  shapeOf: (post: FakePost) => object = (post) => shape(call, post),
): Reply {
  const start = Number(call.query.get('after') ?? 0) || 0;
  const size = Math.min(Number(call.query.get('limit')) || mostPerPage, mostPerPage);
  const { some, hasMore } = pageOf(posts, start, size);
  const data = some.map(shapeOf);
  const next = new URL(`https://${call.host}/${version}${call.path}`);
  for (const [name, value] of call.query) next.searchParams.set(name, value);
  next.searchParams.set('access_token', metaTokenOf(call));
  next.searchParams.set('after', String(start + size));
  return json(200, { data, ...(hasMore ? { paging: { next: next.href } } : {}) });
}

function show(world: FakeWorld, call: Call, id: string): Reply {
  const post = world.posts.shown('facebook', id);
  const refused = asPage(world, call, post?.author ?? id.split('_')[0] ?? '', 'pages_read_engagement');
  return refused ?? (post ? json(200, shape(call, post)) : notThere(id));
}

function remove(world: FakeWorld, call: Call, id: string): Reply {
  const post = world.posts.shown('facebook', id);
  if (!post) return notThere(id);
  const refused = asPage(world, call, post.author, post.isComment ? 'pages_manage_engagement' : 'pages_manage_posts');
  if (refused) return refused;
  world.posts.remove(post);
  return json(200, { success: true });
}

export function notThere(id: string): Reply {
  return metaError(100, `Unsupported request. Object with ID '${id}' does not exist`, { subcode: 33 });
}

export function shape(call: Call, post: FakePost) {
  const fields = call.query.has('fields') ? fieldsOf(call) : ['message', 'created_time'];
  const made = `${new Date(post.at).toISOString().slice(0, 19)}+0000`;
  const link = `https://www.facebook.com${postPath(post)}`;
  const from = { id: post.author, name: facebookPages.find(({ id }) => id === post.author)?.name };
  const id = post.video ? `${post.author}_${post.id}` : post.id;
  return only({ id, message: post.text, created_time: made, permalink_url: link, from }, fields);
}

const postPath = ({ author, id, video }: FakePost) =>
  video ? `/${author}/videos/${id}` : `/${author}/posts/${id.split('_')[1]}`;

/** `/contoso`, `/200000000000101`, `/200000000000101/posts/1` and `/200000000000101/videos/2`, for anybody. */
export function facebookPublicPages(world: FakeWorld, call: Call): Reply {
  const [, first = '', kind, post] = /^\/([^/]+)(?:\/(posts|videos)\/(\d+))?$/.exec(call.path) ?? [];
  const page = facebookPages.find(({ id, username }) => first === id || first.toLowerCase() === username);
  if (post) {
    const shown = page && world.posts.shown('facebook', kind === 'videos' ? post : `${page.id}_${post}`);
    return postPage(world, page && publicPage(page), shown, facebookDoor, facebookAccounts);
  }
  return page ? accountPage(world, publicPage(page)) : postPage(world, undefined, undefined, facebookDoor);
}

function publicPage({ id, name, username }: FakePage): PublicAccount {
  const { label, colour } = facebookDoor;
  const host = '/www.facebook.com';
  const shared = { label, colour, network: 'facebook' as const, id, name, handle: username ?? '' };
  return { ...shared, path: `${host}/${username ?? id}`, postPath: (post) => host + postPath(post) };
}

export const facebookAccounts = facebookPages.map(publicPage);
