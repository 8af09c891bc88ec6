import type { Kit } from '../http.js';
import { graph } from '../meta/graph.js';
import { commonProblems, linksIn, problemsOf } from '../previewing.js';
import type { Author, Preview, Problem, Publishing } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import { facebookAnswers } from './answers.js';
import { facebookTypes } from './facts.js';
import { picturesOnPage } from './pictures.js';
import { isSameOnFacebook, lookUpOnPage, mentions, pageLink, readOnPage, takeBackFromPage } from './posts.js';
import { publishVideoOnPage, videosOnPage } from './videos.js';

const limit = 63_206;
const { publishing: scopes } = facebookTypes['facebook-page'];

/** Posts of Facebook Pages, with pictures or a video or without: https://developers.facebook.com/documentation/pages-api/posts */
export function pagePublishing(kit: Kit): Publishing {
  const permalink = (author: Author, id: string) => pageLink(kit, author, id);
  return {
    preview: (text) => previewOnFacebook(text, limit),
    publish(tokens, what, signal) {
      if (what.video) return publishVideoOnPage(kit, tokens, what, signal);
      const url = `${graph}/${encodeURIComponent(what.author.externalId)}/feed`;
      const body = new URLSearchParams({ message: what.wire });
      for (const [at, { id }] of (what.pictures ?? []).entries())
        body.set(`attached_media[${at}]`, JSON.stringify({ media_fbid: id }));
      return publishOnce(kit, tokens, { table: facebookAnswers, url, scopes, body }, what, signal);
    },
    pictures: picturesOnPage(kit),
    videos: videosOnPage(kit),
    lookUp: (tokens, what) => lookUpOnPage(kit, tokens, what, (id) => permalink(what.author, id)),
    read: (tokens, { id }) => readOnPage(kit, tokens, id),
    takeBack: (tokens, { id }) => takeBackFromPage(kit, tokens, id),
    takeBackCost: 'It costs nothing. Comments and likes are deleted with the post.',
    isRepeatable: false,
    isSame: isSameOnFacebook,
    permalink,
  };
}

/** What goes out as it is written, up to so many signs. */
export function previewOnFacebook(text: string, limit: number): Preview {
  const sizes = { count: text.length, limit, unit: 'characters' };
  const dropped = problemsOf(text.match(mentions) ?? [], droppedMention);
  return { wire: text, ...sizes, problems: [...commonProblems(text, sizes), ...dropped], links: linksIn(text) };
}

const droppedMention = (mention: string): Problem => ({
  code: 'droppedMention',
  sentence: `Facebook takes "${mention}" out of the text without a word.`,
  fix: "Write the Page's name instead.",
  stops: false,
});
