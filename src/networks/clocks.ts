import { dayMs } from '../platform/spans.js';

/** By how many milliseconds each network's clock is ahead of ours, as the `date` of its last answer says. */
export type Ahead = Map<string, number>;

type Clocks = { ahead: Ahead; clock: () => Date };

/** The way there and back, and whole seconds: less is no difference. */
const slackMs = 5000;
/** More is no clock that is off, but a wrong header. */
const mostMs = 7 * dayMs;

/** Keeps what an answer says of the network's clock. An answer from a cache is as old as it says. */
export function noteDate({ ahead, clock }: Clocks, label: string, headers: Headers): void {
  const theirs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(theirs) || headers.has('age')) return;
  const difference = theirs + 500 - clock().getTime();
  if (Math.abs(difference) > mostMs) return;
  ahead.set(label, Math.abs(difference) < slackMs ? 0 : difference);
}

/** A moment of the network's clock by ours: without it a post made just now looks as if it was not. */
export function byOurs({ ahead }: Clocks, label: string, theirs: Date): Date {
  return new Date(theirs.getTime() - (ahead.get(label) ?? 0));
}

export function byTheirs({ ahead }: Clocks, label: string, ours: Date): Date {
  return new Date(ours.getTime() + (ahead.get(label) ?? 0));
}
