import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { exactHash } from '../../../src/operations/publishing/exactly.js';
import type { Asked as Operation } from '../../../src/rules/operation.js';
import type { Intent } from '../../../src/rules/publishing/intent.js';
import type { Fault } from '../../../src/sandbox/networks/faults.js';
import { tenantIds } from '../../contract/publishingWorld.js';
import { dice } from '../../seeded.js';
import { createParts } from './botParts.js';
import { Fleet, startMember } from './fleet.js';
import { type Asked, judge, needsYes, type Stop, type Verdict } from './judge.js';
import type { Manner, Start } from './messages.js';
import { setUp, type Target } from './setUp.js';

export type Plan = {
  intents: number;
  tenants: number;
  processes: number;
  seed: number;
  undoSeconds: number;
  /** Activities that are delivered at the same time. */
  width: number;
  /** A process is killed about this often. */
  killEverySeconds: number;
  /** After this long nothing more is asked; what was asked is brought to its end. */
  askForSeconds: number;
  /** What happens meanwhile, for whoever waits. */
  say: (line: string) => void;
};
export type Count = Verdict & {
  intents: number;
  faults: number;
  kills: number;
  redelivered: number;
  undone: number;
  approved: number;
  declined: number;
  pictures: number;
  videos: number;
  replies: number;
  freezes: number;
  unshares: number;
  seconds: { asking: number; all: number };
};

/** The whole dial, with how long each lasts. What closes a network for long is turned seldom. */
const faults: readonly Fault[] = [
  { kind: 'postedError', times: 3 },
  { kind: 'pleaseRetry', times: 3 },
  { kind: 'lostAnswer', times: 3 },
  { kind: 'lostRequest', times: 3 },
  { kind: 'showsLate', times: 2, seconds: 45 },
  { kind: 'dropped', times: 2 },
  { kind: 'cut', times: 2 },
  { kind: 'ghost', times: 2 },
  { kind: 'error', times: 3 },
  { kind: 'slow', times: 2, seconds: 7 },
  { kind: 'rateLimited', times: 1, seconds: 10 },
  { kind: 'uploadLost', times: 2 },
  { kind: 'uploadForgotten', times: 1 },
  { kind: 'uploadRefused', times: 1 },
];
const networks = ['x', 'facebook', 'linkedin'] as const;
/** Who asks, each as often as they stand here. */
const authors = [needsYes, 'ben', 'ben', ...Array.from({ length: 7 }, () => 'ann')];
/** The end of a run looks at nothing that is later than this. */
const lateMs = 2 * 60 * 60_000;
/** How far time jumps past what is due next: what is due soon after is done with it. */
const drainStepMs = 20_000;
/** While something is due it goes slowly: of each profile one post goes out at a time, and none is to become late by it. */
const dueStepMs = 1_100;

/** A database of this run's own: on the server that was named, else the embedded store in a process of its own. */
async function openDatabase(
  uri: string | undefined,
  dataDir: string,
): Promise<{ uri: string; remove: () => Promise<void> }> {
  if (!uri) {
    const member = await startMember('database', { dataDir } as Start);
    return { uri: member.hello.origin ?? '', remove: async () => void member.child.kill() };
  }
  const own = new URL(uri);
  own.pathname = `/publishing-${process.pid}-${randomBytes(3).toString('hex')}`;
  return {
    uri: own.href,
    remove: async () => {
      const client = await MongoClient.connect(own.href);
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

/** Asks, undoes, freezes, takes rights away, turns the dial and kills, all at once; then lets it end, and judges. */
export async function runPublishing(uri: string | undefined, plan: Plan): Promise<Count> {
  const roll = dice(plan.seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  const tenants = tenantIds(plan.tenants);
  const dataDir = mkdtempSync(join(tmpdir(), 'publishing-'));
  const database = await openDatabase(uri, dataDir);
  const base: Start = {
    ...{ uri: database.uri, keys: `k1:${randomBytes(32).toString('base64')}`, origin: '', dataDir, tenants },
    ...{ undoSeconds: plan.undoSeconds, aheadMs: 0, skewMs: 0, sweepSeconds: 5 },
  };
  const outside = await startMember('outside', base);
  const start = { ...base, origin: outside.hello.origin ?? '' };
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  // Looks and judges only: it neither works nor sends.
  const { parts, close } = await createParts(start, now);
  const targets = await setUp(parts, tenants);
  // Some run ahead, some behind, as machines do.
  const fleet = new Fleet(
    start,
    Array.from({ length: plan.processes }, (_, at) => [0, 2_000, -2_000][at % 3] ?? 0),
    roll,
  );
  await fleet.open();
  const all: Asked[] = [];
  const stops: { frozen: Stop[]; unshared: Stop[] } = { frozen: [], unshared: [] };
  const count = { faults: 0, undone: 0, approved: 0, declined: 0, pictures: 0, videos: 0, replies: 0 };
  /** The link of a post that is there, by profile: what can be answered. */
  const links = new Map<string, string>();
  const began = performance.now();
  const late = began + plan.askForSeconds * 1000;
  let asking = true;
  let backlog = 0;

  const act = (tenant: string, person: string, asked: Operation) =>
    fleet.deliver({ kind: 'do', activity: randomUUID(), tenant, person, asked });

  async function ask(): Promise<void> {
    const { tenant, profile } = pick(targets);
    const person = pick(authors);
    const text = `${randomUUID()} is posted exactly once, or not at all for a reason`;
    const manner = mannerFor(profile);
    const command = { kind: 'ask', activity: text, tenant, person, profile, text, ...manner } as const;
    const { posting, outcome } = await fleet.deliver(command);
    // Frozen, or not shared any more: refused at Send, and the preview stays a draft.
    if (!posting || outcome !== 'posting') return;
    const { link, ...shown } = manner;
    const post: Asked = { text, posting, tenant, profile, person, undone: false, ...shown };
    all.push(post);
    if (manner.picture) count.pictures++;
    if (manner.video) count.videos++;
    if (link) count.replies++;
    if (person === needsYes) soon.push(decideLater(post, roll() * 10_000));
    if (roll() < 0.1) soon.push(undoLater(post, roll() * plan.undoSeconds * 1_050));
  }
  const soon: Promise<void>[] = [];

  /** One in ten has a picture, one in twenty a video, one in ten answers a post that is there. */
  function mannerFor(profile: string): Manner {
    const rolled = roll();
    const link = links.get(profile);
    if (rolled < 0.1) return { picture: true };
    if (rolled < 0.15) return { video: true };
    return rolled < 0.25 && link ? { link } : {};
  }

  /** Its author says yes first, which counts for nothing; then an owner says yes, or no to one in seven. */
  async function decideLater({ tenant, posting }: Asked, afterMs: number): Promise<void> {
    await pause(afterMs);
    const [waiting] = await parts.collections.intents.find(tenant, { posting });
    if (waiting?.state !== 'toApprove') return;
    const yes = { kind: 'approvePost', intent: waiting.id, hash: exactHash(waiting) } as const;
    await act(tenant, needsYes, yes);
    const isYes = roll() < 0.85;
    const decision: Operation = isYes ? yes : { kind: 'declinePost', intent: waiting.id, reason: 'Not today' };
    const { outcome } = await act(tenant, 'ann', decision);
    if (outcome === 'approval') count[isYes ? 'approved' : 'declined']++;
  }

  /** At any moment of the hold, the last one and just after it included. */
  async function undoLater(post: Asked, afterMs: number): Promise<void> {
    await pause(afterMs);
    const { outcome, code } = await act(post.tenant, post.person, { kind: 'undo', posting: post.posting });
    // Stopped already: by the same words, which a dead process had carried out.
    post.undone = outcome === 'posting' || code === 'stoppedAlready';
    if (post.undone) count.undone++;
  }

  async function asker(): Promise<void> {
    while (asking && all.length < plan.intents && performance.now() < late) {
      if (backlog > 1_000) await pause(500);
      else await ask();
    }
  }

  /** Again and again while people ask; what is under way when they stop is brought to its end. */
  async function repeatedly(everyMs: number, work: () => Promise<void>): Promise<void> {
    while (asking) {
      await until(everyMs * (0.5 + roll()));
      if (asking) await work();
    }
  }

  /** So long, or until nobody asks any more. */
  async function until(ms: number): Promise<void> {
    for (const end = performance.now() + ms; asking && performance.now() < end; ) await pause(200);
  }

  async function turnDial(): Promise<void> {
    await outside.ask({ kind: 'dial', network: pick(networks), fault: pick(faults) });
    count.faults++;
  }

  /** X is closed for an organisation for an hour then: more often, and most of a long run only waits for its end. */
  async function noCredits(): Promise<void> {
    await outside.ask({ kind: 'dial', network: 'x', fault: { kind: 'noCredits', times: 1 } });
    count.faults++;
  }

  async function freeze(): Promise<void> {
    const { tenant, profile } = pick(targets);
    const { notes = [], outcome } = await act(tenant, 'ann', { kind: 'freeze', profile: { id: profile } });
    const from = now().getTime();
    const named = notes.filter((note) => note.startsWith('On its way already')).length;
    await pause(1_000 + roll() * 4_000);
    await act(tenant, 'ada', { kind: 'thaw', profile: { id: profile }, reason: 'over' });
    const to = now().getTime();
    await act(tenant, 'bob', { kind: 'thaw', profile: { id: profile }, reason: 'over' });
    // The process that froze it may have died before it said so: then nobody was told what was on its way.
    if (outcome === 'profile') stops.frozen.push({ tenant, profile, from, to, named });
  }

  /** What was handed over before that may still be under way for as long as a call takes. */
  async function unshare(): Promise<void> {
    const { tenant, profile } = pick(targets);
    await act(tenant, 'ann', { kind: 'unshare', who: [{ person: 'ben' }], profile: { id: profile } });
    const from = now().getTime() + 15_000;
    await until(20_000 + roll() * 10_000);
    const to = now().getTime();
    await act(tenant, 'ann', { kind: 'share', who: [{ person: 'ben' }], profile: { id: profile } });
    if (to > from) stops.unshared.push({ tenant, profile, from, to, named: 0, person: 'ben' });
  }

  async function rememberLink({ tenant, profile }: Target): Promise<void> {
    const [there] = await parts.collections.intents.find(tenant, { profile, state: 'sent' }, { limit: 1 });
    if (there?.proof?.url && !there.kind) links.set(profile, there.proof.url);
  }

  async function look(): Promise<void> {
    const due = { state: { in: ['held', 'waiting'] }, due: { lte: new Date(now().getTime() - 5_000) } };
    const found = await Promise.all(
      tenants.map((tenant) => parts.collections.intents.find(tenant, due, { limit: 300 })),
    );
    backlog = found.flat().length;
    plan.say(
      `${all.length} asked, ${backlog} behind, ${fleet.kills} kills, ${Math.round((performance.now() - began) / 1000)} s`,
    );
  }

  /** Time jumps to whatever is due next, until nothing is for hours; who is asked whether a late post still goes out says yes. */
  async function drain(): Promise<void> {
    for (const network of networks) await outside.ask({ kind: 'dial', network, fault: null });
    for (let round = 0; round < 3; round++) {
      for (let next = await nextInMs(); next < lateMs; next = await nextInMs()) {
        aheadMs += next > 0 ? next + drainStepMs : dueStepMs;
        await outside.ask({ kind: 'jump', aheadMs });
        await fleet.all({ kind: 'jump', aheadMs });
        await fleet.all({ kind: 'sweep' });
        await look();
      }
      for (const tenant of tenants) {
        for (const { id, author } of await parts.collections.intents.find(tenant, { state: 'waiting' })) {
          await act(tenant, author.id, { kind: 'sendNow', intent: id });
        }
      }
    }
  }

  async function nextInMs(): Promise<number> {
    const first = { sort: { due: 1 as const }, limit: 1 };
    const left = { sort: { outboxSince: 1 as const }, limit: 1 };
    const { intents } = parts.collections;
    const long = new Date(0);
    const found = await Promise.all(
      tenants.map(async (tenant) => {
        const [due] = await intents.find(tenant, { due: { gt: long } }, first);
        const [open] = await intents.find(tenant, { outboxSince: { gt: long } }, left);
        return Math.min(
          due?.due?.getTime() ?? Number.POSITIVE_INFINITY,
          open ? now().getTime() : Number.POSITIVE_INFINITY,
        );
      }),
    );
    return Math.min(...found) - now().getTime();
  }

  try {
    const troubles = [
      repeatedly(400, turnDial),
      noCredits(),
      repeatedly(10 * 60_000, noCredits),
      repeatedly(8_000, freeze),
      repeatedly(15_000, unshare),
      repeatedly(plan.killEverySeconds * 1000, () => fleet.kill()),
      repeatedly(2_000, look),
      repeatedly(300, () => rememberLink(pick(targets))),
    ];
    await Promise.all(Array.from({ length: plan.width }, asker));
    asking = false;
    const askedFor = (performance.now() - began) / 1000;
    await Promise.all([...troubles, ...soon]);
    plan.say('no more trouble: everything is brought to its end');
    await drain();
    const { seen = {} } = await outside.ask({ kind: 'seen' });
    const verdict = judge(all, await ledgerOf(all), dataDir, seen, stops);
    return {
      ...verdict,
      ...count,
      ...{ intents: all.length, kills: fleet.kills, redelivered: fleet.redelivered },
      ...{ freezes: stops.frozen.length, unshares: stops.unshared.length },
      seconds: { asking: askedFor, all: (performance.now() - began) / 1000 },
    };
  } finally {
    asking = false;
    fleet.close();
    outside.child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
    await close();
    await database.remove();
  }

  async function ledgerOf(posts: readonly Asked[]): Promise<Map<string, Intent>> {
    const found = new Map<string, Intent>();
    for (let from = 0; from < posts.length; from += 500) {
      const some = posts.slice(from, from + 500);
      for (const tenant of tenants) {
        const ids = some.filter((post) => post.tenant === tenant).map(({ posting }) => posting);
        if (ids.length === 0) continue;
        for (const intent of await parts.collections.intents.find(tenant, { posting: { in: ids } }))
          found.set(intent.posting, intent);
      }
    }
    return found;
  }
}
