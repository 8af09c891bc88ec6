import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { googleAccounts } from './people.js';
import type { FakePost } from './posts.js';
import { accountPage, type PublicAccount, postPage } from './publicPages.js';
import { publish } from './publish.js';
import type { Standing } from './tokens.js';

const prefix = 'https://www.googleapis.com/auth/';
const limit = 10_000;
const label = { label: 'YouTube', colour: '#b3001b' };
const channels = googleAccounts.flatMap((account) => account.channels);

/** Videos that have always been there, to comment on. */
const videos: FakePost[] = [
  ['bikes000001', 'UCcontoso0000000000000101', 'Our new bikes'],
  ['fabrikam001', 'UCfabrikam000000000000201', 'How Fabrikam is made'],
].map(([id = '', author = '', text = '']) => ({ network: 'youtube', id, author, text, at: Date.UTC(2026, 0, 1) }));

type SignedIn = () => Standing;
export type Failure = (code: number, reason: string, message: string) => Reply;

/** Videos and comments of pretend YouTube, or undefined when the call is about something else. */
export function answerVideos(world: FakeWorld, call: Call, signedIn: SignedIn, failure: Failure): Reply | undefined {
  const { method, query } = call;
  const path = call.path.replace('/youtube/v3/', '');
  const id = query.get('id') ?? '';
  const asked = `${method} ${path}`;
  const row: Record<string, (who: Standing) => Reply> = {
    'GET videos': () => json(200, { items: [videoOf(world, id) ?? []].flat().map(video) }),
    'DELETE videos': (who) => removeVideo(world, who, id, failure),
    'GET playlistItems': () => json(200, { items: listed(world, query.get('playlistId') ?? '') }),
    'POST videos/rate': (who) => rate(world, who, id, query.get('rating') ?? '', failure),
    'POST commentThreads': (who) => comment(world, call, who, failure),
    'POST comments': (who) => comment(world, call, who, failure),
    'GET commentThreads': () =>
      json(200, { items: newest(world, query.get('videoId') ?? '').map((post) => thread(post)) }),
    'GET comments': () => json(200, { items: commentsAsked(world, call).map(shape) }),
    'DELETE comments': (who) => remove(world, who, id, failure),
  };
  const answer = Object.hasOwn(row, asked) ? row[asked] : undefined;
  if (!answer) return undefined;
  const who = signedIn();
  const isWrite = method !== 'GET';
  if (isWrite && !who.scopes.includes(`${prefix}youtube.force-ssl`))
    return failure(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
  return answer(who);
}

const newest = (world: FakeWorld, id: string) => [...world.posts.answersTo('youtube', id)].reverse();
export const ownChannel = ({ grant }: Standing) =>
  googleAccounts.find(({ id }) => id === grant.account)?.channels[0]?.id ?? '';
const titleOf = (channel: string) => channels.find(({ id }) => id === channel)?.title ?? '';

/** One that has always been there, or that was uploaded. */
function videoOf(world: FakeWorld, id: string): FakePost | undefined {
  const uploaded = world.posts.shown('youtube', id);
  return videos.find((one) => one.id === id) ?? (uploaded?.video ? uploaded : undefined);
}

/** Newest first, as a channel's list of uploads has them. */
function listed(world: FakeWorld, playlist: string) {
  return [...world.posts.shownBy('youtube', `UC${playlist.slice(2)}`)].slice(0, 50).map((post) => {
    const { snippet } = video(post);
    return { kind: 'youtube#playlistItem', snippet: { ...snippet, resourceId: { videoId: post.id } } };
  });
}

function removeVideo(world: FakeWorld, who: Standing, id: string, failure: Failure): Reply {
  const post = world.posts.shown('youtube', id);
  if (!post?.video) return failure(404, 'videoNotFound', 'The video cannot be found.');
  if (post.author !== ownChannel(who)) return failure(403, 'forbidden', 'The video cannot be deleted.');
  world.posts.remove(post);
  return { status: 204 };
}

function rate(world: FakeWorld, who: Standing, id: string, rating: string, failure: Failure): Reply {
  if (!videoOf(world, id)) return failure(404, 'videoNotFound', 'The video cannot be found.');
  if (rating !== 'like' && rating !== 'none') return failure(400, 'invalidRating', 'Unknown rating');
  world.posts.tap('like', 'youtube', id, ownChannel(who), rating === 'none');
  return { status: 204 };
}

type Body = { parentId?: string; videoId?: string; textOriginal?: string; topLevelComment?: { snippet?: Body } };

function comment(world: FakeWorld, call: Call, who: Standing, failure: Failure): Reply {
  const snippet = JSON.parse(call.fields.get('snippet') ?? '{}') as Body;
  const isThread = call.path.endsWith('/commentThreads');
  const text = (isThread ? snippet.topLevelComment?.snippet : snippet)?.textOriginal ?? '';
  const answers = (isThread ? snippet.videoId : snippet.parentId) ?? '';
  if (text.trim() === '') return failure(400, 'commentTextRequired', 'The comment text is required.');
  if (text.length > limit) return failure(400, 'commentTextTooLong', 'The comment is too long.');
  const isThere = isThread ? videoOf(world, answers) : world.posts.shown('youtube', answers);
  if (!isThere) return failure(404, isThread ? 'videoNotFound' : 'parentCommentNotFound', 'Not found.');
  const number = `Ugx${world.posts.next()}`;
  const id = isThread ? number : `${answers}.${number}`;
  const draft = { network: 'youtube' as const, id, author: ownChannel(who), text, answers, isComment: true as const };
  return publish(world, draft, {
    good: (post) => json(200, isThread ? thread(post) : shape(post)),
    pleaseRetry: () => failure(400, 'processingFailure', 'The API server failed to process the request.'),
    ghost: () => failure(400, 'processingFailure', 'The API server failed to process the request.'),
  });
}

function commentsAsked(world: FakeWorld, { query }: Call): FakePost[] {
  const [parent, id] = [query.get('parentId'), query.get('id')];
  if (parent) return newest(world, parent);
  const one = world.posts.shown('youtube', id ?? '');
  return one ? [one] : [];
}

function remove(world: FakeWorld, who: Standing, id: string, failure: Failure): Reply {
  const post = world.posts.shown('youtube', id);
  if (!post) return failure(404, 'commentNotFound', 'The comment cannot be found.');
  if (post.author !== ownChannel(who)) return failure(403, 'forbidden', 'The comment cannot be deleted.');
  world.posts.remove(post);
  return { status: 204 };
}

export const video = ({ id, author, text, at, video: made }: FakePost) => ({
  kind: 'youtube#video',
  id,
  snippet: {
    ...{ title: made?.title ?? text, description: made ? text : '', channelId: author },
    ...{ channelTitle: titleOf(author), publishedAt: `${new Date(at).toISOString().slice(0, 19)}Z` },
  },
  status: { uploadStatus: 'uploaded', privacyStatus: made?.privacy ?? 'public' },
});
const shape = ({ id, author, text, at, answers }: FakePost) => ({
  kind: 'youtube#comment',
  id,
  snippet: {
    ...{ textOriginal: text, textDisplay: text, authorDisplayName: titleOf(author), parentId: answers },
    ...{ authorChannelId: { value: author }, publishedAt: `${new Date(at).toISOString().slice(0, 19)}Z` },
  },
});
const thread = (post: FakePost) => ({
  kind: 'youtube#commentThread',
  id: post.id,
  snippet: { videoId: post.answers, topLevelComment: shape(post) },
});

/** `/channel/...` and `/watch?v=...`, for anybody. */
export function youtubePage(world: FakeWorld, { path, query }: Call): Reply {
  const channel = youtubeAccounts.find(({ id }) => path === `/channel/${id}`);
  if (channel)
    return accountPage(world, channel, [
      ...world.posts.shownBy('youtube', channel.id),
      ...videos.filter(({ author }) => author === channel.id),
    ]);
  const shown = videoOf(world, query.get('v') ?? '');
  return postPage(
    world,
    youtubeAccounts.find(({ id }) => id === shown?.author),
    shown,
    label,
    youtubeAccounts,
  );
}

export const youtubeAccounts: PublicAccount[] = channels.map(({ id, title, handle = '' }) => ({
  ...label,
  network: 'youtube',
  ...{ id, name: title, handle, path: `/www.youtube.com/channel/${id}` },
  postPath: (post) => `/www.youtube.com/watch?v=${post.id}`,
}));
