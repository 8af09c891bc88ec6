import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFollowed, followedFreshMs } from '../../src/operations/people/followed.js';
import { expectGroups, followGroups, needsRoots } from '../../src/operations/people/followGroups.js';
import { createMemberships } from '../../src/operations/people/memberships.js';
import { hearNews, standingNow, standingOf } from '../../src/operations/people/standing.js';
import type { Actor, GroupId, Profile } from '../../src/rules/types.js';
import { type Collections, openCollections } from '../../src/store/collections.js';
import type { Store } from '../../src/store/store.js';
import { update } from '../../src/store/update.js';
import { countCalls } from '../stories/storeCounts.js';
import { idOf, type Joined, join, tenant } from './directory-kit.js';
import { type Place, places } from './store-places.js';

/** A process: its own memory of what is followed, over the store that all share. */
type Process = ReturnType<typeof processOn>;

function processOn(joined: Joined, collections: Collections) {
  const work: Promise<unknown>[] = [];
  return {
    collections,
    directory: joined.directory,
    clock: joined.now,
    followed: createFollowed({ collections, clock: joined.now }),
    memberships: createMemberships(),
    later: (_: string, run: () => Promise<unknown>) => void work.push(run()),
    settled: () => Promise.all(work.splice(0)),
  };
}

const sharedWith = (...groups: GroupId[]) =>
  ({ tenant, shares: groups.map((id) => ({ principal: { kind: 'group', id, name: id } })) }) as unknown as Profile;

for (const place of places())
  describe(`groups that are followed (${place.name})`, () => {
    let joined: Joined;
    let store: Store;
    let collections: Collections;
    let one: Process;
    let other: Process;
    const open = async (at: Place) => {
      joined = await join();
      store = await at.open();
      collections = await openCollections(store);
      one = processOn(joined, collections);
      other = processOn(joined, collections);
    };
    beforeEach(() => open(place));
    afterEach(async () => {
      await joined.stop();
      await store.close();
      await place.remove();
    });

    const begin = async (...groups: GroupId[]) => {
      await needsRoots(one, tenant);
      await followGroups(one, tenant, { groups: new Set(groups), from: joined.now() });
    };
    const aMinuteLater = async (by = one) => {
      joined.later(60);
      await followGroups(by, tenant);
    };
    const groupsOf = async (person: string, by = other) => (await by.followed.groups(tenant))?.groupsOf(person);

    it('are known to every process without a question, joined or left a minute ago', async () => {
      const group = joined.company.addGroup({ name: 'Press', people: [idOf('ben')] });
      await begin(group);
      assert.deepEqual(await groupsOf(idOf('ben')), [group]);
      joined.company.removeFromGroup(group, idOf('ben'));
      joined.company.addToGroup(group, idOf('megan'));
      await aMinuteLater();
      assert.deepEqual([await groupsOf(idOf('ben')), await groupsOf(idOf('megan'))], [[], [group]]);
    });

    it('count with the groups inside them', async () => {
      const { company } = joined;
      const inner = company.addGroup({ name: 'Interns', people: [idOf('ben')] });
      const outer = company.addGroup({ name: 'Press', groups: [inner] });
      await begin(outer);
      assert.deepEqual(await groupsOf(idOf('ben')), [inner, outer]);
      assert.deepEqual((await other.followed.groups(tenant))?.peopleIn(outer), [idOf('ben')]);
      company.nest(outer, inner, false);
      await aMinuteLater();
      assert.deepEqual(await groupsOf(idOf('ben')), []);
    });

    it('say nothing once they were followed two minutes ago', async () => {
      await begin(joined.company.addGroup({ name: 'Press' }));
      joined.later(followedFreshMs / 1000 + 1);
      assert.equal(await groupsOf(idOf('ben')), undefined);
    });

    it('say nothing while the directory hides one of them or does not allow it, and speak again after that', async () => {
      const { company } = joined;
      const group = company.addGroup({ name: 'Press', people: [idOf('ben')] });
      await begin(group);
      company.hideMembers(group);
      await aMinuteLater();
      assert.equal(await groupsOf(idOf('ben')), undefined);
      company.showMembers(group);
      await aMinuteLater();
      await aMinuteLater();
      assert.deepEqual(await groupsOf(idOf('ben')), [group]);
      company.deny(['/groups/delta']);
      joined.later(followedFreshMs / 1000 + 1);
      await assert.rejects(followGroups(one, tenant), { reason: 'not-allowed' });
      assert.equal(await groupsOf(idOf('ben')), undefined);
    });

    it('say nothing of a group that something is shared with, in any process, until it was read', async () => {
      await begin();
      const group = joined.company.addGroup({ name: 'Press', people: [idOf('ben')] });
      assert.deepEqual(await groupsOf(idOf('ben')), []);
      joined.company.deny(['/groups/delta']);
      await expectGroups(one, sharedWith(group), undefined);
      await one.settled().catch(() => {});
      joined.later(6);
      assert.equal(await groupsOf(idOf('ben')), undefined);
      joined.company.deny([]);
      await aMinuteLater(other);
      assert.deepEqual([await groupsOf(idOf('ben')), await groupsOf(idOf('ben'), one)], [[group], [group]]);
    });

    it('are read at once when something is shared with one more', async () => {
      await begin();
      const group = joined.company.addGroup({ name: 'Press', people: [idOf('ben')] });
      await expectGroups(one, sharedWith(group), undefined);
      await one.settled();
      assert.deepEqual(await groupsOf(idOf('ben'), one), [group]);
    });

    it('are let go when no share names them any more, but not one that was shared with since', async () => {
      const { company } = joined;
      const [old, fresh] = ['Old', 'New'].map((name) => company.addGroup({ name, people: [idOf('ben')] }));
      assert(old && fresh);
      await begin(old);
      const from = joined.now();
      joined.later(1);
      await expectGroups(one, sharedWith(fresh), undefined);
      await one.settled();
      await followGroups(one, tenant, { groups: new Set(), from });
      assert.deepEqual(await groupsOf(idOf('ben'), one), [fresh]);
    });

    it('are read as a whole once a day, and after a restored one comes back', async () => {
      const { company } = joined;
      const group = company.addGroup({ name: 'Press', people: [idOf('ben')] });
      await begin(group);
      await update(collections.groups, tenant, group, (now) => now && { ...now, people: [] });
      joined.later(25 * 3_600);
      await followGroups(other, tenant);
      assert.deepEqual(await groupsOf(idOf('ben'), processOn(joined, collections)), [group]);
      company.removeGroup(group);
      await aMinuteLater(other);
      assert.deepEqual(await groupsOf(idOf('ben')), []);
      company.addGroup({ id: group, name: 'Press', people: [idOf('ben')] });
      company.addToGroup(group, idOf('megan'));
      await aMinuteLater(other);
      await aMinuteLater(other);
      assert.deepEqual(await groupsOf(idOf('megan')), [group]);
    });

    it('take fifty to a request, and one more request from there on', async () => {
      const { company } = joined;
      const many = Array.from({ length: 51 }, (_, n) =>
        company.addGroup({ name: `Group ${n}`, people: [idOf('ben')] }),
      );
      await begin(...many);
      assert.equal((await groupsOf(idOf('ben')))?.length, 51);
      company.requests.length = 0;
      await aMinuteLater();
      assert.equal(company.requests.filter(({ path }) => path.endsWith('/groups/delta')).length, 2);
    });

    it('are what the directory says, whatever happened and whenever a round was cut short', async () => {
      const people = ['ben', 'megan', 'adele'].map(idOf);
      const person = fc.nat(people.length - 1);
      const group = fc.nat(5);
      const step = fc.oneof(
        fc.record({ does: fc.constant('join' as const), group, person }),
        fc.record({ does: fc.constant('leave' as const), group, person }),
        fc.record({ does: fc.constant('nest' as const), group, child: group, inside: fc.boolean() }),
        fc.record({ does: fc.constant('share' as const), group, by: fc.boolean() }),
        fc.record({ does: fc.constant('vanish' as const), person }),
        fc.record({ does: fc.constant('follow' as const), by: fc.boolean(), cut: fc.option(fc.nat(6)) }),
        fc.record({ does: fc.constant('repeat' as const), on: fc.boolean() }),
        fc.record({ does: fc.constant('lose' as const), on: fc.boolean() }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          await joined.stop();
          await store.close();
          await open(place);
          const { company } = joined;
          const ids = Array.from({ length: 6 }, (_, n) => company.addGroup({ name: `Group ${n}` }));
          const shared = new Set<GroupId>();
          const at = (n: number) => ids[n] as GroupId;
          const who = (n: number) => people[n] as string;
          const gone = new Set<string>();
          await begin();
          for (const did of steps) {
            if (did.does === 'join' && !gone.has(who(did.person))) company.addToGroup(at(did.group), who(did.person));
            if (did.does === 'leave') company.removeFromGroup(at(did.group), who(did.person));
            if (did.does === 'nest' && did.group < did.child) company.nest(at(did.group), at(did.child), did.inside);
            if (did.does === 'repeat') company.repeatDelta(did.on);
            if (did.does === 'lose') company.staleDelta(did.on ? 410 : undefined);
            if (did.does === 'vanish') {
              const id = who(did.person);
              if (gone.delete(id)) company.restore(id);
              else {
                gone.add(id);
                company.remove(id);
              }
            }
            if (did.does === 'share') {
              const by = did.by ? one : other;
              shared.add(at(did.group));
              await expectGroups(by, sharedWith(at(did.group)), undefined);
              await by.settled();
            }
            if (did.does === 'follow') {
              joined.later(60);
              const by = did.by ? one : other;
              await followGroups(cutShort(by, did.cut), tenant).catch(() => {});
            }
          }
          company.staleDelta(undefined);
          await aMinuteLater(one);
          for (const process of [one, other]) {
            joined.later(6);
            for (const id of people) {
              const known = await groupsOf(id, process);
              const said = gone.has(id) ? [] : await joined.directory.groupsOf(tenant, id);
              const ours = said.filter((one_) => shared.has(one_));
              assert.deepEqual(new Set(known?.filter((one_) => shared.has(one_))), new Set(ours));
            }
          }
        }),
        { numRuns: 40, examples: [[toldHalf]] },
      );
    });
  });

/** A round wrote who is in a group, and not how far it had come: the next one has nothing left to write. */
const toldHalf = [
  { does: 'share' as const, group: 4, by: false },
  { does: 'join' as const, group: 4, person: 0 },
  { does: 'follow' as const, by: false, cut: 1 },
];

/** The same process, which dies at its n-th write. */
function cutShort(by: Process, cut: number | null): Process {
  if (cut === null) return by;
  let left = cut;
  const dying = <T extends object>(collection: T): T =>
    new Proxy(collection, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if ((name === 'insert' || name === 'replace') && left-- <= 0) throw new Error('cut short');
          return (value as (...args: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  const { groups, following } = by.collections;
  return { ...by, collections: { ...by.collections, groups: dying(groups), following: dying(following) } };
}

describe('whether somebody works here', () => {
  let joined: Joined;
  let store: Store;
  let parts: Process;
  const ben = idOf('ben');
  const actor = { tenant, id: ben, name: 'Ben' } as Actor;
  const by = async () => ({ actor, person: await parts.collections.people.get(tenant, ben) });
  const ask = async () => {
    const { standing, isNow } = await standingOf(parts, await by());
    await parts.settled();
    return [standing, isNow];
  };
  const follow = async (since: Date, at = joined.now()) => {
    await parts.collections.jobState.take(tenant, 'users');
    await parts.collections.jobState.insert({ tenant, id: 'users', version: 1, link: '', at, since });
    parts.followed.forget(tenant);
  };
  beforeEach(async () => {
    joined = await join();
    const place = places()[0] as Place;
    store = await place.open();
    parts = processOn(joined, await openCollections(store));
  });
  afterEach(async () => {
    await joined.stop();
    await store.close();
  });

  it('is asked every five minutes where changes are not followed', async () => {
    assert.deepEqual(await ask(), ['works', true]);
    joined.later(299);
    assert.deepEqual(await ask(), ['works', false]);
    joined.later(2);
    assert.deepEqual(await ask(), ['works', true]);
  });

  it('is asked once a day while every change since is followed', async () => {
    const since = joined.now();
    joined.later(61);
    assert.deepEqual(await ask(), ['works', true]);
    joined.later(23 * 3_600);
    await follow(since);
    assert.deepEqual(await ask(), ['works', false]);
    joined.later(3_601);
    await follow(since);
    assert.deepEqual(await ask(), ['works', true]);
  });

  it('is asked again when changes were followed too long ago, or only since somebody was asked about', async () => {
    const since = joined.now();
    joined.later(61);
    await ask();
    joined.later(600);
    await follow(since, new Date(joined.now().getTime() - followedFreshMs - 1));
    assert.deepEqual(await ask(), ['works', true]);
    joined.later(600);
    await follow(new Date(joined.now().getTime() - 660_000));
    assert.deepEqual(await ask(), ['works', true]);
  });

  it('is asked at once after news of them, and an answer that was on its way then counts no more', async () => {
    const since = joined.now();
    joined.later(61);
    await ask();
    joined.company.disable(ben);
    await hearNews(parts, tenant, [ben]);
    await follow(since);
    assert.deepEqual(await ask(), ['disabled', true]);
    joined.company.enable(ben);
    const before = await by();
    await hearNews(parts, tenant, [ben]);
    await standingNow(parts, before);
    await parts.settled();
    assert.equal((await by()).person?.standingAt, undefined);
  });

  it('is looked for together with all others whom the news name', async () => {
    await ask();
    const counting = countCalls(parts.collections, ['people']);
    await hearNews(parts, tenant, [...Array.from({ length: 150 }, (_, n) => `stranger-${n}`), ben]);
    assert.deepEqual(
      counting.stop().map(({ call }) => call),
      ['find', 'replace'],
    );
  });

  it('is not believed for long of somebody whom the directory does not know or has disabled', async () => {
    const since = joined.now();
    joined.company.disable(ben);
    joined.later(61);
    assert.deepEqual(await ask(), ['disabled', true]);
    joined.later(301);
    await follow(since);
    assert.deepEqual(await ask(), ['disabled', true]);
  });
});
