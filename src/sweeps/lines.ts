/**
 * Who waits for a turn that one of them has at a time: in order, one of each line asking at a time, so that a long line
 * costs no more than a short one. Entries are known by their key, and stand in a line once.
 */
export class Lines<T> {
  readonly #lines = new Map<string, Map<string, T>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #standing = new Set<string>();

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
    this.#standing.add(key);
    const waiting = this.#lines.get(line) ?? new Map<string, T>();
    this.#lines.set(line, waiting.set(key, entry));
    this.#later(line);
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
    const [first] = this.#lines.get(line) ?? [];
    try {
      if (first && (await this.next(first[1]))) this.#leave(line, first[0]);
    } finally {
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
