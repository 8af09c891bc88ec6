import { randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.js';
import { dayMs } from '../../platform/spans.js';
import type { NetworkId } from '../../rules/types.js';

/** What one person allowed one app on one pretend network. Every token rests on one. */
export type FakeGrant = {
  id: string;
  network: NetworkId;
  clientId: string;
  /** Key of the pretend person or account. */
  account: string;
  scopes: string[];
  /** Unix milliseconds. */
  at: number;
  revoked?: boolean;
  declined?: string[];
};

export type FakeToken = {
  grant: string;
  kind: 'access' | 'refresh' | 'page';
  /** Unix milliseconds; absent: no end. */
  endsAt?: number;
  at: number;
  spent?: boolean;
  /** The Page a Page token is for. */
  page?: string;
};

export type FakeCode = {
  network: NetworkId;
  clientId: string;
  redirectUri: string;
  challenge?: { value: string; method: 'S256' | 'plain' };
  /** What the app asked for, and what the person gave. */
  asked: string[];
  scopes: string[];
  account: string;
  endsAt: number;
  /** The grant it became: a code used twice ends that grant. */
  usedFor?: string;
};

type Saved = {
  grants: Record<string, FakeGrant>;
  tokens: Record<string, FakeToken>;
  codes: Record<string, FakeCode>;
};

/** What the pretend networks remember, in one file, written before an answer goes out, so that a restart loses none. */
export class NetworkState {
  readonly #file: string;
  readonly #issuedFile: string;
  readonly #saved: Saved;
  readonly #issued: Set<string>;

  constructor(
    dataDir: string,
    readonly clock: Clock,
  ) {
    mkdirSync(dataDir, { recursive: true });
    this.#file = join(dataDir, 'networks.json');
    this.#issuedFile = join(dataDir, 'networks-issued.txt');
    this.#saved = existsSync(this.#file)
      ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Saved)
      : { grants: {}, tokens: {}, codes: {} };
    const issued = existsSync(this.#issuedFile) ? readFileSync(this.#issuedFile, 'utf8') : '';
    this.#issued = new Set(issued.split('\n').filter(Boolean));
  }

  now(): number {
    return this.clock().getTime();
  }

  /** A new secret value, remembered for ever, so that tests can look for leaks. */
  issue(prefix: string): string {
    const value = prefix + randomBytes(24).toString('base64url');
    this.#issued.add(value);
    appendFileSync(this.#issuedFile, `${value}\n`, { mode: 0o600 });
    return value;
  }

  issued(): string[] {
    return [...this.#issued];
  }

  addCode(prefix: string, code: FakeCode): string {
    const value = this.issue(prefix);
    this.#saved.codes[value] = code;
    this.save();
    return value;
  }

  addGrant(grant: Omit<FakeGrant, 'id' | 'at'>): FakeGrant {
    const made = { ...grant, id: randomUUID(), at: this.now() };
    this.#saved.grants[made.id] = made;
    return made;
  }

  addToken(prefix: string, token: Omit<FakeToken, 'at'>): string {
    const value = this.issue(prefix);
    this.#saved.tokens[value] = { ...token, at: this.now() };
    return value;
  }

  code(value: string): FakeCode | undefined {
    return own(this.#saved.codes, value);
  }

  token(value: string): FakeToken | undefined {
    return own(this.#saved.tokens, value);
  }

  grant(id: string): FakeGrant | undefined {
    return own(this.#saved.grants, id);
  }

  grantsWhere(test: (grant: FakeGrant) => boolean): FakeGrant[] {
    return Object.values(this.#saved.grants).filter(test);
  }

  /** Drops what nobody can use any more and writes the rest. */
  save(): void {
    const old = this.now() - dayMs;
    for (const [value, code] of Object.entries(this.#saved.codes)) {
      if (code.endsAt < old) delete this.#saved.codes[value];
    }
    for (const [value, token] of Object.entries(this.#saved.tokens)) {
      const isOver = token.kind === 'access' && token.endsAt !== undefined && token.endsAt < old;
      // A spent refresh token is kept for a day, so that using it again is noticed.
      if (isOver || (token.spent && token.at < old)) delete this.#saved.tokens[value];
    }
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, JSON.stringify(this.#saved), { mode: 0o600 });
    renameSync(fresh, this.#file);
  }
}

function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
