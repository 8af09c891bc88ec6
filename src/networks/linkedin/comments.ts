import { byOurs } from '../clocks.js';
import { type Answer, bearer, type Kit, list, num, read, str } from '../http.js';
import { matched } from '../matching.js';
import type { Tokens } from '../network.js';
import { aboutPost, orElse, postText } from '../outcomes.js';
import { commonProblems, linksIn } from '../previewing.js';
import type { Author, Cannot, Found, LookedUp, Preview, Publishing, TakenBack, Target } from '../publishing.js';
import { publishOnce } from '../publishOnce.js';
import type { AnswerTable } from '../readSent.js';
import { isSameText } from '../sameText.js';
import { linkedInAnswers } from './answers.js';
import { api, rest } from './api.js';
import { linkedinTypes } from './facts.js';
import { linkedInSpeaker, urnOf } from './posts.js';

const limit = 1250;
const pageSize = 50;
const mostLooked = 500;
const closed: Cannot = { kind: 'cannot', why: 'LinkedIn shows this comment to no app. Look at it on LinkedIn.' };

/**
 * Comments, and answers to comments. Their text is plain: a backslash in it is seen by readers.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api
 */
export function linkedInComments(kit: Kit, type: keyof typeof linkedinTypes, to: Target): Publishing {
  const isReadable = type === 'linkedin-page';
  const permalink = (id: string) => {
    const query = `?commentUrn=${encodeURIComponent(id)}`;
    return kit.outbound(`https://www.linkedin.com/feed/update/${encodeURIComponent(to.id)}/${query}`).href;
  };
  const table: AnswerTable = { ...linkedInAnswers, idOf: (answer) => idOf(answer, to) };
  return {
    preview,
    publish(tokens, { author, ...what }, signal) {
      const body = {
        actor: urnOf(author),
        object: to.id,
        message: { text: what.wire },
        ...(to.comment ? { parentComment: to.comment } : {}),
      };
      const call = { table, url: commentsUrl(to), scopes: linkedinTypes[type].publishing, headers: rest, body };
      return publishOnce(kit, tokens, call, what, signal);
    },
    lookUp: async (tokens, what) => (isReadable ? lookUp(kit, tokens, what, to, permalink) : closed),
    read: async () => closed,
    takeBack: (tokens, what) => takeBack(kit, tokens, what),
    isRepeatable: false,
    ...(isReadable ? {} : { peopleOnly: true as const }),
    takeBackCost: 'It costs nothing. Answers to the comment are deleted with it.',
    isSame: isSameText,
    permalink: (_author, id) => permalink(id),
  };
}

/** An answer to a comment goes to the comment's own address. */
const commentsUrl = ({ id, comment }: Target) =>
  `${api}/rest/socialActions/${encodeURIComponent(comment ?? id)}/comments`;

/** LinkedIn names the comment alone; its URN names its post too, and undoing needs both. */
function idOf({ headers }: Answer, { id }: Target): string | undefined {
  const named = headers.get('x-restli-id') ?? '';
  if (/^urn:li:comment:\(.+,\d+\)$/.test(named)) return named;
  return /^\d+$/.test(named) ? `urn:li:comment:(${id},${named})` : undefined;
}

function preview(text: string): Preview {
  const sizes = { count: text.length, limit, unit: 'characters' };
  return { wire: text, ...sizes, problems: commonProblems(text, sizes), links: linksIn(text) };
}

function lookUp(
  kit: Kit,
  tokens: Tokens,
  { author, wire, from, to }: { author: Author; wire: string; from: Date; to: Date },
  target: Target,
  link: (id: string) => string,
): Promise<LookedUp> {
  return orElse<LookedUp>(kit, tokens, async () => {
    const posts: Found[] = [];
    for (let start = 0; start < mostLooked; start += pageSize) {
      const url = `${commentsUrl(target)}?start=${start}&count=${pageSize}`;
      const page = list(await read(kit, linkedInSpeaker, url, bearer(tokens.access, rest)), 'elements');
      const mine = page
        .filter((one) => str(one, 'actor') === urnOf(author))
        .flatMap((one) => commentOf(kit, one, target, link));
      posts.push(...mine.filter(({ at: made }) => made >= from && made <= to));
      if (page.length < pageSize) return matched(posts, (shown) => isSameText(wire, shown), wire);
    }
    return { kind: 'cannot', why: 'There are too many comments on LinkedIn to look through.' };
  });
}

function commentOf(kit: Kit, comment: unknown, to: Target, link: (id: string) => string): Found[] {
  const [number, made] = [str(comment, 'id'), num(comment, 'created', 'time')];
  if (!number || !(made > 0)) return [];
  const id = str(comment, 'commentUrn') ?? `urn:li:comment:(${to.id},${number})`;
  return [
    { id, at: byOurs(kit, 'LinkedIn', new Date(made)), text: postText(comment, 'message', 'text'), url: link(id) },
  ];
}

function takeBack(kit: Kit, tokens: Tokens, { author, id }: { author: Author; id: string }): Promise<TakenBack> {
  const [, post = '', number = ''] = /^urn:li:comment:\((.+),(\d+)\)$/.exec(id) ?? [];
  return orElse<TakenBack>(kit, tokens, async () => {
    const path = `${encodeURIComponent(post)}/comments/${encodeURIComponent(number)}`;
    const url = `${api}/rest/socialActions/${path}?actor=${encodeURIComponent(urnOf(author))}`;
    await aboutPost(kit, linkedInSpeaker, url, { method: 'DELETE', ...bearer(tokens.access, rest) });
    return { kind: 'gone' };
  });
}
