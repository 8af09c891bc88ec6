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
  /** Unix milliseconds. */
  at: number;
  /** Shown only from then on; absent: at once. */
  shownAt?: number;
  /** Taken back, or dropped by the network: nobody sees it. */
  goneAt?: number;
};

type Line = { post: FakePost } | { gone: string; at: number };

/** What was published on the pretend networks. One line is added for each change, so that a restart loses none. */
export class Posts {
  readonly #file: string;
  readonly #byId = new Map<string, FakePost>();
  readonly #byAuthor = new Map<string, FakePost[]>();
  readonly #byText = new Map<string, FakePost>();

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

  /** What the author's public page shows now, newest first, one after the other: there may be very many. */
  *shownBy(network: NetworkId, author: string): Generator<FakePost> {
    const posts = this.#byAuthor.get(keyOf(network, author)) ?? [];
    for (let index = posts.length - 1; index >= 0; index--) {
      const post = posts[index];
      if (post && this.#isShown(post)) yield post;
    }
  }

  /** The last post of this author with the very same text since then, whether it is still there or not. */
  twin(network: NetworkId, author: string, text: string, since: number): FakePost | undefined {
    const post = this.#byText.get(`${keyOf(network, author)}/${text}`);
    return post && post.at > since ? post : undefined;
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
    const { post } = line;
    this.#byId.set(keyOf(post.network, post.id), post);
    const key = keyOf(post.network, post.author);
    this.#byText.set(`${key}/${post.text}`, post);
    const others = this.#byAuthor.get(key);
    if (others) others.push(post);
    else this.#byAuthor.set(key, [post]);
  }
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
