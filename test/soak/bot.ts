/** One bot of a run, as it is in production, in a process of its own that may be killed at any moment. */
import { startApp } from '../../src/app.js';
import { outboxSize } from '../../src/operations/outbox/outboxSize.js';
import { clockAhead } from '../../src/platform/clock.js';
import { readSettings } from '../../src/settings.js';

const many = { most: 1_000_000, forMs: 60_000 };
const settings = readSettings(process.env);
const lines: string[] = [];
const app = await startApp(settings, {
  clock: clockAhead(Number(process.env.SKEW_SECONDS ?? 0)),
  // A run does in a minute what people do in a day.
  allowances: { ask: many, search: many, directory: many, link: many, record: many },
  log: { write: (line: string) => void lines.push(line) },
});
const numbers = async () => ({
  rss: process.memoryUsage().rss,
  waiting: await outboxSize(app.services).catch(() => 1),
});
process.on('message', async (asked: { number: number; what: 'numbers' | 'log' }) => {
  const answer = asked.what === 'numbers' ? await numbers() : { lines: lines.splice(0) };
  process.send?.({ number: asked.number, answer });
});
process.on('disconnect', () => process.exit());
process.send?.({ address: `http://127.0.0.1:${app.port}` });
