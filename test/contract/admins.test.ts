import assert from 'node:assert/strict';
import { createAdmins } from '../../src/operations/people/admins.js';
import { createLog } from '../../src/platform/log.js';
import { idOf, type Joined, join, tenant } from './directory-kit.js';

describe('whom ADMINS names', () => {
  let joined: Joined;
  const collections = { tenants: { get: async () => undefined }, people: { find: async () => [] } };
  const named = async (...names: string[]) => {
    const parts = { directory: joined.directory, clock: joined.now, log: createLog('silent') };
    const admins = createAdmins(names, { ...parts, collections: collections as never });
    return (await admins.of(tenant)).map(({ name }) => name);
  };

  before(async () => {
    joined = await join();
    const mail = 'press.office@contoso.example';
    joined.company.addPerson({ name: 'Pia Press', signInName: 'p.press@contoso.example', mail });
    for (const n of [1, 2]) joined.company.addPerson({ name: `Twin ${n}`, mail: 'twins@contoso.example' });
    joined.company.addPerson({ name: 'Gus Guest', mail: 'gus@contoso.example', userType: 'Guest' });
  });
  after(() => joined.stop());

  it('is found by object id, by sign-in name, and by mail address where that is another', async () => {
    assert.deepEqual(await named(idOf('megan')), ['Megan Bowen']);
    assert.deepEqual(await named('p.press@contoso.example'), ['Pia Press']);
    assert.deepEqual(await named('Press.Office@contoso.example'), ['Pia Press']);
  });

  it('is nobody where a mail address is that of two people, of a guest, or of none', async () => {
    assert.deepEqual(await named('twins@contoso.example'), []);
    assert.deepEqual(await named('gus@contoso.example'), []);
    assert.deepEqual(await named('nobody@contoso.example'), []);
  });
});
