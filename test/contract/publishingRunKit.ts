import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { relayIntent } from '../../src/operations/outbox/relay.js';
import { wakeIntents } from '../../src/operations/publishing/freezes.js';
import { workIntent } from '../../src/operations/publishing/workIntent.js';
import type { Fault } from '../../src/sandbox/networks/faults.js';
import { dice } from '../seeded.js';
import { deliver, halfOf, Killed, openStage, preview, runDue, type Stage } from './publishingKit.js';
import { tenantIds } from './publishingWorld.js';

/** What is run: how many posts, in how many organisations, by how many processes at a time. */
export type Plan = { posts: number; tenants: number; processes: number; seed: number };
export type Count = {
  posts: number;
  /** By the state they ended in. */
  ends: Record<string, number>;
  /** Posts that were made more than once; posts whose card or state does not say what is there. */
  twice: number;
  untrue: number;
  /** Undone in time, and there all the same; sent after the answer "frozen", and not named by it. */
  undoneButThere: number;
  frozenButSent: number;
  /** The network cut the text and lost the answer: nobody can know it again, and the card says to look. */
  cutAndLost: number;
  undone: number;
  freezes: number;
  kills: number;
  faults: number;
  seconds: number;
  /** What was untrue, for a look. */
  odd: string[];
};

type Post = { text: string; posting: string; tenant: string; undone: boolean };

const faults: Fault['kind'][] = [
  'lostAnswer',
  'lostRequest',
  'postedError',
  'pleaseRetry',
  'dropped',
  'cut',
  'showsLate',
  'ghost',
  'rateLimited',
  'error',
];

/** Posts, undoes, freezes and dies, with the dial turned all the time, and then compares what is said with what is there. */
export async function runPosts({ posts, tenants, processes, seed }: Plan): Promise<Count> {
  const roll = dice(seed);
  const names = tenantIds(tenants);
  const stage = await openStage({ undoSeconds: 20, tenants: names });
  const started = performance.now();
  const all: Post[] = [];
  const count: Count = {
    posts,
    ends: {},
    twice: 0,
    untrue: 0,
    undoneButThere: 0,
    frozenButSent: 0,
    cutAndLost: 0,
    undone: 0,
    freezes: 0,
    kills: 0,
    faults: 0,
    seconds: 0,
    odd: [],
  };
  try {
    while (all.length < posts) {
      await Promise.all(names.slice(0, posts - all.length).map((tenant) => ask(tenant)));
      if (roll() < 0.1) await freezeOne();
      else await turn(25);
      await turn(5);
    }
    await drain();
    await compare();
  } finally {
    await stage.stop();
  }
  count.seconds = (performance.now() - started) / 1000;
  return count;

  async function ask(tenant: string): Promise<void> {
    const { parts } = stage.process();
    const text = `${randomUUID()} is posted once`;
    const posting = await preview(parts, stage, `${text}:ask`, text, tenant);
    await deliver(parts, `${text}:send`, { kind: 'send', posting }, { among: tenant });
    const undone = roll() < 0.1;
    if (undone) await deliver(parts, `${text}:undo`, { kind: 'undo', posting }, { among: tenant });
    count.undone += undone ? 1 : 0;
    all.push({ text, posting, tenant, undone });
  }

  /** No more trouble: whatever waits for its author is sent by them, and every look takes place. */
  async function drain(): Promise<void> {
    const { parts } = stage.process();
    for (let round = 0; round < 3; round++) {
      for (let next = await nextInSeconds(parts); next < 7_200; next = await nextInSeconds(parts)) {
        await turn(Math.max(2, next + 1), true);
      }
      for (const tenant of names) {
        for (const { id, why } of await parts.collections.intents.find(tenant, { state: 'waiting' })) {
          if (why?.code === 'late')
            await deliver(parts, randomUUID(), { kind: 'sendNow', intent: id }, { among: tenant });
        }
      }
    }
    for (const seconds of [3_700, 86_400, 600]) await turn(seconds, true);
  }

  /** In how many seconds the next thing is due. */
  async function nextInSeconds(parts: ReturnType<Stage['process']>['parts']): Promise<number> {
    const first = { sort: { due: 1 as const }, limit: 1 };
    const found = await Promise.all(
      names.map((tenant) => parts.collections.intents.find(tenant, { due: { gt: new Date(0) } }, first)),
    );
    const times = found.flat().map(({ due }) => (due?.getTime() ?? 0) - parts.clock().getTime());
    return Math.min(...times, Number.POSITIVE_INFINITY) / 1000;
  }

  /** Time passes, and every process looks for what is due, all at once; some die at it. */
  async function turn(seconds: number, calm = false): Promise<void> {
    stage.kit.harness.forward(seconds);
    if (!calm && roll() < 0.7) {
      const kind = roll() < 0.02 ? 'noCredits' : (faults[Math.floor(roll() * faults.length)] as Fault['kind']);
      stage.kit.harness.fakes.fault('x', {
        kind,
        times: 1 + Math.floor(roll() * 3),
        ...(kind === 'rateLimited' ? { seconds: 40 } : {}),
      });
      count.faults++;
    } else if (calm) stage.kit.harness.fakes.fault('x', undefined);
    const workers = Array.from({ length: processes }, () =>
      calm || roll() > 0.3
        ? undefined
        : { at: 1 + Math.floor(roll() * 40), when: roll() < 0.5 ? ('before' as const) : ('after' as const) },
    );
    await Promise.all(workers.map((death) => Promise.all(names.map((tenant) => work(death, tenant)))));
  }

  async function work(death: Parameters<Stage['process']>[0], tenant: string): Promise<void> {
    try {
      await runDue(stage.process(death).parts, randomUUID(), tenant);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      count.kills++;
    }
  }

  /** Freezes one organisation's profile while its posts are on their way, and looks at what comes after the answer. */
  async function freezeOne(): Promise<void> {
    const tenant = names[Math.floor(roll() * names.length)] as string;
    const { parts } = stage.process();
    stage.kit.harness.forward(25);
    const due = await parts.collections.intents.find(tenant, { state: 'held', due: { lte: parts.clock() } });
    const working = Promise.all(due.map(({ id }) => workIntent(parts, tenant, id, randomUUID())));
    const profile = { id: stage.profile.id };
    const outcome = await deliver(stage.process().parts, randomUUID(), { kind: 'freeze', profile }, { among: tenant });
    const before = await made(due.map(({ text }) => text));
    const named = JSON.stringify(outcome).includes('On its way already');
    await working;
    await turn(10);
    if ((await made(due.map(({ text }) => text))) > before && !named) count.frozenButSent++;
    count.freezes++;
    for (const person of ['ada', 'bob'])
      await deliver(parts, randomUUID(), { kind: 'thaw', profile, reason: 'over' }, { person, among: tenant });
    for (const { id } of due) await relayIntent(parts, tenant, id);
    await wakeIntents(parts, tenant, stage.profile.id);
  }

  async function made(texts: readonly string[]): Promise<number> {
    const counts = stage.madeByHalf();
    return texts.reduce((sum, text) => sum + (counts.get(halfOf(text))?.made ?? 0), 0);
  }

  async function compare(): Promise<void> {
    const counts = stage.madeByHalf();
    for (const { text, posting, tenant, undone } of all) {
      const [intent] = await stage.kit.collections.intents.find(tenant, { posting });
      assert(intent, text);
      const { made, there, shown } = counts.get(halfOf(text)) ?? { made: 0, there: 0, shown: '' };
      const end = intent.state === 'waiting' ? `waiting (${intent.why?.code})` : intent.state;
      count.ends[end] = (count.ends[end] ?? 0) + 1;
      if (made > 1) count.twice++;
      if (undone && made > 0) count.undoneButThere++;
      const said = stage.cards.get(posting)?.rows[0]?.intent.state;
      const known = intent.state === 'sent' ? made === 1 : intent.state === 'toSettle' || there === 0;
      const hasReason = intent.state === 'sent' || intent.why !== undefined;
      const isCut = intent.state === 'notSent' && shown !== text && made === 1;
      count.cutAndLost += isCut ? 1 : 0;
      if ((known || isCut) && hasReason && said === intent.state) continue;
      count.untrue++;
      count.odd.push(
        `${intent.state} (${intent.why?.code}), its card says ${said}; made ${made}, there now ${there} as "${shown}"`,
      );
    }
  }
}
