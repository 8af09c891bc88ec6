import { at, type Kit } from '../http.js';
import { oneTap } from '../oneTap.js';
import type { Reacting, Target } from '../publishing.js';
import { aimOnX } from './aim.js';
import { xAnswers } from './answers.js';
import { xTypes } from './facts.js';
import { xPublishing } from './publishing.js';

const api = 'https://api.x.com/2';
const { publishing: scopes } = xTypes['x-user'];

/** Replies and reposts. X took likes and quote posts away from self-serve apps. */
export function xReacting(kit: Kit): Reacting {
  return {
    scopes: () => scopes,
    reply: ({ id }) => xPublishing(kit, id),
    share: (to) => repost(kit, to),
    aim: (tokens, what) => aimOnX(kit, tokens, what),
  };
}

/** https://docs.x.com/x-api/posts/retweets/introduction */
function repost(kit: Kit, { id }: Target) {
  return oneTap(kit, (author) => ({
    table: xAnswers,
    scopes,
    id,
    url: `${api}/users/${encodeURIComponent(author)}/retweets`,
    body: { tweet_id: id },
    isDone: ({ body }) => at(body, 'data', 'retweeted') === true,
    undo: {
      url: `${api}/users/${encodeURIComponent(author)}/retweets/${encodeURIComponent(id)}`,
      isDone: ({ body }) => at(body, 'data', 'retweeted') === false,
    },
    undoCost: 'It costs 0.015 USD. Notifications that X sent stay sent.',
    price: { usd: 0.015, why: 'X charges for every repost.' },
    permalink: `https://x.com/i/web/status/${encodeURIComponent(id)}`,
  }));
}
