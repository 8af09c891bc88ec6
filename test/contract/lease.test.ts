import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Collections, type LeaseDoc, openCollections } from '../../src/store/collections.js';
import { holdLease, leaseMs, underLease } from '../../src/store/lease.js';
import { type Collection, type Store, StoreDown } from '../../src/store/store.js';
import { places } from './store-places.js';

for (const place of places()) {
  describe(`a lease, ${place.name}`, () => {
    let store: Store;
    let collections: Collections;
    let now = new Date('2026-11-27T09:00:00Z');
    let number = 0;
    const clock = () => now;
    const needs = () => ({ collections, clock });
    const name = (holder: string) => ({ tenant: 't1', id: `work-${number}`, holder });
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
      number += 1;
    });

    it('is held by one of 20 who ask at the same moment', async () => {
      const all = await Promise.all(Array.from({ length: 20 }, (_, n) => holdLease(needs(), name(`p${n}`))));
      const held = all.filter((lease) => lease !== undefined);
      assert.equal(held.length, 1);
      await held[0]?.give();
      const next = await holdLease(needs(), name('next'));
      assert.equal(next?.isHeld(), true);
      await next?.give();
    });

    it('of a process that died keeps others waiting for less than a minute', async () => {
      const { leases } = collections;
      const until = new Date(now.getTime() + leaseMs);
      await leases.insert({ ...name('dead'), version: 1, term: 1, until });
      assert.equal(await holdLease(needs(), name('second')), undefined);
      assert.ok(leaseMs < 60_000);
      passes(leaseMs + 1);
      const second = await holdLease(needs(), name('second'));
      assert.equal(second?.isHeld(), true);
      await second?.give();
    });

    it('is one process’s for as long as it works, also where clocks are half a minute apart', async () => {
      const [fast, slow] = [30_000, -30_000].map((ms) => ({ collections, clock: () => new Date(now.getTime() + ms) }));
      assert(fast && slow);
      mock.timers.enable({ apis: ['setInterval'] });
      const lease = await holdLease(needs(), name('worker'));
      for (let seconds = 0; seconds < 60; seconds += 5) {
        passes(5_000);
        mock.timers.tick(5_000);
        // The renewal reaches the store.
        await pause(20);
        assert.equal(await holdLease(fast, name('fast')), undefined, `after ${seconds} seconds`);
        assert.equal(await holdLease(slow, name('slow')), undefined, `after ${seconds} seconds`);
      }
      mock.timers.reset();
      await lease?.give();
      const next = await holdLease(slow, name('slow'));
      assert.equal(next?.isHeld(), true, 'given back, it is free at once, by any clock');
      await next?.give();
      const { leases } = collections;
      await leases.insert({ ...name('dead'), version: 1, term: 1, until: new Date(fast.clock().getTime() + leaseMs) });
      passes(leaseMs + 60_001);
      const last = await holdLease(slow, name('slow'));
      assert.equal(last?.isHeld(), true, 'of a dead one whose clock was ahead it is free a minute later at most');
      await last?.give();
    });

    it('grows in its term with each who takes it, so that the words of an earlier one are known as late', async () => {
      const terms: number[] = [];
      for (const holder of ['a', 'b', 'c']) {
        const lease = await holdLease(needs(), name(holder));
        terms.push(lease?.term ?? 0);
        passes(leaseMs + 1);
        if (holder === 'b') await lease?.give();
      }
      const sorted = [...terms].sort((a, b) => a - b);
      assert.deepEqual(terms, sorted);
      assert.equal(new Set(terms).size, 3);
    });

    it('is renewed for as long as the work takes', async () => {
      mock.timers.enable({ apis: ['setInterval'] });
      const lease = await holdLease(needs(), name('worker'));
      for (let thirds = 0; thirds < 9; thirds += 1) {
        passes(leaseMs / 3);
        mock.timers.tick(leaseMs / 3);
        const renewed = now.getTime() + leaseMs;
        for (let polls = 0; polls < 500; polls += 1) {
          const { until } = (await collections.leases.get('t1', name('worker').id)) ?? {};
          if (until?.getTime() === renewed) break;
          await pause(10);
        }
      }
      mock.timers.reset();
      assert.equal(lease?.isHeld(), true);
      assert.equal(await holdLease(needs(), name('other')), undefined);
      await lease?.give();
    });

    it('is given back after the work, also when that failed', async () => {
      await assert.rejects(
        underLease(needs(), name('a'), () => Promise.reject(new Error('no'))),
        /no/,
      );
      let done = false;
      const work = async () => {
        assert.equal(await underLease(needs(), name('c'), async () => assert.fail('held')), false);
        done = true;
      };
      assert.equal(await underLease(needs(), name('b'), work), true);
      assert.equal(done, true);
    });

    it('that the store does not take back is given back a moment later', async () => {
      const leases = Object.create(collections.leases) as Collection<LeaseDoc>;
      let failures = 1;
      leases.get = (tenant, id) => collections.leases.get(tenant, id);
      leases.insert = (doc) => collections.leases.insert(doc);
      leases.take = (tenant, id, where) => {
        failures -= 1;
        return failures >= 0 ? Promise.reject(new StoreDown('gone')) : collections.leases.take(tenant, id, where);
      };
      await underLease({ collections: { leases }, clock }, name('a'), async () => undefined);
      assert.notEqual(await collections.leases.get('t1', name('a').id), undefined);
      for (let waited = 0; waited < 5000; waited += 50) {
        if ((await collections.leases.get('t1', name('a').id)) === undefined) break;
        await pause(50);
      }
      assert.equal(await collections.leases.get('t1', name('a').id), undefined);
    });

    it('is no longer given back by one who lost it', async () => {
      const late = await holdLease(needs(), name('late'));
      passes(leaseMs + 1);
      assert.equal(late?.isHeld(), false);
      const next = await holdLease(needs(), name('next'));
      await late?.give();
      assert.equal((await collections.leases.get('t1', name('next').id))?.holder, 'next');
      await next?.give();
    });
  });
}
