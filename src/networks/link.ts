/**
 * What a link to a network leads to. `id` is what the network's calls want, as far as the link tells it. `owner`: the account's
 * handle or number where the id needs it too. `comment`: the comment that is meant, not the post.
 */
export type LinkTarget =
  | { kind: 'post' | 'media'; id: string; owner?: string; comment?: string }
  /** A public code that no call takes: it is looked for among the profile's own posts. */
  | { kind: 'code'; code: string; comment?: string }
  /** Where it leads is known only after one redirect. */
  | { kind: 'short' }
  /** Hides its number: the profile's own last posts are shown to pick from. */
  | { kind: 'opaque' }
  /** Leads to what no call reaches. */
  | { kind: 'no'; sentence: string; fix: string };

/** One form of link. */
export type LinkForm = {
  /** The whole host, in small letters. */
  host: RegExp;
  /** The whole path, without a slash at its end. */
  path: RegExp;
  /** Undefined: another form may fit. */
  leadsTo: (found: RegExpExecArray, query: URLSearchParams) => LinkTarget | undefined;
};

/** A form that leads nowhere, whatever stands in it. */
export function deadEnd(host: RegExp, path: RegExp, sentence: string, fix: string): LinkForm {
  return { host, path, leadsTo: () => ({ kind: 'no', sentence, fix }) };
}

/** A network's own short links. */
export function shortLinks(host: RegExp): LinkForm {
  return { host, path: /^\/[\w-]+$/, leadsTo: () => ({ kind: 'short' }) };
}
