import type { Kit } from '../http.js';
import { commonProblems, linksIn } from '../previewing.js';
import type { Preview, Problem, Publishing } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { isSameText } from '../sameText.js';
import { instagramAnswers as table } from './answers.js';
import { apiOf, publishScopes } from './api.js';
import { picturesOnInstagram } from './pictures.js';
import { lookUpOnInstagram, readOnInstagram } from './posts.js';
import { videosOnInstagram } from './videos.js';

const limit = 2200;
const mostTags = 30;
const mostNames = 20;

/** Pictures, or a reel, with a caption: https://developers.facebook.com/docs/instagram-platform/content-publishing */
export function instagramPublishing(kit: Kit): Publishing {
  return {
    preview,
    publish(tokens, what, signal) {
      const url = `${apiOf(kit)}/${encodeURIComponent(what.author.externalId)}/media_publish`;
      const body = new URLSearchParams({ creation_id: what.pictures?.[0]?.id ?? what.video?.uploads?.[0] ?? '' });
      return publishOnce(kit, tokens, { table, url, scopes: publishScopes(kit), body }, what, signal);
    },
    pictures: picturesOnInstagram(kit),
    videos: videosOnInstagram(kit),
    lookUp: (tokens, what) => lookUpOnInstagram(kit, tokens, what),
    read: (tokens, { id }) => readOnInstagram(kit, tokens, id),
    takeBack: async () => ({ kind: 'cannot', why: byHand }),
    takeBackCost: byHand,
    cannotTakeBack: true,
    isRepeatable: false,
    isSame: isSameText,
    // The link of a post has a code in it that its id does not tell: known once the post is read.
    permalink: ({ handle }) => kit.outbound(`https://www.instagram.com/${encodeURIComponent(handle)}/`).href,
  };
}

const byHand = 'Instagram lets this bot delete nothing. Delete the post in the Instagram app.';

function preview(text: string): Preview {
  const sizes = { count: text.length, limit, unit: 'characters' };
  const problems = [
    ...commonProblems(text, sizes),
    ...tooMany(text.match(/#[\p{L}\p{N}_]+/gu), mostTags, 'hashtags'),
    ...tooMany(text.match(/(?<![\w@.])@[\w.]+/g), mostNames, 'names with @'),
  ];
  return { wire: text, ...sizes, problems, links: linksIn(text) };
}

function tooMany(found: readonly string[] | null, most: number, what: string): Problem[] {
  const count = found?.length ?? 0;
  if (count <= most) return [];
  const sentence = `There are ${count} ${what}, and Instagram takes ${most}.`;
  return [{ code: 'tooManyTags', sentence, fix: 'Take some out.', stops: true }];
}
