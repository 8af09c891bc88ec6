import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { doubtDue } from '../../src/operations/publishing/doubtDue.js';
import { openCollections } from '../../src/store/collections.js';
import { backUp, putBack } from '../../src/store/embedded/backup.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';
import type { StoredDoc } from '../../src/store/store.js';
import { later, openStory, shownOnX } from './publishingKit.js';
import type { Player, Story } from './story.js';

const tenant = '11111111-1111-4111-8111-111111111111';
const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));

describe('a backup of the data folder', () => {
  let folder: string;
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backup-'));
  });
  afterEach(async () => {
    await story?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is made while the bot writes, and put back elsewhere is what was there', async () => {
    ({ story, megan } = await openStory());
    await megan.says('share ben@contoso.example contoso');
    await story.settled();
    let isDone = false;
    const writing = (async () => {
      while (!isDone) {
        await megan.says('unshare ben@contoso.example contoso');
        megan.sees('No longer shared with Ben Walters');
        await megan.says('share ben@contoso.example contoso');
        megan.sees('Shared with Ben Walters');
      }
    })();
    const copies = join(folder, 'busy');
    await backUp(story.folder, copies, story.now());
    isDone = true;
    await writing;
    await story.settled();
    assert.equal((await whatIs(copies)).profiles?.length, 1, 'made in the middle, and whole');

    const copy = join(folder, 'still');
    await backUp(story.folder, copy, story.now());
    const before = await whatWasTold(story);
    assert.deepEqual(await whatIs(copy), before);
    assert.equal(before.profiles?.length, 1);
    assert.equal(before.grants?.length, 1);
    assert.ok((before.audit?.length ?? 0) > 3);
  });

  /** Put back into a fresh place, read by the store itself. */
  async function whatIs(copy: string): Promise<Record<string, StoredDoc[]>> {
    const place = await mkdtemp(join(folder, 'fresh-'));
    await putBack(copy, place, new Date());
    const store = await openEmbeddedStore(place);
    try {
      const collections = await openCollections(store);
      return await contentOf(async function* (name) {
        yield* await collections[name].find(tenant, {});
      });
    } finally {
      await store.close();
    }
  }

  async function whatWasTold({ store }: Story): Promise<Record<string, StoredDoc[]>> {
    return contentOf(async function* (name) {
      yield* await store[name].find(tenant, {});
    });
  }

  const compared = ['profiles', 'grants', 'people', 'tenants', 'intents', 'audit', 'marks', 'teams'] as const;

  async function contentOf(all: (name: (typeof compared)[number]) => AsyncIterable<StoredDoc>) {
    const content: Record<string, StoredDoc[]> = {};
    for (const name of compared) {
      const docs: StoredDoc[] = [];
      for await (const doc of all(name)) docs.push(doc);
      content[name] = docs.sort((a, b) => a.id.localeCompare(b.id));
    }
    return content;
  }

  it('that is put back later sends no post a second time that went out since', async () => {
    ({ story, megan } = await openStory('20'));
    await megan.says('post contoso "Once and only once"');
    await megan.clicks('Send');
    const copy = join(folder, 'copy');
    await backUp(story.folder, copy, story.now());
    await later(story, { minutes: 1 });
    assert.deepEqual(await shownOnX(story), ['Once and only once']);

    const clock = () => story.now();
    story = await story.restart(async () => {
      await putBack(copy, story.folder, clock());
      const store = await openEmbeddedStore(story.folder);
      assert.equal(await doubtDue(store, await openCollections(store), clock), 1);
      assert.equal(await doubtDue(store, await openCollections(store), clock), 0);
      await store.close();
    });
    for (let look = 0; look < 6; look += 1) await later(story, { minutes: 3 });
    assert.deepEqual(await shownOnX(story), ['Once and only once']);
    const [intent] = await story.store.intents.find('11111111-1111-4111-8111-111111111111', {});
    assert.deepEqual([intent?.state, intent?.proof?.how], ['sent', 'found']);
  });

  it('that was changed, or is not whole, is not put back, and what is there stays', async () => {
    ({ story, megan } = await openStory());
    const copy = join(folder, 'copy');
    await backUp(story.folder, copy, story.now());
    await assert.rejects(backUp(story.folder, copy, story.now()), /is there already: name another folder/);
    await assert.rejects(backUp(folder, join(folder, 'none'), story.now()), /holds no store/);
    await assert.rejects(putBack(copy, story.folder, story.now()), /in use by another process/);
    const fresh = join(folder, 'fresh');
    await appendFile(join(copy, 'profiles.db'), '{"_id":"more"}\n');
    await assert.rejects(putBack(copy, fresh, story.now()), /profiles\.db of the backup is not as it was made/);
    assert.deepEqual(await readdir(join(fresh, 'store')), []);
    await writeFile(join(copy, 'backup.json'), '{"kind":"social-profiles-backup"}');
    await assert.rejects(putBack(copy, fresh, story.now()), /is no whole backup/);
  });

  it('is made and put back by npm run backup and npm run restore, and holds no key', async () => {
    ({ story, megan } = await openStory());
    const copy = join(folder, 'copy');
    const run = (script: string, dataDir: string, ...more: string[]) =>
      execFileSync(process.execPath, [join(scripts, script), ...more], {
        env: { PATH: process.env.PATH, DATA_DIR: dataDir },
        encoding: 'utf8',
      });
    assert.match(run('backup.js', story.folder, copy), /files with \d+ lines are in .*Keep TOKEN_KEYS elsewhere/);
    assert.ok((await readdir(copy)).every((name) => name.endsWith('.db') || name === 'backup.json'));
    const fresh = join(folder, 'fresh');
    assert.match(run('restore.js', fresh, copy), /is now as it was at .*\n.*looked for: 0\. Now start the bot/);
    assert.match(await readFile(join(fresh, 'store/profiles.db'), 'utf8'), /contoso/);
    const again = run('restore.js', fresh, copy);
    assert.match(again, /is now as it was/);
    assert.ok(
      (await readdir(fresh)).some((name) => name.startsWith('store.before-')),
      'what was there is kept',
    );
    for (const script of ['backup.js', 'restore.js']) {
      const { status, stderr } = spawnSync(process.execPath, [join(scripts, script)], {
        env: { PATH: process.env.PATH, DATA_DIR: fresh },
        encoding: 'utf8',
      });
      assert.equal(status, 1);
      assert.match(stderr, /Name (a new|the) folder/);
    }
  });
});
