import { startTracing, type Tracing } from './platform/tracing.js';
import { createWatch, type Watch, type WatchOptions } from './platform/watch.js';
import { outboxKinds } from './rules/entries.js';
import { operations } from './rules/operation.js';
import { networkIds } from './rules/types.js';
import type { Settings } from './settings.js';
import { storeCalls } from './store/watched.js';
import { type Metrics, turnKinds } from './web/ops/metrics.js';

/** All that numbers and spans can be about: labels are bounded by these lists, whatever happens. */
export const watchedKinds: WatchOptions['kinds'] = {
  turn: turnKinds,
  operation: Object.keys(operations),
  decide: Object.keys(operations),
  store: storeCalls,
  outbox: outboxKinds,
  outside: ['graph', 'connector', ...networkIds],
};

export type Watching = { watch: Watch; stop: () => Promise<void> };

/** Watches for Prometheus, for a collector of traces, for both, or not at all: as the settings say. */
export async function startWatching(settings: Settings, metrics: Metrics): Promise<Watching> {
  const tracing: Tracing | undefined = await startTracing(settings.traces);
  const note = settings.metrics && metrics.watched;
  return {
    watch: createWatch({ kinds: watchedKinds, note, tracer: tracing?.tracer }),
    stop: async () => tracing?.stop(),
  };
}
