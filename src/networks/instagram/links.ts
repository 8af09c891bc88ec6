import { deadEnd, type LinkForm } from '../link.js';

const host = /^(?:www\.)?(?:instagram\.com|instagr\.am)$/;

/** Links to Instagram. Their code is not the id that calls want, and no call turns one into the other. */
export const instagramLinks: readonly LinkForm[] = [
  {
    host,
    path: /^\/(?:[\w.]+\/)?(?:p|reel|reels|tv)\/([\w-]+)$/,
    leadsTo: ([, code = '']) => ({ kind: 'code', code }),
  },
  deadEnd(host, /^\/stories\/.*$/, 'Instagram lets apps do nothing with stories by link.', 'Paste the link of a post.'),
  deadEnd(
    host,
    /^\/share\/.*$/,
    'Instagram hides the post in such a link.',
    'Open it, then copy the link from the address bar.',
  ),
];
