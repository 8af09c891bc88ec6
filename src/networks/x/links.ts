import { deadEnd, type LinkForm, shortLinks } from '../link.js';

const host = /^(?:www\.|mobile\.)?(?:x|twitter)\.com$/;

/** Links to X. Whatever follows the number (`/photo/1`, `?s=20`) does not matter. */
export const xLinks: readonly LinkForm[] = [
  {
    host,
    path: /^\/(?:i\/web|\w+)\/status(?:es)?\/(\d{1,20})(?:\/.*)?$/,
    leadsTo: ([, id = '']) => ({ kind: 'post', id }),
  },
  shortLinks(/^t\.co$/),
  deadEnd(
    host,
    /^\/i\/(?:spaces|broadcasts|articles?)\/.*$/,
    'X lets apps do nothing with spaces, broadcasts and articles.',
    'Paste the link of a post.',
  ),
];
