import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createOnce, leaseMs, type Once } from '../../src/operations/outbox/once.js';
import { clockSkewMs } from '../../src/platform/clock.js';
import { createLog } from '../../src/platform/log.js';
import { type Collections, type MarkDoc, openCollections } from '../../src/store/collections.js';
import { type Collection, type Store, StoreDown } from '../../src/store/store.js';
import { places } from './store-places.js';

const dayMs = 86_400_000;

for (const place of places()) {
  describe(`something done once, ${place.name}`, () => {
    let store: Store;
    let collections: Collections;
    let now = new Date('2026-11-27T09:00:00Z');
    let key = 0;
    const clock = () => now;
    const log = createLog('silent');
    /** Another process: its own memory, the same store. */
    const process = (marks: Collection<MarkDoc> = collections.marks): Once =>
      createOnce({ collections: { marks }, clock, log });
    const passes = (ms: number) => {
      now = new Date(now.getTime() + ms);
    };

    before(async () => {
      store = await place.open();
      collections = await openCollections(store);
    });
    after(async () => {
      await store.close();
      await place.remove();
    });
    beforeEach(() => {
      key += 1;
    });
    const mark = () => collections.marks.get('t1', `k${key}`);

    /** Work that ends when it is told to, and counts how often it was begun. */
    function slowWork() {
      let end: (answer: string) => void = () => undefined;
      const ended = new Promise<string>((resolve) => {
        end = resolve;
      });
      const begun: boolean[] = [];
      const work = ({ again }: { again: boolean }) => {
        begun.push(again);
        return ended;
      };
      return { work, begun, end: (answer: string) => end(answer) };
    }

    const isBegun = async (begun: readonly boolean[]) => {
      for (let polls = 0; polls < 500 && begun.length === 0; polls += 1) await pause(10);
    };

    it('gives everyone who asks the answer of the first, in this process and in others', async () => {
      const { work, begun, end } = slowWork();
      const [one, other] = [process(), process()];
      const asked = [one, one, other, other, process()].map((once) => once('t1', `k${key}`, work));
      await pause(150);
      end('done');
      assert.deepEqual(await Promise.all(asked), ['done', 'done', 'done', 'done', 'done']);
      assert.deepEqual(begun, [false]);
      assert.equal(await process()('t1', `k${key}`, async () => 'again'), 'done');
    });

    it('of 50 processes at the same moment is done by one', async () => {
      let done = 0;
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => process()('t1', `k${key}`, async () => ++done)),
      );
      assert.deepEqual([done, new Set(answers)], [1, new Set([1])]);
    });

    it('is done for each key and tenant', async () => {
      const once = process();
      const answers = [
        ['t1', 'a'],
        ['t1', 'b'],
        ['t2', 'a'],
      ].map(([tenant = '', name]) => once(tenant, `k${key}-${name}`, async () => `${tenant} ${name}`));
      assert.deepEqual(await Promise.all(answers), ['t1 a', 't1 b', 't2 a']);
    });

    it('has its answer written down before it is given back', async () => {
      await process()('t1', `k${key}`, async () => ({ card: 7 }));
      const { answer, owner, until } = (await mark()) ?? {};
      assert.deepEqual({ answer, owner, until }, { answer: '{"card":7}', owner: undefined, until: undefined });
    });

    it('is taken over from a process that died, by whoever asks after its lease, and that one knows it', async () => {
      const dead = slowWork();
      void process()('t1', `k${key}`, dead.work);
      await isBegun(dead.begun);
      const next = slowWork();
      const [second, third] = [process()('t1', `k${key}`, next.work), process()('t1', `k${key}`, next.work)];
      await pause(200);
      assert.deepEqual(next.begun, [], 'the first may still be at it');
      passes(leaseMs + clockSkewMs);
      await pause(700);
      next.end('second');
      assert.deepEqual(await Promise.all([second, third]), ['second', 'second']);
      assert.deepEqual([dead.begun, next.begun], [[false], [true]]);
      dead.end('first');
      await pause(50);
      assert.equal((await mark())?.answer, '"second"', 'the late one does not overwrite it');
    });

    it('is done by one of two whose clocks are half a minute apart', async () => {
      const { work, begun, end } = slowWork();
      const running = process()('t1', `k${key}`, work);
      await isBegun(begun);
      const others = [30_000, -30_000].map((ms) =>
        createOnce({ collections, clock: () => new Date(now.getTime() + ms), log })('t1', `k${key}`, work),
      );
      await pause(300);
      end('first');
      assert.deepEqual(await Promise.all([running, ...others]), ['first', 'first', 'first']);
      assert.deepEqual(begun, [false]);
    });

    it('that failed is done at once by the next who asks, by a clock that is behind as well', async () => {
      await assert.rejects(
        process()('t1', `k${key}`, () => Promise.reject(new Error('no'))),
        /no/,
      );
      const behind = createOnce({ collections, clock: () => new Date(now.getTime() - 30_000), log });
      const from = performance.now();
      assert.equal(await behind('t1', `k${key}`, async () => 'now'), 'now');
      assert.ok(performance.now() - from < 5_000);
    });

    it('is held for less than the 15 seconds after which Teams delivers again', async () => {
      const { work, begun, end } = slowWork();
      const running = process()('t1', `k${key}`, work);
      await isBegun(begun);
      const left = ((await mark())?.until?.getTime() ?? 0) - now.getTime();
      assert(left > 0 && left < 15_000, `${left} ms`);
      end('done');
      await running;
    });

    it('is renewed for as long as the work takes, so that nobody takes it over', async () => {
      mock.timers.enable({ apis: ['setInterval'] });
      const { work, begun, end } = slowWork();
      const running = process()('t1', `k${key}`, work);
      await isBegun(begun);
      for (let quarters = 0; quarters < 8; quarters += 1) {
        passes(leaseMs / 4);
        mock.timers.tick(leaseMs / 4);
        const renewed = now.getTime() + leaseMs;
        for (let polls = 0; polls < 500 && (await mark())?.until?.getTime() !== renewed; polls += 1) await pause(10);
      }
      mock.timers.reset();
      const second = process()('t1', `k${key}`, async () => 'second');
      await pause(100);
      end('first');
      assert.deepEqual(await Promise.all([running, second]), ['first', 'first']);
    });

    it('that fails is not done: the next who asks does it', async () => {
      const once = process();
      await assert.rejects(
        once('t1', `k${key}`, () => Promise.reject(new Error('no'))),
        /no/,
      );
      assert.equal((await mark())?.answer, undefined);
      const again = slowWork();
      again.end('now');
      assert.equal(await process()('t1', `k${key}`, again.work), 'now');
      assert.deepEqual(again.begun, [true], 'it knows that a part may be done');
    });

    it('that came to no end is done by the next who asks', async () => {
      const once = process();
      const isDone = (kind: string) => kind !== 'later';
      assert.equal(await once('t1', `k${key}`, async () => 'later', { isDone }), 'later');
      assert.equal(await once('t1', `k${key}`, async () => 'told', { isDone }), 'told');
      assert.equal(await once('t1', `k${key}`, async () => 'told twice', { isDone }), 'told');
    });

    it('is known for a day, or as long as it says', async () => {
      const once = process();
      const work = async () => now.toISOString();
      const first = await once('t1', `k${key}`, work);
      const month = await once('t1', `k${key}-month`, work, { keptMs: 30 * dayMs });
      passes(dayMs - 1000);
      assert.equal(await process()('t1', `k${key}`, work), first);
      passes(2000);
      assert.notEqual(await once('t1', `k${key}`, work), first);
      passes(20 * dayMs);
      assert.equal(await once('t1', `k${key}-month`, work, { keptMs: 30 * dayMs }), month);
      passes(10 * dayMs);
      assert.notEqual(await once('t1', `k${key}-month`, work, { keptMs: 30 * dayMs }), month);
    });

    it('has its answer when the store fails to write it down, and does it no second time here', async () => {
      const marks = Object.create(collections.marks) as Collection<MarkDoc>;
      marks.replace = () => Promise.reject(new StoreDown('gone'));
      marks.insert = (doc) => collections.marks.insert(doc);
      marks.get = (tenant, id) => collections.marks.get(tenant, id);
      const once = process(marks);
      assert.equal(await once('t1', `k${key}`, async () => 'done'), 'done');
      assert.equal(await once('t1', `k${key}`, async () => 'twice'), 'done');
    });
  });
}

describe('the memory of what was done', () => {
  it('is bounded in bytes: large answers push each other out, and come from the store then', async () => {
    const { openEmbeddedStore } = await import('../../src/store/embedded/embedded.js');
    const store = await openEmbeddedStore(':memory:');
    const { marks } = await openCollections(store);
    let reads = 0;
    const counted = Object.create(marks) as Collection<MarkDoc>;
    counted.insert = (doc) => marks.insert(doc);
    counted.replace = (doc, expected) => marks.replace(doc, expected);
    counted.get = (tenant, id) => {
      reads += 1;
      return marks.get(tenant, id);
    };
    const clock = () => new Date();
    const once = createOnce({ collections: { marks: counted }, clock, log: createLog('silent') });
    const large = 'x'.repeat(1024 * 1024);
    for (let number = 0; number < 40; number += 1) await once('t1', `large-${number}`, async () => large);
    reads = 0;
    const never = async () => 'done twice';
    assert.equal(await once('t1', 'large-39', never), large);
    assert.equal(reads, 0, 'the latest is in memory');
    assert.equal(await once('t1', 'large-0', never), large);
    assert.equal(reads, 1, 'the oldest is not');
    await store.close();
  });
});
