import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { callOf, directoryPermissions } from '../../src/directory/permissions.js';
import { groupNamed, idOf, type Joined, join, tenant } from './directory-kit.js';

type Published = { permissions: Record<string, string[]> };
const published = JSON.parse(
  readFileSync(new URL('../../../test/contract/graph-permissions.json', import.meta.url), 'utf8'),
) as Published;

describe('the directory’s permissions', () => {
  let joined: Joined;
  const made = new Set<string>();
  before(async () => {
    joined = await join();
    await everyQuestion(joined);
    for (const { host, method, path } of joined.company.requests) {
      if (host === 'graph.microsoft.com') made.add(callOf(method, path.replace(/^\/v1\.0/, '')));
    }
  });
  after(() => joined.stop());

  it('cover every call that is made, and no call that is not', () => {
    const covered = new Set(directoryPermissions.flatMap(({ calls }) => calls));
    assert.deepEqual([...made].sort(), [...covered].sort());
  });

  it('open those paths by Microsoft’s own list', () => {
    for (const call of made) {
      const [method, path = ''] = call.replace(/\/microsoft\.graph\.\w+$/, '').split(' ');
      const asPublished = `${method} ${path.toLowerCase()}`;
      const openers = directoryPermissions.filter(({ calls }) => calls.includes(call)).map(({ name }) => name);
      assert.ok(
        openers.some((name) => published.permissions[name]?.includes(asPublished)),
        call,
      );
    }
  });

  it('only read', () => {
    for (const { name } of directoryPermissions) assert.match(name, /\.Read\.(All|Hidden)$/);
  });
});

/** Asks the directory everything it can be asked, with the fallbacks. */
async function everyQuestion({ company, directory }: Joined): Promise<void> {
  const team = groupNamed('Marketing');
  await directory.findPeople(tenant, 'ben');
  await directory.findGroups(tenant, 'marketing');
  await directory.person(tenant, idOf('ben'));
  await directory.people(tenant, [idOf('ben')]);
  await directory.group(tenant, team);
  await directory.groupsOf(tenant, idOf('ben'));
  company.limits.memberGroups = 1;
  await directory.groupsOf(tenant, idOf('ben'));
  await directory.memberOf(tenant, idOf('ben'), [team]);
  await directory.isEnabled(tenant, idOf('ben'));
  await directory.reach(tenant, team);
  await directory.countEveryone(tenant);
  const followed = await directory.groupChanges(tenant, [team], undefined);
  company.repeatDelta(true);
  company.removeFromGroup(team, idOf('ben'));
  company.addToGroup(team, idOf('ben'));
  await directory.groupChanges(tenant, [team], followed.link);
  company.repeatDelta(false);
  await directory.members(tenant, team, 5);
  for (const tag of await directory.tags(tenant, team)) await directory.tagMembers(tenant, tag);
  const { link } = await directory.changes(tenant, undefined);
  company.repeatDelta(true);
  company.disable(idOf('ben'));
  company.enable(idOf('ben'));
  await directory.changes(tenant, link);
  company.staleDelta(410);
  await directory.changes(tenant, link);
}
