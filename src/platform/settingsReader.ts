import { isGuid } from './guid.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** Every wrong or missing setting at once, as numbered sentences. No sentence ever repeats a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly string[]) {
    const list = problems.map((problem, index) => `  ${index + 1}. ${problem}`).join('\n');
    super(`These settings need a look:\n${list}`);
  }
}

/** Reads single variables, and keeps what is wrong with them for `finish`. An empty value counts as not set. */
export class SettingsReader {
  readonly #env: Env;
  readonly #problems: string[] = [];

  constructor(env: Env) {
    this.#env = env;
  }

  problem(sentence: string): undefined {
    this.#problems.push(sentence);
    return undefined;
  }

  text(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** A whole number of at least `least` and at most `most`. */
  count(name: string, fallback: number, [least, most]: readonly [number, number]): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.problem(`${name} must be a whole number from ${least} to ${most}.`);
    return fallback;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    return found ?? this.problem(`${name} must be one of ${choices.join(', ')}.`);
  }

  url(name: string): URL | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password) return url;
    return this.problem(`${name} must be a web address such as https://social.contoso.com.`);
  }

  guid(name: string): string | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined || isGuid(text)) return text;
    return this.problem(`${name} must be an id of the form 00000000-0000-0000-0000-000000000000.`);
  }

  /** Parts between commas, each once. A part that does not fit is a problem that names its place. */
  list(name: string, fits: (part: string) => boolean, what: string): string[] {
    const parts = (this.text(name) ?? '').split(',').map((part) => part.trim());
    const wanted = parts.filter((part) => part !== '');
    wanted.forEach((part, index) => {
      if (!fits(part)) this.problem(`Part ${index + 1} of ${name} must be ${what}.`);
    });
    return [...new Set(wanted)];
  }

  /** All of `names`, or none: half a set is a problem that names what is missing. */
  together<N extends string>(...names: readonly N[]): Record<N, string> | undefined {
    const missing = names.filter((name) => !this.text(name));
    if (missing.length === names.length) return undefined;
    if (missing.length > 0) {
      const set = names.filter((name) => this.text(name));
      return this.problem(
        `${listed(set)} ${set.length > 1 ? 'are' : 'is'} set, so ${listed(missing)} must be set too.`,
      );
    }
    return Object.fromEntries(names.map((name) => [name, this.text(name)])) as Record<N, string>;
  }

  /** @throws SettingsError when anything was wrong */
  finish(): void {
    if (this.#problems.length > 0) throw new SettingsError(this.#problems);
  }
}

/** `A, B and C` */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
