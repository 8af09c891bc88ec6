/** One bot of a run, as it is in production, in a process of its own that may be killed at any moment. */
import { appendFileSync } from 'node:fs';
import { startApp } from '../../src/app.js';
import { outboxSize } from '../../src/operations/outbox/outboxSize.js';
import { clockAhead } from '../../src/platform/clock.js';
import { readSettings } from '../../src/settings.js';

const many = { most: 1_000_000, forMs: 60_000 };
const settings = readSettings(process.env);
const app = await startApp(settings, {
  clock: clockAhead(Number(process.env.SKEW_SECONDS ?? 0)),
  // A run does in a minute what people do in a day.
  allowances: { ask: many, search: many, directory: many, link: many, record: many, look: many },
  // Into a file, so that whoever is killed keeps nothing to themselves.
  log: { write: (line: string) => appendFileSync(process.env.SOAK_LOG ?? '', line) },
});

/** Entries of outboxes, and posts that are not at their end, nor wait for a word of their author, who was asked. */
async function waiting(): Promise<number> {
  const { collections, tenants } = app.services;
  const under = { state: { in: ['held', 'sending', 'unknown', 'waiting'] } };
  const posts = await Promise.all(tenants.map((tenant) => collections.intents.find(tenant, under)));
  const open = posts.flat().filter(({ state, why }) => !(state === 'waiting' && why?.code === 'late'));
  return open.length + (await outboxSize(app.services));
}

process.on('message', async (number: number) => {
  const answer = { rss: process.memoryUsage().rss, waiting: await waiting().catch(() => 1) };
  process.send?.({ number, answer });
});
process.on('disconnect', () => process.exit());
process.send?.({ address: `http://127.0.0.1:${app.port}` });
