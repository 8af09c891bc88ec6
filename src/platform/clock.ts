/** The present, handed in everywhere so that tests can move it. */
export type Clock = () => Date;

export function clockAhead(offsetSeconds: number): Clock {
  return offsetSeconds === 0 ? () => new Date() : () => new Date(Date.now() + offsetSeconds * 1000);
}
