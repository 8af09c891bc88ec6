import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGrant } from '../../src/operations/signins/grantStore.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';
import { newestSchema, schemaKey } from '../../src/store/schema.js';
import type { StoredDoc } from '../../src/store/store.js';
import { createVault, readKeys } from '../../src/store/vault.js';
import { Story } from './story.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Made by release 0.1.0 itself; its keys and tokens are the pretend company's and open nothing elsewhere. */
const folder010 = join(root, 'test/data/0.1.0');
/** A minute after it was made. */
const made = new Date('2026-11-27T10:05:00Z');
const tenant = '11111111-1111-4111-8111-111111111111';

describe('a data folder of release 0.1.0', () => {
  let story: Story;
  before(async () => {
    story = await Story.openCopy(folder010, made);
  });
  after(() => story.close());
  const who = (name: string) => story.player(name);

  it('has every profile with its owners, shares and type', async () => {
    const megan = who('megan');
    await megan.says('show x:contoso');
    megan.sees(
      'X profile · Contoso',
      'You own it',
      'Marketing',
      'Adele Vance',
      'until Friday, 18 December 2026',
      'Valid',
    );
    const ben = who('ben');
    await ben.says('profiles owned');
    ben.sees('Facebook Page', 'Contoso', '@fabrikam');
    await ben.says('show facebook:contoso');
    ben.sees('Everyone', 'You own it');
    await megan.says('profiles ownerless');
    megan.sees('@contoso_support');
  });

  it('has its waiting claim, in the channel that was chosen', async () => {
    const adele = who('adele');
    await adele.says('claims');
    adele.sees('@contoso');
    const { claimCards, profiles, tenants } = story.store;
    assert.equal((await tenants.get(tenant, 'tenant'))?.approvals?.name, 'Announcements');
    const [card] = await claimCards.find(tenant, {});
    assert.equal(card?.state, 'posted');
    const [contoso] = await profiles.find(tenant, { access: 'claims' });
    assert.deepEqual(contoso?.claims, [
      {
        id: card?.claim,
        by: { id: who('adele').id, name: 'Adele Vance' },
        at: new Date('2026-11-27T10:04:01.838Z'),
        ends: new Date('2026-12-04T10:04:01.838Z'),
        proven: false,
        why: 'I run the support desk',
      },
    ]);
  });

  it('has every sign-in, and can open it', async () => {
    const grants = await story.store.grants.find(tenant, {});
    const seen = grants.map(({ personName, type, state }) => [personName, type, state].join(' ')).sort();
    assert.deepEqual(seen, ['Ben Walters facebook-page good', 'Ben Walters x-user good', 'Megan Bowen x-user good']);
    const vault = createVault(readKeys(await readFile(join(folder010, 'token-keys'), 'utf8')));
    for (const grant of grants) assert.match(openGrant({ vault }, grant).access, /\w{10}/);
  });

  it('has its history, roles and rules', async () => {
    const megan = who('megan');
    await megan.says('history x:contoso');
    megan.sees('shared it with Marketing', 'shared it with Adele Vance', 'Adele Vance');
    const lynne = who('lynne');
    await lynne.says('roles');
    lynne.sees('Alex Wilber', 'Ben Walters');
    await lynne.says('policy');
    lynne.sees('5 days');
    const alex = who('alex');
    await alex.says('profiles all');
    alex.sees('@contoso', '@fabrikam', '@contoso_support');
  });

  it('has a question that was put a minute before, which can be answered', async () => {
    const { confirms } = story.store;
    const [question] = await confirms.find(tenant, {});
    assert.equal(question?.asked.kind, 'delete');
    const megan = who('megan');
    await megan.says('help');
    await megan.clicksOn(megan.message(), 'no', { do: { kind: 'no', confirm: question?.id } });
    megan.sees('Nothing was changed');
  });

  it('still knows what was done, how far the directory was read, and which network asked to wait', async () => {
    const { marks, jobState, rateLimits, schema } = story.store;
    assert.ok((await marks.find(tenant, {})).length > 25);
    assert.match((await jobState.get(tenant, 'users'))?.link ?? '', /deltatoken/);
    assert.ok(await jobState.get(tenant, 'groups'));
    assert.deepEqual((await rateLimits.get(tenant, 'linkedin'))?.until, new Date('2026-11-27T11:04:02.210Z'));
    assert.equal((await schema.get(schemaKey.tenant, schemaKey.id))?.number, newestSchema);
  });

  it('has its waiting claim decided by a button that was drawn then', async () => {
    const [card] = await story.store.claimCards.find(tenant, {});
    const [megan, adele] = [who('megan'), who('adele')];
    await megan.says('help');
    const asked = { kind: 'approve', profile: { id: card?.profile }, claim: card?.claim };
    await megan.clicksOn(megan.message(), 'approve', { do: asked });
    megan.sees('Approved by Megan Bowen');
    await adele.says('show x:contoso');
    adele.sees('You and 1 other own it');
  });

  it('is worked with from there on, and opens again', async () => {
    await who('megan').says('share patti@contoso.example x:contoso');
    who('megan').sees('Shared with Patti Fernandez');
    story = await story.restart();
    await who('megan').says('show x:contoso');
    who('megan').sees('Patti Fernandez', 'Marketing', 'Valid');
  });
});

describe('a data folder of a release that is newer', () => {
  it('stops the start with one sentence', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newer-'));
    try {
      await cp(folder010, folder, { recursive: true });
      const store = await openEmbeddedStore(folder);
      const schema = await store.collection<StoredDoc & { number: number }>({ name: 'schema', indexes: [] });
      await schema.insert({ ...schemaKey, version: 1, number: newestSchema + 1 });
      await store.close();
      const env = { PATH: process.env.PATH ?? '', DATA_DIR: folder, PORT: '0' };
      assert.throws(
        () =>
          execFileSync(process.execPath, [join(root, 'build/src/main.js')], { env, timeout: 20_000, stdio: 'pipe' }),
        (error: unknown) => {
          const { status, stderr } = error as { status: number; stderr: Buffer };
          assert.equal(status, 1);
          assert.match(
            String(stderr).trim(),
            new RegExp(
              `^The stored data was written by a newer release \\(schema ${newestSchema + 1}, this one knows ${newestSchema}\\): [^\\n]+$`,
            ),
          );
          return true;
        },
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
