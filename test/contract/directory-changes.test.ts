import assert from 'node:assert/strict';
import type { Change } from '../../src/directory/directory.js';
import { idOf, type Joined, join, tenant } from './directory-kit.js';

describe('the directory’s changes', () => {
  let joined: Joined;
  let link: string;
  beforeEach(async () => {
    joined = await join();
    link = (await joined.directory.changes(tenant, undefined)).link;
  });
  afterEach(() => joined.stop());

  const since = async (): Promise<Change[]> => {
    const round = await joined.directory.changes(tenant, link);
    assert.equal(round.resync, false);
    link = round.link;
    return round.changes;
  };

  it('begin now: the first link names nobody', async () => {
    const first = await joined.directory.changes(tenant, undefined);
    assert.deepEqual([first.changes, first.resync], [[], false]);
    assert.deepEqual(await since(), []);
  });

  it('name who was disabled, deleted, added and restored, once', async () => {
    const { company } = joined;
    company.disable(idOf('ben'));
    company.remove(idOf('megan'));
    const added = company.addPerson({ name: 'New Here' });
    assert.deepEqual(await since(), [
      { id: idOf('ben'), state: 'disabled' },
      { id: idOf('megan'), state: 'deleted' },
      { id: added, state: 'enabled' },
    ]);
    assert.deepEqual(await since(), []);
    company.restore(idOf('megan'));
    company.enable(idOf('ben'));
    assert.deepEqual(await since(), [
      { id: idOf('megan'), state: 'enabled' },
      { id: idOf('ben'), state: 'enabled' },
    ]);
  });

  it('can be asked again from the same link', async () => {
    joined.company.disable(idOf('ben'));
    const once = await joined.directory.changes(tenant, link);
    const twice = await joined.directory.changes(tenant, link);
    assert.deepEqual(once.changes, twice.changes);
  });

  it('come over many pages', async () => {
    joined.company.limits.deltaPage = 3;
    const added = Array.from({ length: 10 }, (_, n) => joined.company.addPerson({ name: `Colleague ${n}` }));
    assert.deepEqual(
      (await since()).map((change) => change.id),
      added,
    );
  });

  it('told twice and out of order are settled by how it is now', async () => {
    const { company } = joined;
    company.repeatDelta(true);
    company.disable(idOf('ben'));
    company.enable(idOf('ben'));
    company.remove(idOf('megan'));
    company.restore(idOf('megan'));
    company.disable(idOf('megan'));
    company.disable(idOf('adele'));
    company.remove(idOf('adele'));
    company.remove(idOf('isaiah'));
    const states = new Map((await since()).map(({ id, state }) => [id, state]));
    assert.deepEqual(
      states,
      new Map([
        [idOf('isaiah'), 'deleted'],
        [idOf('adele'), 'deleted'],
        [idOf('megan'), 'disabled'],
        [idOf('ben'), 'enabled'],
      ]),
    );
  });

  for (const status of [410, 400] as const) {
    it(`name everyone there is when the link is refused as too old (${status})`, async () => {
      const { company, directory } = joined;
      company.disable(idOf('ben'));
      company.remove(idOf('megan'));
      company.staleDelta(status);
      const round = await directory.changes(tenant, link);
      assert.equal(round.resync, true);
      const states = new Map(round.changes.map(({ id, state }) => [id, state]));
      assert.equal(states.get(idOf('ben')), 'disabled');
      assert.equal(states.get(idOf('alex')), 'enabled');
      assert.equal(states.has(idOf('megan')), false);
      company.staleDelta(undefined);
      company.enable(idOf('ben'));
      const next = await directory.changes(tenant, round.link);
      assert.deepEqual([next.changes, next.resync], [[{ id: idOf('ben'), state: 'enabled' }], false]);
    });
  }

  it('can be followed from a link of six days, and start afresh after eight', async () => {
    joined.later(6 * 24 * 3_600);
    assert.deepEqual(await since(), []);
    joined.later(8 * 24 * 3_600);
    assert.equal((await joined.directory.changes(tenant, link)).resync, true);
  });

  it('are refused when the link is no Graph address, and no token goes there', async () => {
    const calls = joined.company.requests.length;
    for (const other of [
      'https://evil.example/v1.0/users/delta?$deltatoken=x',
      'https://graph.microsoft.com@evil.example/v1.0/users/delta',
      'https://graph.microsoft.com.evil.example/v1.0/users',
      'https://graph.microsoft.us/v1.0/users/delta?$deltatoken=x',
    ]) {
      await assert.rejects(joined.directory.changes(tenant, other), { name: 'Error', reason: 'unreachable' }, other);
    }
    assert.equal(joined.company.requests.length, calls);
  });
});
