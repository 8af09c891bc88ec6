import { byOurs } from '../clocks.js';
import { address, at, bearer, type Kit, list, read, str } from '../http.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import { commonProblems, linksIn } from '../previewing.js';
import type { Found, LookedUp, Preview, Problem, Publishing, Read, TakenBack } from '../publishing.js';
import { isSameText } from '../sameText.js';
import { commentLink, youtubeSpeaker } from './comments.js';
import { askSession } from './session.js';
import { publishVideo, videosOnYouTube } from './videos.js';

const api = 'https://www.googleapis.com/youtube/v3';
const limit = 5000;
const mostPages = 5;

/** Videos, of which the text is the description: https://developers.google.com/youtube/v3/docs/videos/insert */
export function youtubePublishing(kit: Kit): Publishing {
  const link = (id: string) => kit.outbound(commentLink(id)).href;
  return {
    preview,
    publish: (tokens, what, signal) => publishVideo(kit, tokens, what, signal),
    videos: videosOnYouTube(kit),
    lookUp: (tokens, what) => lookUp(kit, tokens, what, link),
    read: (tokens, { id }) => readVideo(kit, tokens, id),
    takeBack: (tokens, { id }) => takeBack(kit, tokens, id),
    takeBackCost: 'The video is deleted for good, with its views and its comments.',
    isRepeatable: false,
    isSame: isSameText,
    permalink: (_author, id) => link(id),
  };
}

function preview(text: string): Preview {
  const sizes = { count: Buffer.byteLength(text), limit, unit: 'bytes' };
  return { wire: text, ...sizes, problems: [...commonProblems(text, sizes), ...signs(text)], links: linksIn(text) };
}

function signs(text: string): Problem[] {
  const found = ['<', '>'].filter((sign) => text.includes(sign));
  if (found.length === 0) return [];
  const sentence = `YouTube takes no ${found.join(' and no ')} in the text of a video.`;
  return [{ code: 'signs', sentence, fix: 'Take that out.', stops: true }];
}

type Wanted = Parameters<Publishing['lookUp']>[1];

/** Its session says what became of it; only when that is forgotten, the channel's own list is looked through. */
function lookUp(kit: Kit, tokens: Tokens, what: Wanted, link: (id: string) => string): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const { video, wire } = what;
    const state = video?.session ? await askSession(kit, tokens, video.session, video.bytes) : undefined;
    if (state?.kind === 'open') return { kind: 'found', posts: [] };
    if (state?.kind === 'done') {
      return { kind: 'found', posts: [{ id: state.id, at: kit.clock(), text: wire, url: link(state.id) }] };
    }
    return amongOwn(kit, tokens, what, link);
  });
}

async function amongOwn(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to, video }: Wanted,
  link: (id: string) => string,
): Promise<LookedUp> {
  const channel = await read(
    kit,
    youtubeSpeaker,
    address(`${api}/channels`, { part: 'contentDetails', id: author.externalId }),
    bearer(tokens.access),
  );
  const playlistId = str(list(channel, 'items')[0], 'contentDetails', 'relatedPlaylists', 'uploads');
  if (!playlistId) return { kind: 'cannot', why: 'YouTube does not show the videos of the channel.' };
  const posts: Found[] = [];
  let next: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { part: 'snippet', maxResults: '50', playlistId, ...(next ? { pageToken: next } : {}) };
    const answer = await aboutPost(kit, youtubeSpeaker, address(`${api}/playlistItems`, query), bearer(tokens.access));
    if (answer === 'gone') return { kind: 'found', posts };
    const items = list(answer.body, 'items');
    for (const item of items) {
      const made = byOurs(kit, 'YouTube', new Date(str(item, 'snippet', 'publishedAt') ?? ''));
      const id = str(item, 'snippet', 'resourceId', 'videoId');
      const isTitled = postText(item, 'snippet', 'title') === video?.title;
      const text = postText(item, 'snippet', 'description');
      if (id && isTitled && isSameText(wire, text) && made >= from && made <= to)
        posts.push({ id, at: made, text, url: link(id) });
    }
    next = str(answer.body, 'nextPageToken');
    const isPast =
      items.length > 0 && items.every((item) => new Date(str(item, 'snippet', 'publishedAt') ?? '') < from);
    if (!next || isPast) return { kind: 'found', posts };
  }
  return { kind: 'cannot', why: 'There are too many videos on the channel to look through.' };
}

/** What YouTube could not do anything with, or has thrown out, nobody can see. */
const lostStates = ['failed', 'rejected', 'deleted'];

function readVideo(kit: Kit, tokens: Tokens, id: string): Promise<Read> {
  return orElse<Read>(kit, tokens, async () => {
    const url = address(`${api}/videos`, { part: 'snippet,status', id });
    const answer = await aboutPost(kit, youtubeSpeaker, url, bearer(tokens.access));
    const video = answer === 'gone' ? undefined : list(answer.body, 'items')[0];
    if (!video || lostStates.includes(str(video, 'status', 'uploadStatus') ?? '')) return { kind: 'gone' };
    const made = byOurs(kit, 'YouTube', new Date(str(at(video, 'snippet'), 'publishedAt') ?? ''));
    const text = postText(video, 'snippet', 'description');
    return { kind: 'there', text, ...(Number.isNaN(made.getTime()) ? {} : { at: made }) };
  });
}

function takeBack(kit: Kit, tokens: Tokens, id: string): Promise<TakenBack> {
  return orElse<TakenBack>(kit, tokens, async () => {
    const init = { method: 'DELETE', ...bearer(tokens.access) };
    await aboutPost(kit, youtubeSpeaker, address(`${api}/videos`, { id }), init);
    return { kind: 'gone' };
  });
}
