import { deadEnd, type LinkForm } from '../link.js';

const host = /^(?:www\.)?(?:instagram\.com|instagr\.am)$/;

/** Links to Instagram. Their code is not the id that calls want, and no call turns one into the other. */
export const instagramLinks: readonly LinkForm[] = [
  {
    host,
    path: /^\/(?:[\w.]+\/)?(?:p|reel|reels|tv)\/([\w-]+)(?:\/c\/(\d+)(?:\/r\/(\d+))?)?$/,
    leadsTo: ([, code = '', comment, answer]) => ({ kind: 'code', code, ...commentIn(answer ?? comment) }),
  },
  deadEnd(host, /^\/stories\/.*$/, 'Instagram lets apps do nothing with stories by link.', 'Paste the link of a post.'),
  deadEnd(
    host,
    /^\/share\/.*$/,
    'Instagram hides the post in such a link.',
    'Open it, then copy the link from the address bar.',
  ),
];

const commentIn = (comment: string | undefined) => (comment === undefined ? {} : { comment });

/** Where a browser sees a comment: at the link of its post. */
export function commentLink(post: string | undefined, comment: string): string | undefined {
  const [there] = /^https?:\/\/[^?#]*\/(?:p|reel|reels|tv)\/[\w-]+/.exec(post ?? '') ?? [];
  return there && `${there}/c/${encodeURIComponent(comment)}/`;
}

/** How Instagram itself writes the link of a post with this code. */
export const linksWithCode = (code: string): string[] =>
  ['p', 'reel'].map((kind) => `https://www.instagram.com/${kind}/${encodeURIComponent(code)}/`);
