import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Where the numbers of the run are kept. Labels come from short fixed lists, never from what people send. */
export type Metrics = {
  /** One turn ended. `kind` is what came in, `outcome` how it went. */
  turn(kind: TurnKind, outcome: TurnOutcome, seconds: number): void;
  /** The front door turned a request away. */
  refused(reason: string): void;
  /** One call to the channel ended; `outcome` is a status code or `unknown`. */
  reply(outcome: string): void;
  /** Asked when the metrics are read; how many outbox entries wait. */
  watchOutbox(count: () => number | Promise<number>): void;
  /** Prometheus' text form. */
  text(): Promise<string>;
  contentType: string;
};
export type TurnKind = 'message' | 'click' | 'search' | 'invoke' | 'event' | 'tab';
export type TurnOutcome = 'done' | 'failed';

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
  return {
    turn(kind, outcome, seconds) {
      turns.inc({ kind, outcome });
      duration.observe({ kind }, seconds);
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
