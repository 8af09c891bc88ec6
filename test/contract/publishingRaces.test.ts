import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Publishing } from '../../src/networks/publishing.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { exactHash } from '../../src/operations/publishing/exactly.js';
import { wakeIntents } from '../../src/operations/publishing/freezes.js';
import { workIntent } from '../../src/operations/publishing/workIntent.js';
import type { Asked } from '../../src/rules/operation.js';
import type { Intent } from '../../src/rules/publishing/intent.js';
import { update } from '../../src/store/update.js';
import { sweepPosts } from '../../src/sweeps/posts.js';
import {
  deliver,
  everyNth,
  halfOf,
  intentsOf,
  openStage,
  preview,
  runDue,
  runToTheEnd,
  type Stage,
  tenant,
} from './publishingKit.js';

/** How often each text was made. */
const madeOf = (stage: Stage, texts: readonly string[]) => {
  const made = stage.madeByHalf();
  return texts.reduce((sum, text) => sum + (made.get(halfOf(text))?.made ?? 0), 0);
};

/** Lets its network calls wait until they are told to go on. */
function gated(parts: Parts): { parts: Parts; reached: Promise<void>; open: () => void } {
  let open = () => {};
  let arrive = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const networks: Parts['networks'] = {
    ...parts.networks,
    publishing: (type) => {
      const real = parts.networks.publishing(type) as Publishing;
      return {
        ...real,
        publish: async (...args) => {
          arrive();
          await gate;
          return real.publish(...args);
        },
      };
    },
  };
  return { parts: { ...parts, networks }, reached, open };
}

/** Something happens just before a step of an intent is written. */
function beforeReplace(parts: Parts, happens: (intent: Intent) => Promise<void>): Parts {
  const { intents } = parts.collections;
  const late = new Proxy(intents, {
    get: (target, key) => {
      if (key !== 'replace') return Reflect.get(target, key);
      return async (...args: Parameters<typeof intents.replace>) => {
        await happens(args[0]);
        return target.replace(...args);
      };
    },
  });
  return { ...parts, collections: { ...parts.collections, intents: late } };
}

const ahead = (parts: Parts, minutes: number): Parts => ({
  ...parts,
  clock: () => new Date(parts.clock().getTime() + minutes * 60_000),
});

describe('a held post and a process whose clock is half a minute ahead', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ undoSeconds: 20 });
  });
  after(() => stage.stop());

  /** What the sweep of this process wakes. */
  const woken = async (parts: Parts) => {
    const ids: string[] = [];
    await sweepPosts({ ...parts, wake: ({ id }) => void ids.push(id) }, tenant);
    return ids;
  };

  it('can be undone for as long as its card says, and goes out by another process when its own is gone', async () => {
    const [one, other] = [stage.process().parts, ahead(stage.process().parts, 0.5)];
    const ids: string[] = [];
    for (const text of ['undone in time', 'left behind']) {
      const posting = await preview(one, stage, `${text}:ask`, text);
      await deliver(one, `${text}:send`, { kind: 'send', posting });
      ids.push(`${posting}.${stage.profile.id}`);
    }
    stage.kit.harness.forward(19);
    assert.deepEqual(await woken(other), [], 'it is the time of whoever may undo');
    await deliver(one, 'undo', { kind: 'undo', posting: ids[0]?.split('.')[0] ?? '' });
    stage.kit.harness.forward(2);
    assert.deepEqual(await woken(other), ids.slice(1));
    assert.deepEqual(await woken(one), [], 'by this clock its own process may just be sending it');
    stage.kit.harness.forward(30);
    assert.deepEqual(await woken(one), ids.slice(1));
    for (const parts of [one, other]) await workIntent(parts, tenant, ids[1] ?? '', 'p');
    await runToTheEnd(stage, one);
    assert.deepEqual([stage.everMade('undone in time'), stage.everMade('left behind')], [0, 1]);
  });
});

describe('posts and two processes at one moment', () => {
  let stage: Stage;
  let [one, other]: Parts[] = [];
  before(async () => {
    stage = await openStage();
    [one, other] = [stage.process().parts, stage.process().parts];
  });
  after(() => stage.stop());

  const held = async (text: string) => {
    const posting = await preview(one as Parts, stage, `${text}:ask`, text);
    await deliver(one as Parts, `${text}:send`, { kind: 'send', posting });
    return { posting, id: `${posting}.${stage.profile.id}` };
  };

  const thaw = () =>
    update(stage.kit.collections.profiles, tenant, stage.profile.id, (now) => {
      if (!now) return undefined;
      const { frozen: _, ...thawed } = now;
      return thawed;
    });

  it('a thaw between the look at the freeze and the note that it waits leaves nothing frozen', async () => {
    const text = 'thawed in between';
    const { posting, id } = await held(text);
    await deliver(other as Parts, `${text}:freeze`, { kind: 'freeze', profile: { id: stage.profile.id } });
    stage.kit.harness.forward(2);
    let isThawed = false;
    const late = beforeReplace(one as Parts, async ({ state }) => {
      if (state !== 'waiting' || isThawed) return;
      isThawed = true;
      await thaw();
      // What the thaw has the outbox do.
      await wakeIntents(other as Parts, tenant, stage.profile.id);
    });
    await workIntent(late, tenant, id, 'p');
    await runToTheEnd(stage, one as Parts);
    assert.deepEqual([stage.everMade(text), (await intentsOf(stage, posting))[0]?.state], [1, 'sent']);
  });

  it('one due post is sent by one of them', async () => {
    for (let round = 0; round < 25 / everyNth; round++) {
      const text = `both at once ${round}`;
      const { id } = await held(text);
      stage.kit.harness.forward(2);
      await Promise.all([one, other].map((parts, at) => workIntent(parts as Parts, tenant, id, `p${at}`)));
      await runDue(other as Parts);
      assert.equal(stage.everMade(text), 1);
    }
  });

  it('one delivery that comes to both is one preview and one post', async () => {
    const text = 'delivered to both';
    const asks = [one, other].map((parts) => preview(parts as Parts, stage, 'twice:ask', text));
    const [posting, same] = await Promise.all(asks);
    assert.equal(posting, same);
    const sends = [one, other].map((parts) =>
      deliver(parts as Parts, 'twice:send', { kind: 'send', posting: posting ?? '' }),
    );
    await Promise.all(sends);
    await runToTheEnd(stage, one as Parts);
    assert.equal((await intentsOf(stage, posting ?? '')).length, 1);
    assert.equal(stage.everMade(text), 1);
  });

  it('two clicks on Send at once, each a delivery of its own, are one post', async () => {
    for (let round = 0; round < 10 / everyNth; round++) {
      const text = `two clicks ${round}`;
      const posting = await preview(one as Parts, stage, `${text}:ask`, text);
      const clicks = [one, other, one].map((parts, at) =>
        deliver(parts as Parts, `${text}:send ${at}`, { kind: 'send', posting }),
      );
      for (const outcome of await Promise.all(clicks)) assert.equal(outcome.kind, 'posting');
      stage.kit.harness.forward(2);
      await Promise.all([one, other].map((parts) => runDue(parts as Parts)));
      await runToTheEnd(stage, one as Parts);
      const [intent] = await intentsOf(stage, posting);
      assert.deepEqual([intent?.state, intent?.attempts, stage.everMade(text)], ['sent', 1, 1]);
    }
  });

  it('undo at the last moment leaves nothing there, or comes too late and says so; never both, never neither', async () => {
    let [stopped, sent] = [0, 0];
    for (let round = 0; round < 40 / everyNth; round++) {
      const text = `undone ${round}`;
      const { posting, id } = await held(text);
      stage.kit.harness.forward(2);
      const undo = new Promise((resolve) => setTimeout(resolve, round % 8)).then(() =>
        deliver(other as Parts, `${text}:undo`, { kind: 'undo', posting }),
      );
      const [outcome] = await Promise.all([undo, workIntent(one as Parts, tenant, id, 'p')]);
      const [intent] = await intentsOf(stage, posting);
      assert.equal(stage.everMade(text), intent?.state === 'sent' ? 1 : 0);
      assert.equal(outcome.kind, intent?.state === 'sent' ? 'refused' : 'posting', text);
      if (intent?.state === 'sent') sent++;
      else stopped++;
    }
    assert.equal(stopped + sent, 40 / everyNth);
  });

  it('after the answer "frozen" nothing goes out but what it named', async () => {
    for (let round = 0; round < 40 / everyNth; round++) {
      const text = `frozen ${round}`;
      const { id } = await held(text);
      stage.kit.harness.forward(2);
      const work = workIntent(one as Parts, tenant, id, 'p');
      await new Promise((resolve) => setTimeout(resolve, round % 8));
      const outcome = await deliver(other as Parts, `${text}:freeze`, {
        kind: 'freeze',
        profile: { id: stage.profile.id },
      });
      const before = stage.everMade(text);
      assert(outcome.kind === 'profile', JSON.stringify(outcome));
      const named = outcome.notes?.join(' ').includes('On its way already') ?? false;
      await work;
      await runDue(one as Parts);
      assert(stage.everMade(text) === before || named, `${text}: sent after the answer, and not named`);
      await thaw();
    }
  });

  it('a freeze between the last look at the rights and the mark still holds', async () => {
    const text = 'frozen in between';
    const { posting, id } = await held(text);
    stage.kit.harness.forward(2);
    let frozen: unknown;
    const late = beforeReplace(one as Parts, async ({ state }) => {
      const asked = { kind: 'freeze', profile: { id: stage.profile.id } } as const;
      if (state === 'sending') frozen = await deliver(other as Parts, `${text}:freeze`, asked);
    });
    await workIntent(late, tenant, id, 'p');
    assert.match(JSON.stringify(frozen), /Nothing was on its way at that moment/);
    assert.deepEqual([stage.everMade(text), (await intentsOf(stage, posting))[0]?.why?.code], [0, 'frozen']);
    await thaw();
  });

  it('a clock that is minutes ahead calls a sender dead that lives: its answer still counts, and nothing is sent again', async () => {
    const text = 'slow, not dead';
    const { posting, id } = await held(text);
    stage.kit.harness.forward(2);
    const slow = gated(one as Parts);
    const sending = workIntent(slow.parts, tenant, id, 'slow');
    await slow.reached;
    await runDue(ahead(other as Parts, 4));
    assert.equal((await intentsOf(stage, posting))[0]?.state, 'unknown');
    await runDue(ahead(other as Parts, 4.2));
    slow.open();
    await sending;
    assert.equal((await intentsOf(stage, posting))[0]?.state, 'sent');
    await runToTheEnd(stage, other as Parts);
    assert.equal(stage.everMade(text), 1);
  });

  it('a clock that is behind sends nothing early and nothing twice', async () => {
    const text = 'behind';
    const { posting, id } = await held(text);
    stage.kit.harness.forward(2);
    await workIntent(ahead(one as Parts, -3), tenant, id, 'behind');
    assert.equal(stage.everMade(text), 0);
    await workIntent(other as Parts, tenant, id, 'p');
    await workIntent(ahead(one as Parts, -3), tenant, id, 'behind');
    assert.deepEqual([stage.everMade(text), (await intentsOf(stage, posting))[0]?.state], [1, 'sent']);
  });
});

describe('a post that needs a yes and two processes at one moment', () => {
  let stage: Stage;
  let [one, other]: Parts[] = [];
  before(async () => {
    const cee = { kind: 'person' as const, id: 'cee', name: 'Cee' };
    const by = { id: 'ann', name: 'Ann' };
    stage = await openStage({ shares: [{ principal: cee, by, at: new Date(), approval: true }] });
    [one, other] = [stage.process().parts, stage.process().parts];
  });
  after(() => stage.stop());

  const waiting = async (text: string) => {
    const posting = await preview(one as Parts, stage, `${text}:ask`, text, tenant, {}, 'cee');
    await deliver(one as Parts, `${text}:send`, { kind: 'send', posting }, { person: 'cee' });
    const [intent] = await intentsOf(stage, posting);
    assert(intent?.state === 'toApprove', text);
    return { posting, yes: { kind: 'approvePost', intent: intent.id, hash: exactHash(intent) } as const };
  };
  const recordsOf = async (posting: string, kinds: readonly string[]) =>
    (await stage.kit.collections.audit.find(tenant, { intentId: `${posting}.${stage.profile.id}` })).filter(
      ({ operation, outcome }) => kinds.includes(operation) && outcome === 'done',
    );
  /** Both at once, the later one by up to seven milliseconds, each round the other way round. */
  const meet = (text: string, round: number, [first, second]: readonly [By, By]) =>
    Promise.all([
      deliver(one as Parts, `${text}:one`, first.asked, { person: first.person }),
      pause(round % 8).then(() => deliver(other as Parts, `${text}:other`, second.asked, { person: second.person })),
    ]);
  type By = { person: string; asked: Asked };

  it('a yes and a no: the first counts, is on record once, and nothing goes out after a no', async () => {
    const ends = new Set<string>();
    for (let round = 0; round < 24 / everyNth; round++) {
      const text = `yes and no ${round}`;
      const { posting, yes } = await waiting(text);
      const no: Asked = { kind: 'declinePost', intent: yes.intent, reason: 'Not today' };
      const both: [By, By] = [
        { person: 'ann', asked: yes },
        { person: 'ann', asked: no },
      ];
      await meet(text, round, round % 2 ? both : [both[1], both[0]]);
      await runToTheEnd(stage, one as Parts);
      const [intent] = await intentsOf(stage, posting);
      const decided = await recordsOf(posting, ['approvePost', 'declinePost']);
      const isYes = decided[0]?.operation === 'approvePost';
      assert.equal(decided.length, 1, text);
      assert.deepEqual([intent?.state, stage.everMade(text)], isYes ? ['sent', 1] : ['declined', 0], text);
      ends.add(intent?.state ?? '');
    }
    if (everyNth === 1) assert.deepEqual([...ends].sort(), ['declined', 'sent'], 'each was first at times');
  });

  it('two yeses are one yes and one post', async () => {
    for (let round = 0; round < 16 / everyNth; round++) {
      const text = `two yeses ${round}`;
      const { posting, yes } = await waiting(text);
      await meet(text, round, [
        { person: 'ann', asked: yes },
        { person: 'ann', asked: yes },
      ]);
      await runToTheEnd(stage, other as Parts);
      assert.equal((await recordsOf(posting, ['approvePost'])).length, 1, text);
      assert.equal(stage.everMade(text), 1, text);
    }
  });

  it('a yes while its author takes it back: what the author was told is so', async () => {
    for (let round = 0; round < 16 / everyNth; round++) {
      const text = `taken back meanwhile ${round}`;
      const { posting, yes } = await waiting(text);
      const both: [By, By] = [
        { person: 'ann', asked: yes },
        { person: 'cee', asked: { kind: 'undo', posting } },
      ];
      const outcomes = await meet(text, round, round % 2 ? both : [both[1], both[0]]);
      const undone = outcomes[round % 2 ? 1 : 0];
      await runToTheEnd(stage, one as Parts);
      const [intent] = await intentsOf(stage, posting);
      const isStopped = undone?.kind === 'posting';
      assert.deepEqual([intent?.state, stage.everMade(text)], isStopped ? ['stopped', 0] : ['sent', 1], text);
      assert((await recordsOf(posting, ['approvePost'])).length <= 1, text);
    }
  });
});

describe('a freeze of everything in the middle of 1,000 sends', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.stop());

  it('lets nothing out after its answer but what it named, and the rest waits', async () => {
    const [one, other] = [stage.process().parts, stage.process().parts];
    const texts = Array.from(
      { length: 1000 / everyNth },
      (_, at) => `${String(at).padStart(6, '0')} of a thousand posts of one profile`,
    );
    const ids: string[] = [];
    for (const text of texts) {
      const posting = await preview(one, stage, `${text}:ask`, text);
      await deliver(one, `${text}:send`, { kind: 'send', posting });
      ids.push(`${posting}.${stage.profile.id}`);
    }
    let done = 0;
    let frozen: Promise<{ named: number; made: number }> | undefined;
    const freeze = async () => {
      const outcome = await deliver(other, 'a thousand:freeze', { kind: 'freezeAll' }, { person: 'ada' });
      const named = JSON.stringify(outcome).split('On its way already').length - 1;
      return { named, made: madeOf(stage, texts) };
    };
    const third = Math.floor(ids.length / 3);
    // Two workers at opposite ends. Whoever is done moves the clock on to the next turn of the profile; who is not, waits.
    const work = async (parts: Parts, mine: readonly string[]) => {
      for (const id of mine) {
        while ((await workIntent(parts, tenant, id, parts === one ? 'one' : 'other')).kind === 'busy') await pause(1);
        stage.kit.harness.forward(1.01);
        if (++done === third) frozen = freeze();
      }
    };
    const half = ids.length / 2;
    await Promise.all([work(one, ids.slice(0, half)), work(other, ids.slice(half).reverse())]);
    const { named, made } = (await frozen) ?? assert.fail('it was not frozen');
    const after = madeOf(stage, texts);
    assert(after - made <= named, `${after - made} went out after the answer, ${named} were named`);
    assert(made >= third, `${made} went out before`);
    const waiting = await stage.kit.collections.intents.find(tenant, { state: 'waiting' });
    assert.equal(after + waiting.length, ids.length, 'what did not go out waits');
    assert(waiting.length > 0 && waiting.every(({ why }) => why?.code === 'frozen' || why?.code === 'late'));
  }).timeout(240_000);
});
