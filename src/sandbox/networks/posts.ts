import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.js';
import type { NetworkId } from '../../rules/types.js';

/** Something published on a pretend network. */
export type FakePost = {
  network: NetworkId;
  id: string;
  /** The network's id of the account: what the author's public page goes by. */
  author: string;
  /** As a reader sees it. */
  text: string;
  /** The post or comment that this one answers. */
  answers?: string;
  /** A comment stands under what it answers only, not among its author's posts. */
  isComment?: true;
  /** The post that this one shares on. */
  shares?: string;
  /** Its pictures, by the network's own ids. */
  media?: { id: string; alt: string }[];
  /** `hash`: of all its bytes, in the order they came. */
  video?: FakeVideo;
  /** Unix milliseconds. */
  at: number;
  /** Shown only from then on; absent: at once. */
  shownAt?: number;
  /** Taken back, or dropped by the network: nobody sees it. */
  goneAt?: number;
};

/** `privacy`, `madeForKids`: of YouTube, where every post of a channel is a video. */
export type FakeVideo = { title?: string; privacy?: string; madeForKids?: boolean; bytes: number; hash: string };

export type Tap = 'like' | 'repost';
type Tapped = { tap: Tap; on: string; by: string; isOff?: boolean };
type Line = { post: FakePost } | { gone: string; at: number } | Tapped;

/** What was published on the pretend networks. One line is added for each change, so that a restart loses none. */
export class Posts {
  readonly #file: string;
  readonly #byId = new Map<string, FakePost>();
  readonly #byAuthor = new Map<string, FakePost[]>();
  readonly #byText = new Map<string, FakePost>();
  readonly #answers = new Map<string, FakePost[]>();
  readonly #taps = new Map<string, Set<string>>();

  constructor(
    dataDir: string,
    readonly clock: Clock,
  ) {
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, 'networks-posts.jsonl');
    const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n').filter(Boolean) : [];
    for (const line of lines) this.#take(JSON.parse(line) as Line);
  }

  add(post: Omit<FakePost, 'at'>): FakePost {
    const made = { ...post, at: this.clock().getTime() };
    this.#write({ post: made });
    return made;
  }

  remove(post: FakePost): void {
    this.#write({ gone: keyOf(post.network, post.id), at: this.clock().getTime() });
  }

  /** A number that no post has yet, growing. */
  next(): bigint {
    return BigInt(this.clock().getTime()) * 100_000n + BigInt(this.#byId.size);
  }

  /** Whatever anybody can see now. */
  shown(network: NetworkId, id: string): FakePost | undefined {
    const post = this.#byId.get(keyOf(network, id));
    return post && this.#isShown(post) ? post : undefined;
  }

  /** Whether it was there, for however long. */
  wasMade(network: NetworkId, id: string): boolean {
    return this.#byId.has(keyOf(network, id));
  }

  /** What the author's public page shows now, newest first, one after the other: there may be very many. */
  *shownBy(network: NetworkId, author: string): Generator<FakePost> {
    const posts = this.#byAuthor.get(keyOf(network, author)) ?? [];
    for (let index = posts.length - 1; index >= 0; index--) {
      const post = posts[index];
      if (post && !post.isComment && this.#isShown(post)) yield post;
    }
  }

  /** The last post of this author with the very same text since then, whether it is still there or not. */
  twin({ network, author, text, shares }: Omit<FakePost, 'id' | 'at'>, since: number): FakePost | undefined {
    const post = this.#byText.get(`${keyOf(network, author)}/${shares ?? ''}/${text}`);
    return post && post.at > since ? post : undefined;
  }

  /** What answers a post or comment, oldest first. */
  answersTo(network: NetworkId, id: string): FakePost[] {
    return (this.#answers.get(keyOf(network, id)) ?? []).filter((post) => this.#isShown(post));
  }

  /** Likes or reposts, or takes that back. False: it was so already. */
  tap(tap: Tap, network: NetworkId, on: string, by: string, isOff = false): boolean {
    if (this.tapped(tap, network, on).has(by) !== isOff) return false;
    this.#write({ tap, on: keyOf(network, on), by, isOff });
    return true;
  }

  /** Who liked or reposted it. */
  tapped(tap: Tap, network: NetworkId, on: string): ReadonlySet<string> {
    return this.#taps.get(`${tap} ${keyOf(network, on)}`) ?? new Set();
  }

  #isShown({ goneAt, shownAt }: FakePost): boolean {
    return goneAt === undefined && (shownAt === undefined || shownAt <= this.clock().getTime());
  }

  #write(line: Line): void {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    this.#take(line);
  }

  #take(line: Line): void {
    if ('gone' in line) {
      const post = this.#byId.get(line.gone);
      if (post) post.goneAt ??= line.at;
      return;
    }
    if ('tap' in line) {
      const by = this.#taps.get(`${line.tap} ${line.on}`) ?? new Set();
      this.#taps.set(
        `${line.tap} ${line.on}`,
        line.isOff ? new Set([...by].filter((one) => one !== line.by)) : by.add(line.by),
      );
      return;
    }
    const { post } = line;
    this.#byId.set(keyOf(post.network, post.id), post);
    const key = keyOf(post.network, post.author);
    if (post.answers) grow(this.#answers, keyOf(post.network, post.answers), post);
    this.#byText.set(`${key}/${post.shares ?? ''}/${post.text}`, post);
    grow(this.#byAuthor, key, post);
  }
}

function grow(lists: Map<string, FakePost[]>, key: string, post: FakePost): void {
  const list = lists.get(key);
  if (list) list.push(post);
  else lists.set(key, [post]);
}

const keyOf = (network: NetworkId, id: string) => `${network}/${id}`;

/** Some of a long row, and whether there is more behind them. */
export function pageOf<T>(all: Iterable<T>, start: number, size: number): { some: T[]; hasMore: boolean } {
  const some: T[] = [];
  let index = 0;
  for (const one of all) {
    if (index >= start + size) return { some, hasMore: true };
    if (index >= start) some.push(one);
    index++;
  }
  return { some, hasMore: false };
}
