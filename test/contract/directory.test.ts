import assert from 'node:assert/strict';
import { DirectoryDown } from '../../src/directory/directory.js';
import { groupNamed, idOf, type Joined, join, tenant } from './directory-kit.js';

describe('the company directory', () => {
  let joined: Joined;
  before(async () => {
    joined = await join();
  });
  after(() => joined.stop());

  const names = async (typed: string) => (await joined.directory.findPeople(tenant, typed)).map((one) => one.name);
  const groups = async (typed: string) => (await joined.directory.findGroups(tenant, typed)).map((one) => one.name);

  describe('finds people', () => {
    it('by the beginning of any word of the name, in any order', async () => {
      assert.deepEqual(await names('meg'), ['Megan Bowen']);
      assert.deepEqual(await names('bowen megan'), ['Megan Bowen']);
      assert.deepEqual(await names('egan'), []);
    });

    it('by handle, quoted name, mail address and sign-in name', async () => {
      for (const typed of [
        '@megan',
        '"Megan Bowen"',
        '“Megan Bowen”',
        'megan@contoso.example',
        'MEGAN@contoso.example',
      ]) {
        assert.deepEqual(await names(typed), ['Megan Bowen'], typed);
      }
      assert.deepEqual(await names('mia_fabrikam.example#EXT#@contoso.example'), ['Mia Agency']);
    });

    it('and tells two of the same name apart by department and mail', async () => {
      const found = await joined.directory.findPeople(tenant, 'Chris Green');
      assert.deepEqual(found.map(({ department, mail }) => [department, mail]).sort(), [
        ['Finance', 'cgreen2@contoso.example'],
        ['Marketing', 'chris.green@contoso.example'],
      ]);
    });

    it('marks guests, and puts the disabled last', async () => {
      const [mia] = await joined.directory.findPeople(tenant, 'mia');
      assert.deepEqual([mia?.guest, mia?.enabled], [true, true]);
      const id = joined.company.addPerson({ name: 'Nestor Adams' });
      const found = await joined.directory.findPeople(tenant, 'nestor');
      assert.deepEqual(
        found.map(({ id, enabled }) => [id, enabled]),
        [
          [id, true],
          [idOf('nestor'), false],
        ],
      );
    });

    it('with the closest first: the exact one, then those that begin so', async () => {
      for (const name of ['Adam Sams', 'Samira Zed', 'Sam Young']) joined.company.addPerson({ name });
      const exact = joined.company.addPerson({
        name: 'Zoe Sam',
        mail: 'sam@contoso.example',
        signInName: 'sam@contoso.example',
      });
      const found = await joined.directory.findPeople(tenant, '@sam');
      assert.equal(found[0]?.id, exact);
      assert.deepEqual(
        found.map((one) => one.name),
        ['Zoe Sam', 'Sam Young', 'Samira Zed', 'Adam Sams'],
      );
    });

    it('and nobody for words that name nobody', async () => {
      for (const typed of ['', '   ', '@', '""', 'zzz', '🦄', '...', 'x'.repeat(20_000)]) {
        assert.deepEqual(await names(typed), [], typed.slice(0, 20));
      }
    });
  });

  describe('finds groups', () => {
    it('by alias, name and mail address', async () => {
      assert.deepEqual(await groups('@marketing'), ['Marketing', 'Marketing EMEA']);
      assert.deepEqual(await groups('"Marketing EMEA"'), ['Marketing EMEA']);
      assert.deepEqual(await groups('@marketing-emea'), ['Marketing EMEA']);
      assert.deepEqual(await groups('marketing@contoso.example'), ['Marketing']);
    });

    it('with the exact one first, however many are found', async () => {
      for (let n = 0; n < 60; n++) joined.company.addGroup({ name: `Account ${n}`, alias: `acc-${n}` });
      joined.company.addGroup({ name: 'Zebra', alias: 'account' });
      assert.equal((await groups('@account'))[0], 'Zebra');
    });

    it('and says which are Microsoft 365 groups and teams', async () => {
      const found = await joined.directory.findGroups(tenant, 'marketing');
      assert.deepEqual(
        found.map(({ name, kind, isTeam, alias }) => [name, kind, isTeam, alias]),
        [
          ['Marketing', 'microsoft365', true, 'marketing'],
          ['Marketing EMEA', 'security', false, 'marketing-emea'],
        ],
      );
    });
  });

  describe('knows a person', () => {
    it('by id, with what tells namesakes apart', async () => {
      assert.deepEqual(await joined.directory.person(tenant, idOf('megan')), {
        id: idOf('megan'),
        name: 'Megan Bowen',
        mail: 'megan@contoso.example',
        signInName: 'megan@contoso.example',
        department: 'Marketing',
        jobTitle: 'Social Media Manager',
        guest: false,
        enabled: true,
      });
    });

    it('or does not, for an id that is nobody’s, deleted, or no id at all', async () => {
      const gone = joined.company.addPerson({ name: 'Gone Soon' });
      joined.company.remove(gone);
      for (const id of [gone, idOf('megan').replace('aaaa', 'cccc'), '', '../groups', 'delta', 'x/y', '__proto__']) {
        assert.equal(await joined.directory.person(tenant, id), undefined, id);
        assert.equal(await joined.directory.isEnabled(tenant, id), false, id);
        assert.deepEqual(await joined.directory.groupsOf(tenant, id), [], id);
        assert.deepEqual(await joined.directory.memberOf(tenant, id, [groupNamed('Marketing')]), [], id);
      }
    });

    it('by many ids at once, unknown ones left out', async () => {
      const added = Array.from({ length: 40 }, (_, n) => joined.company.addPerson({ name: `Colleague ${n}` }));
      const found = await joined.directory.people(tenant, [...added, ...added, 'nobody', groupNamed('Sales')]);
      assert.deepEqual(found.map((one) => one.id).sort(), [...added].sort());
    });

    it('as enabled or not', async () => {
      assert.equal(await joined.directory.isEnabled(tenant, idOf('megan')), true);
      assert.equal(await joined.directory.isEnabled(tenant, idOf('nestor')), false);
    });
  });

  describe('knows membership', () => {
    it('of nested groups too', async () => {
      const mine = await joined.directory.groupsOf(tenant, idOf('adele'));
      assert.deepEqual(mine.sort(), [groupNamed('Sales'), groupNamed('Spokespeople')].sort());
      assert.deepEqual(
        await joined.directory.memberOf(tenant, idOf('adele'), [groupNamed('Marketing'), groupNamed('Spokespeople')]),
        [groupNamed('Spokespeople')],
      );
    });

    it('of any number of groups, asked 20 at a time', async () => {
      const made = Array.from({ length: 45 }, (_, n) =>
        joined.company.addGroup({ name: `Project ${n}`, people: n % 2 ? [idOf('ben')] : [] }),
      );
      joined.company.requests.length = 0;
      const found = await joined.directory.memberOf(tenant, idOf('ben'), made);
      assert.equal(found.length, 22);
      assert.equal(joined.company.requests.length, 3);
      assert.equal((await joined.directory.groupsOf(tenant, idOf('ben'))).length, 22 + 3);
    });

    it('of more groups than Graph gives at once', async () => {
      const all = await joined.directory.groupsOf(tenant, idOf('ben'));
      joined.company.limits.memberGroups = 5;
      joined.company.limits.page = { standard: 7, most: 7 };
      assert.deepEqual((await joined.directory.groupsOf(tenant, idOf('ben'))).sort(), all.sort());
      joined.company.limits.memberGroups = 11_000;
      joined.company.limits.page = { standard: 100, most: 999 };
    });

    it('as it is now: someone added or taken out is in or out at the next question', async () => {
      const sales = groupNamed('Sales');
      joined.company.addToGroup(sales, idOf('megan'));
      assert.deepEqual(await joined.directory.memberOf(tenant, idOf('megan'), [sales]), [sales]);
      joined.company.removeFromGroup(sales, idOf('megan'));
      assert.deepEqual(await joined.directory.memberOf(tenant, idOf('megan'), [sales]), []);
    });
  });

  describe('counts', () => {
    it('people of a group, nested ones and guests, each once', async () => {
      assert.deepEqual((await joined.directory.reach(tenant, groupNamed('Marketing'))).count, { people: 5, guests: 1 });
      joined.company.addToGroup(groupNamed('Spokespeople'), idOf('adele'));
      assert.deepEqual((await joined.directory.reach(tenant, groupNamed('Spokespeople'))).count, {
        people: 4,
        guests: 0,
      });
    });

    it('nobody in a group that is gone', async () => {
      assert.deepEqual((await joined.directory.reach(tenant, idOf('megan'))).count, { people: 0, guests: 0 });
    });

    it('everyone who is enabled', async () => {
      const before = await joined.directory.countEveryone(tenant);
      joined.company.addPerson({ name: 'Gia Guest', userType: 'Guest' });
      joined.company.addPerson({ name: 'Dan Disabled', accountEnabled: false });
      const { people, guests } = await joined.directory.countEveryone(tenant);
      assert.deepEqual([people - before.people, guests - before.guests], [1, 1]);
    });

    it('exactly and by name, up to 2,000 people in three calls', async () => {
      const people = Array.from({ length: 1_998 }, (_, n) => joined.company.addPerson({ name: `Clerk ${n}` }));
      const guests = [1, 2].map((n) => joined.company.addPerson({ name: `Visitor ${n}`, userType: 'Guest' }));
      const group = joined.company.addGroup({ name: 'Branch', people: [...people, ...guests] });
      joined.company.requests.length = 0;
      const { count, members } = await joined.directory.reach(tenant, group);
      assert.deepEqual(count, { people: 2_000, guests: 2 });
      assert.equal(new Set(members?.map(({ id }) => id)).size, 2_000);
      assert(joined.company.requests.length <= 3);
    });

    it('nobody that may be seen in a group that hides its members, however Graph says so', async () => {
      for (const how of ['empty', 'denied'] as const) {
        const group = joined.company.addGroup({ name: `Hidden ${how}`, people: [idOf('ben')] });
        joined.company.hideMembers(group, how);
        const reach = await joined.directory.reach(tenant, group);
        assert.deepEqual(reach, { count: { people: 0, guests: 0, hidden: true } });
      }
      const empty = joined.company.addGroup({ name: 'Nobody Yet' });
      assert.deepEqual(await joined.directory.reach(tenant, empty), { count: { people: 0, guests: 0 }, members: [] });
      joined.company.deny(['/transitiveMembers']);
      await assert.rejects(joined.directory.reach(tenant, empty), DirectoryDown);
      joined.company.deny([]);
    });

    it('nobody in a group that is not there', async () => {
      assert.deepEqual(await joined.directory.reach(tenant, idOf('megan')), {
        count: { people: 0, guests: 0 },
        members: [],
      });
    });

    it('3,000 people in a group inside a group', async () => {
      const people = Array.from({ length: 3_000 }, (_, n) => joined.company.addPerson({ name: `Agent ${n}` }));
      const inner = joined.company.addGroup({ name: 'Call Centre', people });
      const outer = joined.company.addGroup({
        name: 'Everyone in Service',
        groups: [inner],
        people: people.slice(0, 5),
      });
      assert.deepEqual((await joined.directory.reach(tenant, outer)).count, {
        people: 3_000,
        guests: 0,
        about: true,
      });
      joined.company.requests.length = 0;
      const { count, members } = await joined.directory.reach(tenant, outer);
      assert.deepEqual([count, members], [{ people: 3_000, guests: 0, about: true }, undefined]);
      assert.equal(joined.company.requests.length, 2);
      const some = await joined.directory.members(tenant, outer, 1_200);
      assert.equal(new Set(some.map((one) => one.id)).size, 1_200);
    });
  });

  it('names the people of a group, as many as asked for', async () => {
    const found = await joined.directory.members(tenant, groupNamed('Marketing'), 100);
    assert.deepEqual(found.map((one) => one.name).sort(), [
      'Alex Wilber',
      'Ben Walters',
      'Chris Green',
      'Megan Bowen',
      'Mia Agency',
    ]);
    assert.equal((await joined.directory.members(tenant, groupNamed('Marketing'), 2)).length, 2);
    assert.deepEqual(await joined.directory.members(tenant, groupNamed('Marketing'), 0), []);
  });

  it('knows the tags of a team and who has them', async () => {
    const [tag, ...others] = await joined.directory.tags(tenant, groupNamed('Marketing'));
    assert.deepEqual(others, []);
    assert.ok(tag);
    assert.equal(tag.name, 'writers');
    assert.deepEqual(await joined.directory.tagMembers(tenant, tag), [idOf('ben'), idOf('chris.green')]);
    assert.deepEqual(await joined.directory.tags(tenant, groupNamed('Spokespeople')), []);
    assert.deepEqual(await joined.directory.tagMembers(tenant, { ...tag, id: '../../users' }), []);
  });
});
