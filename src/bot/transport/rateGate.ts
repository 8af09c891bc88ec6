/** Milliseconds and how many sends fit in them, per conversation: learn.microsoft.com, "Rate limiting for bots". */
const windows = [
  { ms: 1_000, sends: 7 },
  { ms: 2_000, sends: 8 },
  { ms: 30_000, sends: 60 },
] as const;
const longestMs = 30_000;
const mostConversations = 5_000;

/** Spaces out what goes into one conversation, so that the channel has no reason to answer 429. */
export class RateGate {
  readonly #sends = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How many conversations are remembered. */
  get size(): number {
    return this.#sends.size;
  }

  /** Takes a place and says in how many milliseconds it comes up; undefined, and no place taken, beyond `patienceMs`. */
  take(conversation: string, patienceMs: number): number | undefined {
    const now = this.#now();
    const sends = (this.#sends.get(conversation) ?? []).filter((at) => now - at < longestMs);
    const at = Math.max(
      now,
      ...windows.map(({ ms, sends: most }) => (sends.at(-most) ?? Number.NEGATIVE_INFINITY) + ms),
    );
    if (at - now > patienceMs) return undefined;
    this.#keep(conversation, [...sends, at]);
    return at - now;
  }

  /** Counts a send that does not wait. */
  note(conversation: string): void {
    const now = this.#now();
    const sends = (this.#sends.get(conversation) ?? []).filter((at) => now - at < longestMs);
    // No more than the longest window can use.
    this.#keep(conversation, [...sends, now].sort((a, b) => a - b).slice(-windows[2].sends));
  }

  #keep(conversation: string, sends: number[]): void {
    // Put last, so that the map's first is the one unused for longest.
    this.#sends.delete(conversation);
    this.#sends.set(conversation, sends);
    const [stalest] = this.#sends.keys();
    if (this.#sends.size > mostConversations && stalest !== undefined) this.#sends.delete(stalest);
  }
}
