import assert from 'node:assert/strict';
import type { GroupChange } from '../../src/directory/directory.js';
import { groupNamed, idOf, type Joined, join, tenant } from './directory-kit.js';

const marketing = groupNamed('Marketing');
const sales = groupNamed('Sales');

describe('who joins and leaves groups', () => {
  let joined: Joined;
  let link: string;
  beforeEach(async () => {
    joined = await join();
    link = (await joined.directory.groupChanges(tenant, [marketing, sales], undefined)).link;
  });
  afterEach(() => joined.stop());

  const since = async (): Promise<GroupChange[]> => {
    const round = await joined.directory.groupChanges(tenant, [marketing, sales], link);
    assert.equal(round.whole, false);
    link = round.link;
    return round.changes;
  };
  const nothing = { in: [], out: [] };

  it('begins with everyone who is in them, and nobody of other groups', async () => {
    joined.company.limits.deltaPage = 2;
    const { changes, whole } = await joined.directory.groupChanges(tenant, [marketing], undefined);
    assert.equal(whole, true);
    assert.deepEqual(
      changes.map(({ id }) => id),
      [marketing],
    );
    const [change] = changes;
    assert(change?.state === 'moved');
    const { members } = await joined.directory.reach(tenant, marketing);
    assert.deepEqual(new Set(change.people.in), new Set(members?.map(({ id }) => id)));
    assert.deepEqual(change.people.out, []);
  });

  it('names each who joined or left, once, and then nobody', async () => {
    const { company } = joined;
    company.addToGroup(sales, idOf('ben'));
    company.removeFromGroup(marketing, idOf('megan'));
    assert.deepEqual(await since(), [
      { id: sales, state: 'moved', people: { in: [idOf('ben')], out: [] }, groups: nothing },
      { id: marketing, state: 'moved', people: { in: [], out: [idOf('megan')] }, groups: nothing },
    ]);
    assert.deepEqual(await since(), []);
  });

  it('names a group that is put into another, and taken out', async () => {
    joined.company.nest(sales, marketing, true);
    assert.deepEqual(await since(), [
      { id: sales, state: 'moved', people: nothing, groups: { in: [marketing], out: [] } },
    ]);
    joined.company.nest(sales, marketing, false);
    assert.deepEqual(await since(), [
      { id: sales, state: 'moved', people: nothing, groups: { in: [], out: [marketing] } },
    ]);
  });

  it('has who is deleted leave, and who is restored join', async () => {
    joined.company.remove(idOf('megan'));
    const left = await since();
    assert(left.some((change) => change.state === 'moved' && change.people.out.includes(idOf('megan'))));
    joined.company.restore(idOf('megan'));
    const back = await since();
    assert(back.some((change) => change.state === 'moved' && change.people.in.includes(idOf('megan'))));
  });

  it('reads a group as it is now when somebody both joined and left', async () => {
    const { company, directory } = joined;
    company.repeatDelta(true);
    company.removeFromGroup(marketing, idOf('megan'));
    company.addToGroup(marketing, idOf('megan'));
    company.removeFromGroup(marketing, idOf('megan'));
    company.nest(marketing, sales, true);
    const [change] = await since();
    assert(change?.state === 'read');
    const { members } = await directory.reach(tenant, marketing);
    assert(!change.people.includes(idOf('megan')));
    assert(change.people.every((id) => members?.some((member) => member.id === id)));
    assert.deepEqual(change.groups, [sales]);
  });

  it('says of a group that is deleted that it is gone, and of one that hides its members only that', async () => {
    joined.company.hideMembers(marketing);
    joined.company.removeGroup(sales);
    assert.deepEqual(await since(), [
      { id: marketing, state: 'hidden' },
      { id: sales, state: 'gone' },
    ]);
  });

  for (const status of [410, 400] as const) {
    it(`names everyone when the link is refused as too old (${status})`, async () => {
      joined.company.addToGroup(sales, idOf('ben'));
      joined.company.staleDelta(status);
      const round = await joined.directory.groupChanges(tenant, [sales], link);
      assert.equal(round.whole, true);
      const change = round.changes.find(({ id }) => id === sales);
      assert(change?.state === 'moved' && change.people.in.includes(idOf('ben')) && change.people.in.length > 1);
    });
  }

  it('asks for fifty groups in one request', async () => {
    const { company, directory } = joined;
    const many = Array.from({ length: 50 }, (_, n) => company.addGroup({ name: `Group ${n}`, people: [idOf('ben')] }));
    company.requests.length = 0;
    const { changes } = await directory.groupChanges(tenant, many, undefined);
    assert.equal(changes.length, 50);
    assert.equal(company.requests.filter(({ path }) => path.endsWith('/groups/delta')).length, 1);
  });

  it('is refused where the permission is missing, or the link is not the directory’s', async () => {
    const { company, directory } = joined;
    await assert.rejects(directory.groupChanges(tenant, [sales], 'https://evil.example/v1.0/groups/delta'), {
      reason: 'unreachable',
    });
    company.deny(['/groups/delta']);
    await assert.rejects(directory.groupChanges(tenant, [sales], link), { reason: 'not-allowed' });
  });
});
