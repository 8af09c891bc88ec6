import { deadEnd, type LinkForm, type LinkTarget } from '../link.js';

const host = /^(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com$/;

/** Links to YouTube videos, and to comments on them. */
export const youtubeLinks: readonly LinkForm[] = [
  { host, path: /^\/watch$/, leadsTo: (_, query) => videoOf(query.get('v') ?? '', query) },
  { host, path: /^\/(?:shorts|live|embed)\/([\w-]+)$/, leadsTo: ([, id = ''], query) => videoOf(id, query) },
  { host: /^youtu\.be$/, path: /^\/([\w-]+)$/, leadsTo: ([, id = ''], query) => videoOf(id, query) },
  deadEnd(
    host,
    /^\/(?:post\/.*|playlist|@[^/]+(?:\/.*)?|channel\/.*|c\/.*)$/,
    'YouTube lets apps do nothing with community posts, lists and channels by link.',
    'Paste the link of a video.',
  ),
];

/** An answer to a comment's reply goes to the comment itself: the part before the dot. */
function videoOf(id: string, query: URLSearchParams): LinkTarget | undefined {
  if (!/^[\w-]{11}$/.test(id)) return undefined;
  const comment = query.get('lc')?.split('.')[0];
  return { kind: 'post', id, ...(comment && /^[\w-]+$/.test(comment) ? { comment } : {}) };
}
