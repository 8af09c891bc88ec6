/** One setting of the connector's fault dial. `lost`: the message is stored, the answer never arrives. */
export type ConnectorFault = {
  match?: 'send' | 'update' | 'create' | 'file';
  status: 429 | 403 | 412 | 502 | 503 | 504 | 'lost';
  /** Seconds, sent as Retry-After. */
  retryAfter?: number;
  /** How many requests it spoils. */
  times: number;
};
export type Spoils = NonNullable<ConnectorFault['match']>;

const statuses = [429, 403, 412, 502, 503, 504, 'lost'] as const;
const matches = ['send', 'update', 'create', 'file'] as const;

/** The faults still to come, oldest first. */
export class ConnectorFaults {
  #waiting: ConnectorFault[] = [];

  set(fault: ConnectorFault): void {
    this.#waiting.push({ ...fault });
  }

  clear(): void {
    this.#waiting = [];
  }

  all(): ConnectorFault[] {
    return this.#waiting;
  }

  /** The fault that spoils this request, counted. */
  take(kind: Spoils): ConnectorFault | undefined {
    const found = this.#waiting.find(({ match }) => !match || match === kind);
    if (found && --found.times <= 0) this.#waiting = this.#waiting.filter((one) => one !== found);
    return found;
  }
}

/** `{ match?, status, retryAfter?, times }` from outside, or undefined when it is not that. */
export function parseFault(body: unknown): ConnectorFault | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { match, status, retryAfter, times } = body as Record<string, unknown>;
  const known = statuses.find((one) => one === status);
  const what = matches.find((one) => one === match);
  if (!known || (match !== undefined && !what)) return undefined;
  return {
    status: known,
    times: typeof times === 'number' && times > 0 ? Math.floor(times) : 1,
    ...(what ? { match: what } : {}),
    ...(typeof retryAfter === 'number' && retryAfter >= 0 ? { retryAfter } : {}),
  };
}
