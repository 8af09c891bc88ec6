import { deadEnd, type LinkForm, type LinkTarget, shortLinks } from '../link.js';

const host = /^(?:[a-z]{2,3}\.)?linkedin\.com$/;

/** Links to LinkedIn. The number of an activity is not that of its share: the kind in the link stays. */
export const linkedInLinks: readonly LinkForm[] = [
  {
    host,
    path: /^\/(?:embed\/)?feed\/update\/(urn:li:(?:activity|share|ugcPost):\d+)$/,
    leadsTo: ([, id = ''], query) => withComment(id, query),
  },
  {
    host,
    path: /^\/posts\/.*-(activity|share|ugcPost)-(\d+)(?:-[\w-]{2,8})?$/,
    leadsTo: ([, kind, number], query) => withComment(`urn:li:${kind}:${number}`, query),
  },
  shortLinks(/^lnkd\.in$/),
  deadEnd(
    host,
    /^\/(?:pulse|newsletters)\/.*$/,
    'LinkedIn lets apps do nothing with articles and newsletters.',
    'Paste the link of a post.',
  ),
];

/** `commentUrn` leaves out what the calls want: `(activity:1,2)` stands for `(urn:li:activity:1,2)`. */
function withComment(id: string, query: URLSearchParams): LinkTarget {
  const said = /^urn:li:comment:\((?:urn:li:)?(activity|share|ugcPost):(\d+),(\d+)\)$/.exec(
    query.get('commentUrn') ?? '',
  );
  if (!said) return { kind: 'post', id };
  const [, kind, post, comment] = said;
  return { kind: 'post', id, comment: `urn:li:comment:(urn:li:${kind}:${post},${comment})` };
}
