import type { Asked } from '../../../src/rules/operation.js';
import type { NetworkId, ProfileId, TenantId } from '../../../src/rules/types.js';
import type { Fault } from '../../../src/sandbox/networks/faults.js';

/** What every process of a run is told at its start, as JSON in its first argument. */
export type Start = {
  /** The database that all of them share. */
  uri: string;
  /** Seals sign-ins. */
  keys: string;
  /** Where the pretend networks and the pretend Teams are; empty for the process that is them. */
  origin: string;
  dataDir: string;
  tenants: readonly TenantId[];
  undoSeconds: number;
  /** Time that went by faster than it does, up to now. */
  aheadMs: number;
  /** How wrong this process's clock is. */
  skewMs: number;
  sweepSeconds: number;
};

export type Manner = { picture?: true; video?: true; link?: string };

/** What the run asks of a process, and what comes back under the same number. */
export type Command =
  /** Preview and Send, as two activities of Teams: a post, with a picture, a video or neither, or a reply to a link. */
  | ({ kind: 'ask'; activity: string; tenant: TenantId; person: string; profile: ProfileId; text: string } & Manner)
  | { kind: 'do'; activity: string; tenant: TenantId; person: string; asked: Asked }
  | { kind: 'jump'; aheadMs: number }
  /** Everything that is due now is done. */
  | { kind: 'sweep' }
  | { kind: 'dial'; network: NetworkId; fault: Fault | null }
  | { kind: 'seen' };

export type Reply = {
  /** What was decided: `posting`, `refused` ... with the code of a refusal and the notes of a change. */
  outcome?: string;
  code?: string;
  notes?: readonly string[];
  posting?: string;
  seen?: Seen;
};

/** What people were shown, by preview: the last word on its card. */
export type Seen = Record<string, { card?: string }>;

/** Time of a run: the machine's, and what was jumped. */
export function runClock(start: Pick<Start, 'aheadMs' | 'skewMs'>) {
  let { aheadMs } = start;
  return {
    now: () => new Date(Date.now() + aheadMs + start.skewMs),
    jumpTo: (ms: number) => {
      aheadMs = ms;
    },
  };
}

/** Answers commands of the run, each under its number. What fails is answered with an error. */
export function serveCommands(answer: (command: Command) => Promise<Reply>): void {
  process.on('message', ({ number, command }: { number: number; command: Command }) => {
    answer(command).then(
      (reply) => process.send?.({ number, reply }),
      (error: unknown) => process.send?.({ number, error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  // Nobody is left to work for.
  process.on('disconnect', () => process.exit());
}
