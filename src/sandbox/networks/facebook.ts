import { authorize } from './authorize.js';
import type { Call, Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { answerReactions } from './facebookComments.js';
import { facebookDoor } from './facebookDoor.js';
import { answerGraph } from './facebookGraph.js';
import { answerPhotos } from './facebookPhotos.js';
import { answerPagePosts, asPage, facebookAccounts, facebookPublicPages } from './facebookPosts.js';
import { facebookToken } from './facebookToken.js';
import { answerPageVideos } from './facebookVideos.js';
import { answerInstagramPosts } from './instagramPosts.js';
import { answerReelBytes } from './instagramVideos.js';
import { limitedByMeta, type MayAct } from './meta.js';
import { facebookPages } from './people.js';

/** Pretend Facebook: the login dialog, tokens, and the Graph reads that a sign-in needs. */
export function fakeFacebook(world: FakeWorld) {
  return {
    network: facebookDoor.network,
    label: facebookDoor.label,
    hosts: ['www.facebook.com', 'graph.facebook.com', 'graph-video.facebook.com', 'rupload.facebook.com'],
    accounts: facebookAccounts,
    isPage: (call: Call) => call.host === 'www.facebook.com',
    answer: (call: Call) => route(world, call),
    limited: (seconds: number) => limitedByMeta(80001, 'pages', seconds),
  };
}

/** An Instagram account is worked with by the token of the Page it is linked to. */
const linkedTo =
  (world: FakeWorld, call: Call): MayAct =>
  (account, act = 'publish') => {
    const page = facebookPages.find(({ instagram }) => instagram === account);
    return asPage(world, call, page?.id ?? '', instagramScopes[act]);
  };

const instagramScopes = {
  publish: 'instagram_content_publish',
  comment: 'instagram_manage_comments',
  like: 'instagram_manage_engagement',
};

async function route(world: FakeWorld, call: Call): Promise<Reply> {
  const [, version, path] = /^(?:\/(v\d+\.\d+))?(\/.*)$/.exec(call.path) ?? [];
  if (call.host === 'www.facebook.com' && path === '/dialog/oauth') return authorize(world, facebookDoor, call);
  if (call.host === 'www.facebook.com') return facebookPublicPages(world, call);
  if (call.host === 'graph.facebook.com' && path === '/oauth/access_token') return facebookToken(world, call);
  if (call.host === 'rupload.facebook.com') return answerReelBytes(world, call, (one) => linkedTo(world, one));
  const asked = { ...call, path: path ?? '/' };
  const posts = answerPagePosts(world, asked, version) ?? answerReactions(world, asked, version);
  return (
    posts ??
    answerPageVideos(world, asked, version) ??
    (await answerPhotos(world, asked)) ??
    (await answerInstagramPosts(world, asked, linkedTo(world, asked))) ??
    answerGraph(world, asked, version)
  );
}
