import { countForX, xLimit } from '../../networks/x/counting.js';
import { dayMs } from '../../platform/spans.js';
import { type Call, json, Refused, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { xAccounts } from './people.js';
import { type FakePost, pageOf } from './posts.js';
import { publish } from './publish.js';
import type { Standing } from './tokens.js';
import { mediaOf } from './xMedia.js';
import { problem } from './xProblem.js';

type SignedIn = (...scopes: string[]) => Standing;
/** The fields that X knows: any other is refused. */
const known = ['text', 'media', 'reply', 'poll', 'reply_settings', 'made_with_ai', 'paid_partnership', 'edit_options'];

/** Posts of pretend X, or undefined when the call is about something else. */
export function answerPosts(world: FakeWorld, call: Call, signedIn: SignedIn): Reply | undefined {
  const one = /^\/2\/tweets\/(\d+)$/.exec(call.path)?.[1];
  const author = /^\/2\/users\/(\d+)\/tweets$/.exec(call.path)?.[1];
  if (call.method === 'POST' && call.path === '/2/tweets') return create(world, call, signedIn);
  if (call.method === 'GET' && author) return list(world, call, signedIn, author);
  if (call.method === 'GET' && one) return show(world, call, signedIn, one);
  if (call.method === 'DELETE' && one) return remove(world, signedIn, one);
  const [, by, reposted] = /^\/2\/users\/(\d+)\/retweets(?:\/(\d+))?$/.exec(call.path) ?? [];
  if (by && call.method === 'POST') return repost(world, signedIn, by, call.fields.get('tweet_id') ?? '');
  if (by && reposted && call.method === 'DELETE') return repost(world, signedIn, by, reposted, true);
  return undefined;
}

function create(world: FakeWorld, call: Call, signedIn: SignedIn): Reply {
  const { grant } = signedIn('tweet.read', 'tweet.write', 'users.read');
  const unknown = [...call.fields.keys()].find((name) => !known.includes(name));
  if (unknown) return invalid(`$.${unknown}: is not defined in the schema and the schema does not allow it`);
  const text = (call.fields.get('text') ?? '').normalize('NFC');
  const { weight, isValid } = countForX(text);
  if (text.trim() === '' || !isValid) return invalid('Your request has empty or invalid text.');
  if (weight > xLimit) return forbidden('Your Tweet text is too long.');
  const answers = answered(world, call, grant.account);
  const media = mediaOf(world, call, grant.account);
  if (media === 'bad') return badMedia(call);
  const id = String(world.posts.next());
  const draft = { network: 'x' as const, id, author: grant.account, text, ...answers, ...media };
  // Also after a delete.
  if (world.posts.twin(draft, world.state.now() - dayMs))
    return forbidden('You are not allowed to create a Tweet with duplicate content.');
  return publish(world, draft, {
    good: (post) => json(201, { data: { ...shape(post), edit_history_post_ids: [post.id] } }),
    pleaseRetry: () => problem(503, 'about:blank', 'Service Unavailable', 'Service Unavailable'),
    noCredits: () => problem(402, 'credits-depleted', 'Payment Required', 'Your credits are used up.'),
    ghost: () => forbidden('You are not allowed to create a Tweet with duplicate content.'),
  });
}

/** Self-serve apps may answer only whoever mentioned the account, and the account itself. */
function answered(world: FakeWorld, call: Call, account: string): { answers?: string } {
  const { in_reply_to_tweet_id: id } = JSON.parse(call.fields.get('reply') ?? '{}') as {
    in_reply_to_tweet_id?: string;
  };
  if (!id) return {};
  const post = world.posts.shown('x', id);
  if (!post) throw new Refused(no('You attempted to reply to a Tweet that is deleted or not visible to you.'));
  const handle = xAccounts.find((one) => one.id === account)?.handle;
  if (post.author === account || names(post.text, handle ?? '')) return { answers: id };
  const because = 'because you have not been mentioned or otherwise engaged by the author';
  throw new Refused(no(`Reply to this conversation is not allowed ${because}.`));
}

const names = (text: string, handle: string) => new RegExp(`@${handle}(?!\\w)`, 'i').test(text);

/** Who wrote it, where that is asked for. */
function expanded(call: Call, { author }: FakePost): { includes?: object } {
  const wanted = (call.query.get('expansions') ?? '').split(',');
  const users = xAccounts
    .filter(({ id }) => id === author)
    .map(({ id, handle, name }) => ({ id, username: handle, name }));
  return wanted.includes('author_id') ? { includes: { users } } : {};
}

/** Twice changes nothing. */
function repost(world: FakeWorld, signedIn: SignedIn, by: string, id: string, isOff = false): Reply {
  const { grant } = signedIn('tweet.read', 'tweet.write', 'users.read');
  if (by !== grant.account) return forbidden('You can repost only as yourself.');
  if (!world.posts.shown('x', id))
    return problem(404, 'resource-not-found', 'Not Found Error', 'Could not find this post.');
  world.posts.tap('repost', 'x', id, by, isOff);
  return json(200, { data: { retweeted: !isOff } });
}

/** Newest first, only what is asked for, and no end that lies in the last ten seconds. */
function list(world: FakeWorld, call: Call, signedIn: SignedIn, author: string): Reply {
  signedIn('tweet.read', 'users.read');
  const time = (name: string) => (call.query.has(name) ? Date.parse(call.query.get(name) ?? '') : undefined);
  const [from, to] = [time('start_time'), time('end_time')];
  if (to !== undefined && to > world.state.now() - 10_000) return invalid("Invalid 'end_time': too near to now");
  const size = Number(call.query.get('max_results') ?? 10);
  if (!(size >= 5 && size <= 100)) return invalid('The `max_results` query parameter value is not between 5 and 100');
  const start = Number(call.query.get('pagination_token') ?? 0) || 0;
  const { some, hasMore } = pageOf(between(world.posts.shownBy('x', author), from, to), start, size);
  const next = hasMore ? { next_token: String(start + size) } : {};
  const data = some.map((post) => only(call, shape(post)));
  return json(200, { ...(data.length ? { data } : {}), meta: { result_count: data.length, ...next } });
}

/** Posts come newest first, so that those before `from` need no look. */
function* between(posts: Iterable<FakePost>, from = 0, to = Number.POSITIVE_INFINITY): Generator<FakePost> {
  for (const post of posts) {
    if (seconds(post.at) < from) return;
    if (post.at < to) yield post;
  }
}

function show(world: FakeWorld, call: Call, signedIn: SignedIn, id: string): Reply {
  signedIn('tweet.read', 'users.read');
  const post = world.posts.shown('x', id);
  if (post) return json(200, { data: only(call, shape(post)), ...expanded(call, post) });
  const detail = `Could not find tweet with id: [${id}].`;
  const type = 'https://api.x.com/2/problems/resource-not-found';
  return json(200, { errors: [{ value: id, resource_type: 'tweet', title: 'Not Found Error', detail, type }] });
}

function remove(world: FakeWorld, signedIn: SignedIn, id: string): Reply {
  const { grant } = signedIn('tweet.read', 'tweet.write', 'users.read');
  const post = world.posts.shown('x', id);
  if (!post) return problem(404, 'resource-not-found', 'Not Found Error', 'Could not find this post.');
  if (post.author !== grant.account) return forbidden('You are not permitted to delete this post.');
  world.posts.remove(post);
  return json(200, { data: { deleted: true } });
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000) * 1000;

/** As X shows it: links shortened, with what they stand for beside them, and the signs of HTML as entities. */
function shape(post: FakePost) {
  const links = countForX(post.text).links;
  let text = post.text;
  const urls = links.map(({ link, isBare }, index) => {
    const url = `https://t.co/${post.id}x${index}`;
    text = text.replace(link, url);
    return { url, expanded_url: isBare ? `http://${link}` : link, display_url: link.replace(/^https?:\/\//, '') };
  });
  if (post.media?.length) {
    const [url, by] = [`https://t.co/${post.id}m`, xAccounts.find(({ id }) => id === post.author)?.handle];
    text += ` ${url}`;
    urls.push({
      url,
      expanded_url: `https://x.com/${by}/status/${post.id}/${post.video ? 'video' : 'photo'}/1`,
      display_url: `pic.x.com/${post.id}`,
    });
  }
  text = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const made = new Date(seconds(post.at)).toISOString();
  const mentions = xAccounts
    .filter(({ handle }) => names(post.text, handle))
    .map(({ id, handle }) => ({ username: handle, id }));
  return {
    id: post.id,
    text,
    author_id: post.author,
    created_at: made,
    ...(urls.length || mentions.length
      ? { entities: { ...(urls.length ? { urls } : {}), ...(mentions.length ? { mentions } : {}) } }
      : {}),
    ...(post.media?.length
      ? { attachments: { media_keys: post.media.map(({ id }) => `${post.video ? 7 : 3}_${id}`) } }
      : {}),
    ...(post.answers ? { referenced_tweets: [{ type: 'replied_to', id: post.answers }] } : {}),
  };
}

/** Where a shortened link of a post leads. */
export function shortened(world: FakeWorld, call: Call): Reply {
  const [, id = '', index = ''] = /^\/(\d+)x(\d+)$/.exec(call.path) ?? [];
  const post = world.posts.shown('x', id);
  const link = post && shape(post).entities?.urls?.[Number(index)];
  return link ? { status: 301, headers: { location: link.expanded_url } } : { status: 404 };
}

/** Id and text, and whatever `tweet.fields` names. */
function only(call: Call, post: object): object {
  const fields = ['id', 'text', ...(call.query.get('tweet.fields') ?? '').split(',')];
  return Object.fromEntries(Object.entries(post).filter(([name]) => fields.includes(name)));
}

const invalid = (detail: string) => problem(400, 'invalid-request', 'Invalid Request', detail);

/** https://github.com/plhery/node-twitter-api-v2/issues/336 */
function badMedia(call: Call): Reply {
  const { media_ids: ids } = JSON.parse(call.fields.get('media') ?? '{}') as { media_ids?: string[] };
  return json(400, {
    errors: [{ parameters: { 'media.media_ids': ids }, message: 'Your media IDs are invalid.' }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: 'https://api.twitter.com/2/problems/invalid-request',
  });
}

const no = (detail: string) => problem(403, 'about:blank', 'Forbidden', detail);

function forbidden(detail: string): Reply {
  throw new Refused(no(detail));
}
