import { type NetworkId, networkIds } from '../../rules/types.js';

/** What can go wrong with a new post. */
const postFaults = [
  'lostRequest',
  'lostAnswer',
  'postedError',
  'pleaseRetry',
  'showsLate',
  'dropped',
  'cut',
  'ghost',
  'noCredits',
] as const;
/** What can go wrong with a picture or a video before its post. */
const uploadFaults = ['uploadLost', 'uploadRefused', 'uploadForgotten'] as const;
export type PostFault = (typeof postFaults)[number];

export const faultKinds = [
  'expired',
  'revoked',
  'rateLimited',
  'slow',
  'error',
  'wrongAccount',
  'missingScope',
  'noPages',
  'renamed',
  ...postFaults,
  ...uploadFaults,
  'badDay',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One setting of the fault dial. */
export type Fault = {
  kind: FaultKind;
  /** How many calls it spoils before it ends by itself; absent: until cleared. */
  times?: number;
  /** `rateLimited`: how long to wait (default 900). `slow`: how late the answer comes (default 15). `showsLate`: the post (default 60). */
  seconds?: number;
  /** `missingScope`: which one; default: the one that reading the account needs. */
  scope?: string;
};

/** The fault dials of all pretend networks. Kept in memory: a restart is the way out of every fault. */
export class Faults {
  readonly #set = new Map<NetworkId, Fault>();

  set(network: NetworkId, fault?: Fault): void {
    if (fault) this.#set.set(network, { ...fault });
    else this.#set.delete(network);
  }

  all(): Partial<Record<NetworkId, Fault>> {
    return Object.fromEntries(this.#set);
  }

  /** Whether this network has this fault now; counts it. */
  take(network: NetworkId, kind: FaultKind): Fault | undefined {
    const fault = this.#set.get(network);
    if (fault?.kind !== kind) return undefined;
    if (fault.times !== undefined && --fault.times <= 0) this.#set.delete(network);
    return fault;
  }

  /** What goes wrong with a new post now. On a bad day every second one has some fault, whichever. */
  takeForPost(network: NetworkId): { kind: PostFault; seconds?: number } | undefined {
    for (const kind of postFaults) {
      const fault = this.take(network, kind);
      if (fault) return { ...fault, kind };
    }
    const pick = this.take(network, 'badDay') ? Math.floor(Math.random() * 2 * postFaults.length) : -1;
    const kind = postFaults[pick];
    return kind ? { kind, seconds: 1 } : undefined;
  }
}

/** The dial from outside: `{ network, fault: { kind, ... } | null }`, or undefined when it is not that. */
export function parseDial(network: unknown, fault: unknown): { network: NetworkId; fault?: Fault } | undefined {
  const id = networkIds.find((one) => one === network);
  if (!id) return undefined;
  if (fault === null || fault === undefined || fault === '') return { network: id };
  const fields = typeof fault === 'string' ? { kind: fault } : fault;
  if (typeof fields !== 'object') return undefined;
  const { kind, times, seconds, scope } = fields as Record<string, unknown>;
  const known = faultKinds.find((one) => one === kind);
  if (!known) return undefined;
  return {
    network: id,
    fault: {
      kind: known,
      ...(typeof times === 'number' && times > 0 ? { times } : {}),
      ...(typeof seconds === 'number' && seconds >= 0 ? { seconds } : {}),
      ...(typeof scope === 'string' ? { scope } : {}),
    },
  };
}
