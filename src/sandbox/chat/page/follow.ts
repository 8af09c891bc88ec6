const nearPx = 60;

/**
 * Keeps the newest message in view while the reader is at the end, and leaves them alone when they scrolled up. A message
 * taller than the window is shown from its top.
 */
export class Follow {
  readonly #log: HTMLElement;
  #isFollowing = true;
  #set = -1;

  constructor(log: HTMLElement) {
    this.#log = log;
    log.addEventListener('scroll', () => this.#scrolled());
    new ResizeObserver(() => this.keepUp()).observe(log);
  }

  /** From now on the newest is shown, whatever the reader did before. */
  restart(): void {
    this.#isFollowing = true;
  }

  /** After something changed. */
  keepUp(): void {
    if (!this.#isFollowing) return;
    this.#toNewest();
    // Cards get their full height a moment later.
    requestAnimationFrame(() => this.#isFollowing && this.#toNewest());
  }

  #toNewest(): void {
    const all = [...this.#log.querySelectorAll<HTMLElement>('[data-message]')];
    const newest = all.length > 1 ? all.at(-1) : undefined;
    const end = this.#log.scrollHeight - this.#log.clientHeight;
    const top = (newest ?? this.#log).getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
    this.#set = Math.max(0, Math.min(end, Math.round(newest ? this.#log.scrollTop + top - 12 : 0)));
    this.#log.scrollTop = this.#set;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    if (Math.abs(scrollTop - this.#set) <= 2) return;
    this.#isFollowing = scrollHeight - clientHeight - scrollTop < nearPx;
  }
}
