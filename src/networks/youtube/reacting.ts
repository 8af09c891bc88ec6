import { address, bearer, type Kit, list, read } from '../http.js';
import type { LinkTarget } from '../link.js';
import type { Tokens } from '../network.js';
import { oneTap } from '../oneTap.js';
import { orElse } from '../outcomes.js';
import type { Aimed, Publishing, Reacting, Reaction, Target } from '../publishing.js';
import { nameIn } from '../reading.js';
import { youtubeAnswers } from './answers.js';
import { commentLink, commentOf, commentScope, textOf, youtubeComments, youtubeSpeaker } from './comments.js';

const videos = 'https://www.googleapis.com/youtube/v3/videos';

/** Comments on videos and answers to comments; likes of videos. YouTube has no call for sharing. */
export function youtubeReacting(kit: Kit): Reacting {
  return {
    scopes: () => [commentScope],
    reply: (to) => youtubeComments(kit, to),
    like: (to) => like(kit, to),
    aim: (tokens, what) => aim(kit, tokens, what),
  };
}

/** https://developers.google.com/youtube/v3/docs/videos/rate */
function like(kit: Kit, { id }: Target): Publishing {
  const rate = (rating: string) => address(`${videos}/rate`, { id, rating }).href;
  return oneTap(kit, () => ({
    table: youtubeAnswers,
    scopes: [commentScope],
    id,
    url: rate('like'),
    body: new URLSearchParams(),
    isDone: ({ status }) => status === 204,
    undo: { url: rate('none'), method: 'POST', isDone: ({ status }) => status === 204 },
    undoCost: 'It costs nothing.',
    permalink: commentLink(id),
  }));
}

const gone = {
  kind: 'no',
  sentence: 'YouTube shows nothing under this link.',
  fix: 'It may be private or deleted. Paste the link of another video.',
} as const;
const noCommentLikes = {
  kind: 'no',
  sentence: 'YouTube lets apps like videos only, and this link leads to a comment.',
  fix: 'Paste the link of the video, or like the comment on YouTube itself.',
} as const;

/** What is reacted to, for the preview: two reads of one unit each at most. */
async function aim(
  kit: Kit,
  tokens: Tokens,
  { link, reaction }: { link: LinkTarget; reaction: Reaction },
): Promise<Aimed> {
  if (link.kind !== 'post') return gone;
  const { id, comment } = link;
  if (comment && reaction === 'like') return noCommentLikes;
  const aimed = await orElse<Aimed>(kit, tokens, async () => {
    const url = address(videos, { part: 'snippet', id });
    const [video] = list(await read(kit, youtubeSpeaker, url, bearer(tokens.access)), 'items');
    const meant = comment ? await commentOf(kit, tokens, comment) : video;
    if (!video || !meant) return gone;
    const by = nameIn(meant, 'snippet', comment ? 'authorDisplayName' : 'channelTitle');
    const text = comment ? textOf(meant) : nameIn(meant, 'snippet', 'title');
    const to = { id, ...(comment ? { comment } : {}) };
    return { kind: 'at', to, ...(by ? { by } : {}), ...(text ? { text } : {}) };
  });
  return aimed.kind === 'cannot' ? { kind: 'no', sentence: aimed.why, fix: gone.fix } : aimed;
}
