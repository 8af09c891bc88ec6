/** The present, handed in everywhere so that tests can move it. */
export type Clock = () => Date;

/**
 * What lives in the time of the machine, whatever a test's clock says: other people's tokens, files, a process's end.
 * Nothing else reads it.
 */
export const realTimeMs = (): number => Date.now();
export const realTime: Clock = () => new Date();

export function clockAhead(offsetSeconds: number): Clock {
  return offsetSeconds === 0 ? () => new Date() : () => new Date(Date.now() + offsetSeconds * 1000);
}

/** The clocks of two processes may be so far apart: what one of them holds, the other takes no sooner for that. */
export const clockSkewMs = 30_000;
