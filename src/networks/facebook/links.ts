import { deadEnd, type LinkForm, type LinkTarget } from '../link.js';

const host = /^(?:www\.|m\.|web\.|mbasic\.|[a-z]{2}-[a-z]{2}\.)?facebook\.com$/;
const opaque = { kind: 'opaque' } as const;
const hidden = (host: RegExp, path: RegExp): LinkForm => ({ host, path, leadsTo: () => opaque });

/** Links to Facebook: posts of own Pages, by number. */
export const facebookLinks: readonly LinkForm[] = [
  hidden(host, /^\/(?:.*\/)?pfbid\w+$/),
  hidden(host, /^\/share\/.*$/),
  hidden(/^fb\.watch$/, /^.*$/),
  deadEnd(host, /^\/groups\/.*$/, 'Facebook closed its groups to apps.', 'Paste the link of a post on your Page.'),
  {
    host,
    path: /^\/([\w.-]+)\/posts\/(?:[^/]+\/)?(\d+)$/,
    leadsTo: ([, owner = '', post = ''], query) => postOf(owner, post, query),
  },
  {
    host,
    path: /^\/(?:permalink|story)\.php$/,
    leadsTo: (_, query) => {
      const [post, owner] = [query.get('story_fbid') ?? '', query.get('id') ?? ''];
      if (/^pfbid/.test(post)) return opaque;
      return /^\d+$/.test(post) && /^\d+$/.test(owner) ? postOf(owner, post, query) : undefined;
    },
  },
  { host, path: /^\/(?:photo|photo\.php)$/, leadsTo: (_, query) => nodeOf(query.get('fbid'), query) },
  { host, path: /^\/watch$/, leadsTo: (_, query) => nodeOf(query.get('v'), query) },
  {
    host,
    path: /^\/(?:[\w.-]+\/photos\/(?:[^/]+\/)*|(?:[\w.-]+\/)?videos\/(?:[^/]+\/)?|reel\/)(\d+)$/,
    leadsTo: ([, id], query) => nodeOf(id, query),
  },
];

/** The id of a post, whose link may name its Page by a handle instead of the number that ids begin with. */
export const postOnPage = ({ id, owner }: { id: string; owner?: string }, page: string): string =>
  owner === undefined ? id : `${page}_${id}`;

/** A Page's handle instead of its number stays beside the post's number: only the Page itself knows both. */
function postOf(owner: string, post: string, query: URLSearchParams): LinkTarget {
  const isNumber = /^\d+$/.test(owner);
  const target = isNumber ? { id: `${owner}_${post}` } : { id: post, owner };
  return { kind: 'post', ...target, ...commentOf(post, query) };
}

function nodeOf(id: string | null | undefined, query: URLSearchParams): LinkTarget | undefined {
  return id && /^\d+$/.test(id) ? { kind: 'media', id, ...commentOf(id, query) } : undefined;
}

function commentOf(post: string, query: URLSearchParams): { comment?: string } {
  const comment = query.get('reply_comment_id') ?? query.get('comment_id') ?? '';
  return /^\d+$/.test(comment) ? { comment: `${post}_${comment}` } : {};
}
