/**
 * How many times as long `run` takes with `long` as with `short`: the best of a few tries, by the processor's own count,
 * so that a machine that does something else for a moment is not the text's fault. `enough`: no need to try again below.
 */
export function growthOf<T>(run: (text: T) => void, short: T, long: T, enough: number): number {
  run(short);
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && least >= enough; tries++) {
    least = Math.min(
      least,
      shortest(() => run(long)) /
        Math.max(
          shortest(() => run(short)),
          leastMs,
        ),
    );
  }
  return least;
}

/** Below this the clock says more about itself than about the work. */
const leastMs = 1;

function shortest(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < 3; at++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
