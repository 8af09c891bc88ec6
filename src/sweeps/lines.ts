/**
 * Who waits for a turn that one of them has at a time: in order, one of each line asking at a time, so that a long line
 * costs no more than a short one. Entries are known by their key, and stand in a line once.
 */
export class Lines<T> {
  readonly #lines = new Map<string, Map<string, T>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** The line that each stands in. */
  readonly #standing = new Map<string, string>();
  readonly #asking = new Set<string>();

  /** `next`: one of a line asks again; true when its turn came, and the next of the line may ask. */
  constructor(
    readonly pauseMs: number,
    readonly next: (entry: T) => Promise<boolean>,
  ) {}

  has(key: string): boolean {
    return this.#standing.has(key);
  }

  stand(line: string, key: string, entry: T): void {
    if (this.#standing.has(key)) return;
    this.#standing.set(key, line);
    const waiting = this.#lines.get(line) ?? new Map<string, T>();
    this.#lines.set(line, waiting.set(key, entry));
    this.#later(line);
  }

  /** Time may have gone faster than the pause: the first of its line asks now. False: it stands in none. */
  hurry(key: string): boolean {
    const line = this.#standing.get(key);
    if (line === undefined) return false;
    clearTimeout(this.#timers.get(line));
    this.#timers.delete(line);
    void this.#ask(line);
    return true;
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#lines.clear();
    this.#standing.clear();
  }

  #later(line: string): void {
    if (this.#timers.has(line)) return;
    this.#timers.set(line, setTimeout(() => void this.#ask(line), this.pauseMs).unref());
  }

  async #ask(line: string): Promise<void> {
    if (this.#asking.has(line)) return;
    this.#asking.add(line);
    const [first] = this.#lines.get(line) ?? [];
    try {
      if (first && (await this.next(first[1]))) this.#leave(line, first[0]);
    } finally {
      this.#asking.delete(line);
      this.#timers.delete(line);
      if (this.#lines.has(line)) this.#later(line);
    }
  }

  #leave(line: string, key: string): void {
    const waiting = this.#lines.get(line);
    waiting?.delete(key);
    this.#standing.delete(key);
    if (waiting?.size === 0) this.#lines.delete(line);
  }
}
