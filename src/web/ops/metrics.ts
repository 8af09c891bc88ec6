import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Note, Watched } from '../../platform/watch.js';

/** Where the numbers of the run are kept. Labels come from short fixed lists, never from what people send. */
export type Metrics = {
  /** Does one turn, and notes how it went and how long it took. `kind` is what came in. */
  turn<T>(kind: TurnKind, work: () => Promise<T>): Promise<T>;
  /** The front door turned a request away. */
  refused(reason: string): void;
  /** One call to the channel ended; `outcome` is a status code or `unknown`. */
  reply(outcome: string): void;
  /** What was watched: each operation, each call to a service outside or to the store, each entry of an outbox. */
  watched: Note;
  /** Asked when the metrics are read; how many outbox entries wait. */
  watchOutbox(count: () => number | Promise<number>): void;
  /** Prometheus' text form. */
  text(): Promise<string>;
  contentType: string;
};
export const turnKinds = ['message', 'click', 'search', 'invoke', 'event', 'tab'] as const;
export type TurnKind = (typeof turnKinds)[number];

/** In seconds: a read of the store takes a thousandth, a network may take ten. */
const buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'socialprofiles_' });
  const turns = new Counter({
    name: 'socialprofiles_turns_total',
    help: 'Turns, by what came in and how it went.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'socialprofiles_turn_seconds',
    help: 'How long turns take, until their HTTP answer.',
    labelNames: ['kind'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
    registers,
  });
  const refused = new Counter({
    name: 'socialprofiles_refused_total',
    help: 'Requests turned away at the front door, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const replies = new Counter({
    name: 'socialprofiles_replies_total',
    help: 'Calls to the channel, by how they ended.',
    labelNames: ['outcome'],
    registers,
  });
  const operations = new Histogram({
    name: 'socialprofiles_operation_seconds',
    help: 'How long operations take, by how they ended.',
    labelNames: ['operation', 'outcome'],
    buckets,
    registers,
  });
  const services = new Histogram({
    name: 'socialprofiles_outside_seconds',
    help: 'How long calls to services outside take, each try by itself, by how they ended.',
    labelNames: ['service', 'outcome'],
    buckets,
    registers,
  });
  const entries = new Histogram({
    name: 'socialprofiles_outbox_seconds',
    help: 'How long it takes to carry out an outbox entry, by how that ended.',
    labelNames: ['entry', 'outcome'],
    buckets,
    registers,
  });
  /** Turns are counted by their own row; what is decided is part of its operation. */
  const notes: Partial<Record<Watched, Note>> = {
    operation: (_, operation, outcome, seconds) => operations.observe({ operation, outcome }, seconds),
    outside: (_, service, outcome, seconds) => services.observe({ service, outcome }, seconds),
    store: (_, __, outcome, seconds) => services.observe({ service: 'store', outcome }, seconds),
    outbox: (_, entry, outcome, seconds) => entries.observe({ entry, outcome }, seconds),
  };
  return {
    watched: (what, ...rest) => notes[what]?.(what, ...rest),
    async turn(kind, work) {
      const started = performance.now();
      let outcome = 'failed';
      try {
        const result = await work();
        outcome = 'done';
        return result;
      } finally {
        turns.inc({ kind, outcome });
        duration.observe({ kind }, (performance.now() - started) / 1000);
      }
    },
    refused: (reason) => refused.inc({ reason }),
    reply: (outcome) => replies.inc({ outcome }),
    watchOutbox(count) {
      new Gauge({
        name: 'socialprofiles_outbox_entries',
        help: 'Outbox entries that wait to be carried out.',
        registers,
        async collect() {
          this.set(await count());
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
