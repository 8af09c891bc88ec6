import twitterText from 'twitter-text';

/** X's own rules of counting: https://docs.x.com/fundamentals/counting-characters. Frozen in 2020, so newer endings of links count short. */
export const xLimit = 280;

/**
 * The library takes the square of the length over `a.a.a...`: 24 seconds for 100,000 signs. What is longer than this is too
 * long for X in any case, but for a few links of thousands of signs each, and is counted by its length.
 */
const longestCounted = 5000;

export type XCount = {
  /** Weighted: most of Europe 1, everything else 2, any link 23. */
  weight: number;
  /** False for signs that X does not take (a byte order mark, a sign that is none). */
  isValid: boolean;
  /** Everything X makes a link of, bare names too, with its place in the text. */
  links: { link: string; at: number; isBare: boolean }[];
};

export function countForX(text: string): XCount {
  if (text.length > longestCounted) return { weight: text.length, isValid: true, links: [] };
  const { weightedLength } = twitterText.parseTweet(text);
  const links = twitterText.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: true });
  return {
    weight: weightedLength,
    isValid: !twitterText.hasInvalidCharacters(text),
    links: links.map(({ url, indices: [at] }) => ({ link: url, at, isBare: !/^https?:\/\//i.test(url) })),
  };
}

/** Endings that people write without `https://` and mean as links; in capitals (`ASP.NET`) they do not. */
const meantEndings = new Set(['com', 'org', 'net', 'edu', 'gov', 'mil', 'int', 'info', 'biz', 'eu']);

/** Names that X takes for links and nobody meant as one: `README.md`, `Teams.now` with its space forgotten. */
export function falseLinks(count: XCount): string[] {
  return count.links
    .filter(({ link, isBare }) => isBare && !link.includes('/') && !/^www\./i.test(link))
    .filter(({ link }) => !meantEndings.has(link.split('.').at(-1) ?? ''))
    .map(({ link }) => link);
}
