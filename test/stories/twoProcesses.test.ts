import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { openGrant } from '../../src/operations/signins/grantStore.js';
import type { Activity } from '../../src/sandbox/connector/types.js';
import { createVault, readKeys } from '../../src/store/vault.js';
import { Story } from './story.js';

const rounds = 50;
const tenant = '11111111-1111-4111-8111-111111111111';
const uri = process.env.STORY_MONGODB_URI;

/** Files belong to one process, so two of them meet on MongoDB only. */
if (uri) twoProcesses(uri);
else
  describe('two processes over one database', () =>
    it('are tried where STORY_MONGODB_URI names one', () => assert.equal(uri, undefined)));

function twoProcesses(server: string): void {
  describe('two processes over one database, at the same moment', () => {
    const keys = `k1:${randomBytes(32).toString('base64')}`;
    const vault = createVault(readKeys(keys));
    let here: Story;
    let there: Story;

    before(async () => {
      const address = new URL(server);
      address.pathname = `/two${randomBytes(6).toString('hex')}`;
      const env = { MONGODB_URI: address.href, TOKEN_KEYS: keys };
      [here, there] = [await Story.open(env), await Story.open(env)];
    });
    after(async () => {
      await Promise.all([here?.close(), there?.close()]);
    });
    const settled = () => Promise.all([here.settled(), there.settled()]);
    /** Teams posts it to this process. */
    const post = (story: Story, activity: object) =>
      fetch(`${story.app.address}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      });
    /** The organisation as it was before: what a round made is gone. */
    const forget = async () => {
      await settled();
      for (const name of ['profiles', 'grants', 'linkouts', 'audit', 'marks', 'confirms'] as const) {
        const collection = here.store[name];
        for (const { id } of await collection.find(tenant, {})) await collection.delete(tenant, id);
      }
    };
    const profile = async () => {
      const all = await here.store.profiles.find(tenant, {});
      assert.equal(all.length, 1, 'one profile');
      return all[0] ?? assert.fail();
    };

    it('do what is delivered to both once, and answer it once', async () => {
      await forget();
      const megan = here.player('megan');
      await megan.adds('contoso');
      const { connector } = here.sandbox;
      const first = await connector.say({ from: megan.id, text: 'show contoso' });
      const chat = () => connector.transcript(connector.personal(megan.id)).filter(({ from }) => from === 'bot').length;
      for (let round = 0; round < rounds; round += 1) {
        const verb = round % 2 === 0 ? 'share' : 'unshare';
        const activity = {
          ...(first.activity as Activity),
          id: `round-${round}`,
          text: `${verb} ben@contoso.example contoso`,
        };
        const before = chat();
        const answers = await Promise.all([post(here, activity), post(there, activity), post(there, activity)]);
        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200, 200],
        );
        await settled();
        assert.equal(chat(), before + 1, `round ${round}: one answer`);
        megan.sees(verb === 'share' ? 'Shared with Ben Walters' : /no longer shared|Stopped sharing|not shared/i);
        megan.seesNot('Someone else changed', 'went wrong');
        assert.equal((await profile()).shares.length, verb === 'share' ? 1 : 0);
        const records = await here.store.audit.find(tenant, { profileId: (await profile()).id });
        const done = records.filter(({ operation, outcome }) => outcome === 'done' && operation.endsWith('share'));
        assert.equal(done.length, round + 1, `round ${round}: one record for each`);
      }
    });

    it('add the same account for two people: one profile, and every sign-in that is kept can be used', async () => {
      for (let round = 0; round < rounds; round += 1) {
        await forget();
        const [megan, ben] = [here.player('megan'), there.player('ben')];
        await Promise.all([megan.says('add x'), ben.says('add x')]);
        const [hers, his] = await Promise.all([megan.signsInAs('contoso'), ben.signsInAs('contoso')]);
        await Promise.all([megan.says(`code ${hers}`), ben.says(`code ${his}`)]);
        await settled();
        const one = await profile();
        assert.deepEqual(one.owners.map(({ name }) => name).sort(), ['Ben Walters', 'Megan Bowen'], `round ${round}`);
        const grants = await here.store.grants.find(tenant, {});
        assert.deepEqual(grants.map(({ personName }) => personName).sort(), ['Ben Walters', 'Megan Bowen']);
        for (const grant of grants) {
          assert.equal(grant.profile, one.id, `round ${round}: a sign-in for the profile that is there`);
          assert.match(openGrant({ vault }, grant).access, /\w{10}/);
        }
      }
    });

    it('take a code once', async () => {
      for (let round = 0; round < rounds; round += 1) {
        await forget();
        const megan = here.player('megan');
        const { connector } = here.sandbox;
        const { activity } = await connector.say({ from: megan.id, text: 'add x' });
        await settled();
        const text = `code ${await megan.signsInAs('contoso')}`;
        const before = connector.transcript(connector.personal(megan.id)).length;
        const typed = (story: Story, n: number) => post(story, { ...activity, id: `code-${round}-${n}`, text });
        await Promise.all([typed(here, 1), typed(there, 2), typed(there, 3)]);
        await settled();
        const answers = connector.transcript(connector.personal(megan.id)).slice(before);
        const said = answers.map((message) => megan.looksAt(message).words());
        const isAdded = (words: string) => words.includes('is added, and you own it');
        assert.equal(said.filter(isAdded).length, 1, said.join('\n---\n'));
        const others = said.filter((words) => !isAdded(words));
        assert.equal(others.length, 2, 'everybody is answered');
        for (const words of others) assert.match(words, /No sign-in of yours is waiting|directory does not answer/);
        const one = await profile();
        assert.deepEqual(
          one.owners.map(({ name }) => name),
          ['Megan Bowen'],
        );
        const records = await here.store.audit.find(tenant, { profileId: one.id });
        assert.equal(records.filter(({ operation, outcome }) => operation === 'add' && outcome === 'done').length, 1);
      }
    });

    it('let two admins who remove each other leave one', async () => {
      const [ben, adele] = [here.player('ben'), there.player('adele')];
      const both = ['ben@contoso.example', 'adele@contoso.example'];
      for (let round = 0; round < rounds; round += 1) {
        for (const one of both) await here.player('lynne').says(`role ${one} admin`);
        // Who is admin is kept for some seconds.
        for (const story of [here, there]) story.passes({ minutes: 0.2 });
        await Promise.all([ben.says(`role ${both[1]} no-admin`), adele.says(`role ${both[0]} no-admin`)]);
        await settled();
        const admins = (await here.store.tenants.get(tenant, 'tenant'))?.admins ?? [];
        const left = admins.map(({ name }) => name).filter((name) => /Ben|Adele/.test(name));
        assert.equal(left.length, 1, `round ${round}: ${left.join(', ')}`);
      }
    });
  });
}
