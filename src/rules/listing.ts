import { nameOf, shortNameOf } from './access.js';
import { fold } from './fold.js';
import { typeNames } from './profileTypes.js';
import type { Listing, NetworkId, Profile } from './types.js';

type Named = Pick<Profile, 'type' | 'handle' | 'name' | 'formerNames' | 'deleted'>;

/** By what lists have it in order, and by what it is found; of a deleted one there is nothing. */
export function listingOf(profile: Named): Listing {
  if (profile.deleted) return {};
  const { network } = typeNames[profile.type];
  return { sortName: sortNameOf(profile, network), names: namesOf(profile), network };
}

/** Longer names are in order by so much of them. */
const sortedBy = 120;

function sortNameOf(profile: Named, network: NetworkId): string {
  const name = fold(shortNameOf(profile)).replace(/^@/, '');
  // Letters without their accents first, so that é stands with e and not behind z.
  const base = name.normalize('NFD').replace(/\p{M}/gu, '');
  return `${base.slice(0, sortedBy)}\t${name.slice(0, sortedBy)}\t${network}`;
}

/** A word typed in chat as the keys of names it may stand for: the whole name, one of before, the beginning of a word of it. */
export const nameKeys = {
  whole: (folded: string) => `=${folded.slice(0, wholeBy)}`,
  former: (folded: string) => `~${folded.slice(0, wholeBy)}`,
  part: (folded: string) => `:${folded.slice(0, partBy)}`,
};
const wholeBy = 200;
const partBy = 48;
const mostParts = 12;

/** As words that stand for a profile are compared: folded, without the @ of a handle. */
export const plainWords = (words: string): string => fold(words).replace(/^@/, '');

function namesOf(profile: Named): string[] {
  const own = [profile.handle, profile.name];
  const former = (profile.formerNames ?? []).flatMap(({ handle, name }) => [handle, name]);
  return [
    ...new Set([
      ...own.map((name) => nameKeys.whole(fold(name))),
      // Also as sentences and cards name it: what they say can be typed.
      nameKeys.whole(plainWords(nameOf(profile))),
      ...former.map((name) => nameKeys.former(fold(name))),
      ...own.flatMap((name) => partsOf(name).map(nameKeys.part)),
    ]),
  ];
}

const words = new Intl.Segmenter('und', { granularity: 'word' });
/** Also within what a language calls one word: `contoso_support`, `ContosoFrance`, `shop12`. */
const seams =
  /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=[^\p{L}\p{M}\p{N}])(?=[\p{L}\p{N}])|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/** The name from each of its words on: whoever types the beginning of a word finds it. */
function partsOf(name: string): string[] {
  const short = name.normalize('NFC').slice(0, wholeBy);
  const starts = new Set([0]);
  for (const { index, isWordLike } of words.segment(short)) if (isWordLike) starts.add(index);
  for (const { index } of short.matchAll(seams)) starts.add(index);
  const first = [...starts].sort((a, b) => a - b).slice(0, mostParts);
  return first.map((start) => fold(short.slice(start))).filter((part) => part !== '');
}
