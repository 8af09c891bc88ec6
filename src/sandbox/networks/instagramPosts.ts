import { type Call, json, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { pageOfPosts } from './facebookPosts.js';
import { answerInstagramReactions } from './instagramReactions.js';
import { containReel, hoursKept, reelState } from './instagramVideos.js';
import { type FakeContainer, pictureIn } from './media.js';
import { fieldsOf, type MayAct, metaError, only } from './meta.js';
import { type FakeInstagram, instagramAccounts } from './people.js';
import type { FakePost } from './posts.js';
import { accountPage, type PublicAccount, postPage } from './publicPages.js';
import { publish } from './publish.js';

const look = { label: 'Instagram', colour: '#c13584' };
const captionLimit = 2200;
const mostBytes = 8_000_000;

/** Posts of pretend accounts, or undefined when the call is about something else. `path` comes without its version. */
export async function answerInstagramPosts(world: FakeWorld, call: Call, mayAct: MayAct): Promise<Reply | undefined> {
  const [, account, edge] = /^\/(17841\d+)\/(media|media_publish)$/.exec(call.path) ?? [];
  const node = /^\/(\d+)$/.exec(call.path)?.[1];
  const reaction = answerInstagramReactions(world, call, mayAct);
  if (reaction) return reaction;
  if (account) {
    const refused = mayAct(account);
    if (refused) return refused;
    if (call.method === 'GET' && edge === 'media') return list(world, call, account);
    if (call.method !== 'POST') return metaError(100, 'Unsupported request.');
    return edge === 'media' ? contain(world, call, account) : release(world, call, account);
  }
  return node && call.method === 'GET' ? show(world, call, node, mayAct) : undefined;
}

/** What is to be published, with the picture fetched from where it is. */
async function contain(world: FakeWorld, call: Call, account: string): Promise<Reply> {
  if (world.faults.take('instagram', 'uploadLost')) return { status: 0, isLost: true };
  const caption = call.fields.get('caption') ?? '';
  if (caption.length > captionLimit) return metaError(100, 'The caption was too long.', { subcode: 2207010 });
  const id = String(world.posts.next());
  const made = { id, by: account, alt: call.fields.get('alt_text') ?? '', at: world.state.now() };
  if (call.fields.get('media_type') === 'CAROUSEL') {
    const children = (call.fields.get('children') ?? '').split(',');
    const isWhole = children.length > 1 && children.every((child) => itemOf(world, child, account));
    if (!isWhole) return metaError(100, 'Carousel validation failed.', { subcode: 2207028 });
    world.media.keep('instagram', { ...made, container: { caption, children } });
    return json(200, { id });
  }
  if (call.fields.get('media_type') === 'REELS') return containReel(world, call, made, caption);
  const bytes = await fetched(call.fields.get('image_url') ?? '');
  const picture = await pictureIn(bytes);
  if (!bytes || picture?.type !== 'image/jpeg') {
    return metaError(9004, 'The media could not be fetched from this URI.', { subcode: 2207052 });
  }
  if (world.faults.take('instagram', 'uploadRefused') || bytes.length > mostBytes)
    return metaError(36003, 'The image is not supported.', { subcode: 2207009 });
  const isItem = call.fields.get('is_carousel_item') === 'true';
  world.media.keep('instagram', { ...made, container: { caption, ...(isItem ? { isItem } : {}) } }, bytes);
  return json(200, { id });
}

const itemOf = (world: FakeWorld, id: string, account: string) => {
  const found = world.media.of('instagram', id);
  return found?.by === account && found.container?.isItem === true;
};

/** Only from this machine, and only what is answered at once as a JPEG. */
async function fetched(address: string): Promise<Buffer | undefined> {
  if (!/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\//.test(address)) return undefined;
  const answer = await fetch(address, { redirect: 'manual' }).catch(() => undefined);
  const isPicture = answer?.status === 200 && answer.headers.get('content-type') === 'image/jpeg';
  return isPicture ? Buffer.from(await answer.arrayBuffer()) : undefined;
}

/** The one call that makes a post of it. A second time it says so, and makes none. */
function release(world: FakeWorld, call: Call, account: string): Reply {
  const id = call.fields.get('creation_id') ?? '';
  const kept = world.media.of('instagram', id);
  const container = kept?.container;
  const isOld = kept && world.state.now() - kept.at > hoursKept * 3_600_000;
  if (!kept || !container || container.isItem || kept.by !== account || isOld || container.isPublished) {
    return expired();
  }
  const state = container.reel ? reelState(world, kept).status_code : 'FINISHED';
  if (state === 'EXPIRED') return expired();
  if (state !== 'FINISHED') return metaError(9007, 'Media ID is not available', { subcode: 2207027 });
  const shown = container.reel?.video ? { video: container.reel.video } : { media: mediaOf(world, container, id) };
  const draft = { network: 'instagram' as const, id: String(world.posts.next()), author: account, ...shown };
  const reply = publish(
    world,
    { ...draft, text: container.caption.trim() },
    {
      good: (post) => json(200, { id: post.id }),
      pleaseRetry: () => metaError(4, 'Application request limit reached', { subcode: 2207051, status: 403 }),
      ghost: () => metaError(9007, 'Media ID is not available', { subcode: 2207027 }),
    },
  );
  if (world.posts.wasMade('instagram', draft.id))
    world.media.keep('instagram', { ...kept, container: { ...container, isPublished: true } });
  return reply;
}

const expired = () => metaError(100, 'The media builder does not exist or has expired.', { subcode: 2207008 });

const mediaOf = (world: FakeWorld, { children }: FakeContainer, id: string) =>
  (children ?? [id]).map((one) => ({ id: one, alt: world.media.of('instagram', one)?.alt ?? '' }));

function list(world: FakeWorld, call: Call, account: string): Reply {
  return pageOfPosts(call, world.posts.shownBy('instagram', account), undefined, (post) => shape(call, post));
}

function show(world: FakeWorld, call: Call, id: string, mayAct: MayAct): Reply | undefined {
  const container = world.media.of('instagram', id);
  const post = world.posts.shown('instagram', id);
  const account = container?.by ?? post?.author;
  if (!account) return undefined;
  const refused = mayAct(account);
  if (refused) return refused;
  if (post) return json(200, shape(call, post));
  const state = container?.container?.reel
    ? reelState(world, container)
    : { status_code: container?.container?.isPublished ? 'PUBLISHED' : 'FINISHED' };
  return json(200, only({ id, ...state }, fieldsOf(call)));
}

function shape(call: Call, post: FakePost) {
  const timestamp = `${new Date(post.at).toISOString().slice(0, 19)}+0000`;
  const permalink = `https://www.instagram.com${pathOf(post)}`;
  return only({ id: post.id, caption: post.text, timestamp, permalink, shortcode: codeOf(post) }, fieldsOf(call));
}

/** A code that its number does not tell, as the real ones. */
const codeOf = ({ id }: Pick<FakePost, 'id'>) => Buffer.from(id).toString('base64url').split('').reverse().join('');
const pathOf = (post: FakePost) => `/p/${codeOf(post)}/`;

/** `/contoso/`, `/p/{code}/` and `/p/{code}/c/{comment}/`, for anybody. */
export function instagramPublicPages(world: FakeWorld, call: Call): Reply {
  const code = /^\/p\/([\w-]+)(?:\/c\/\d+)?\/?$/.exec(call.path)?.[1];
  const handle = /^\/([\w.]+)\/?$/.exec(call.path)?.[1]?.toLowerCase();
  for (const account of instagramPublic) {
    if (code === undefined && account.handle === handle) return accountPage(world, account);
    const post = [...world.posts.shownBy('instagram', account.id)].find((one) => codeOf(one) === code);
    if (post) return postPage(world, account, post, look, instagramPublic);
  }
  return postPage(world, undefined, undefined, look);
}

const publicPage = ({ id, name, handle }: FakeInstagram): PublicAccount => ({
  ...look,
  ...{ network: 'instagram', id, name, handle, path: `/www.instagram.com/${handle}/` },
  postPath: (post) => `/www.instagram.com${pathOf(post)}`,
});

export const instagramPublic = instagramAccounts.filter(({ type }) => type !== 'PERSONAL').map(publicPage);
