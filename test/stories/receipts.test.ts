import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportAudit } from '../../src/operations/receipts/exporting.js';
import { verifyAudit } from '../../src/operations/receipts/verifying.js';
import { world } from '../../src/sandbox/world.js';
import { later, openStory } from './publishingKit.js';
import { type Player, type Story, storeOf } from './story.js';

const tenant = world.tenant.id;

describe('a receipt', () => {
  let story: Story;
  let megan: Player;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  /** Chris, who needs a yes, posts; Megan says it. The link of what came of it. */
  async function posted(): Promise<string> {
    await megan.says('share chris.green@contoso.example contoso with approval');
    const chris = who('chris.green');
    await chris.says('post contoso "For the record"');
    await chris.clicks('Send');
    await megan.looksAtChat().clicks('Approve');
    await later(story, { minutes: 2 });
    const [intent] = await story.store.intents.find(tenant, { state: 'sent' });
    return intent?.proof?.url ?? assert.fail('it is not out');
  }

  it('says who wrote it, who approved which text, under which share, what was sent and what the network showed', async () => {
    const link = await posted();
    await megan.says(`prove ${link}`);
    megan.sees(
      ...['Receipt of a post with @contoso (X profile)', 'For the record', 'Chris Green', 'Megan Bowen'],
      ...[
        'share with Chris Green by Megan Bowen',
        'with approval',
        'it said so itself',
        'as it was sent',
        'as written',
      ],
      ...['asked for a yes to a post', 'said yes to a post of Chris Green', 'sent the post of Chris Green'],
    );
    assert.match(megan.words(), /share with Chris Green by Megan Bowen of \d{1,2} [A-Z][a-z]+ \d{4}, with approval/);
    const texts = new Set([...megan.words().matchAll(/text ([\w-]{16})/g)].map(([, hash]) => hash));
    assert.equal(texts.size, 1, 'what was written, approved and sent is the same text');
  });

  it('is for its author, the owners and admins; the card of the post leads to it', async () => {
    const link = await posted();
    const chris = who('chris.green').looksAtChat();
    await chris.says('posts');
    await chris.clicks('Look at it');
    await chris.clicks('Receipt');
    chris.sees('Receipt of a post with');
    await who('lynne').says(`prove ${link}`);
    who('lynne').sees('Receipt of a post with');
    await megan.says('share ben@contoso.example contoso');
    await who('ben').says(`prove ${link}`);
    who('ben').sees('No post of ours is known under that link');
    await megan.says('prove https://example.com/nothing');
    megan.sees('No post of ours is known under that link');
  });

  it('is found by a link that names a Facebook Page by its handle', async () => {
    await megan.adds('Megan Bowen', 'facebook-page', ['Contoso']);
    await megan.says('post "facebook:contoso" "On the Page"');
    await megan.clicks('Send');
    await later(story, { minutes: 1 });
    const [intent] = await story.store.intents.find(tenant, { state: 'sent', type: 'facebook-page' });
    const page = await story.store.profiles.get(tenant, intent?.profile ?? '');
    const [, number] = intent?.proof?.id.split('_') ?? [];
    await megan.says(`prove https://www.facebook.com/${page?.handle.toUpperCase()}/posts/${number}`);
    megan.sees('Receipt of a post with', 'On the Page');
  });

  it('says which record was changed in the store', async () => {
    const link = await posted();
    const { audit } = story.store;
    const records = await audit.find(tenant, { operation: 'approvePost', outcome: 'done' });
    const [yes] = records;
    assert(yes);
    await audit.replace({ ...yes, actor: { id: who('ben').id, name: 'Ben Walters' }, version: 2 }, yes.version);
    await megan.says(`prove ${link}`);
    megan.sees(`Changed after it was written: record ${yes.number}`);
    const lines: string[] = [];
    for await (const line of exportAudit(story.store, tenant, story.now())) lines.push(line);
    assert.deepEqual(
      verifyAudit(lines).map(({ kind, number }) => [kind, number]),
      [['changed', yes.number]],
    );
  });

  it('stands on a chain of all that happened, which an export proves', async () => {
    await posted();
    const lines: string[] = [];
    for await (const line of exportAudit(story.store, tenant, story.now())) lines.push(line);
    assert(lines.length > 5);
    assert.deepEqual(verifyAudit(lines), []);
    assert(!/token|secret/i.test(lines.join('\n')), 'no secret is in it');
  });
});

describe('npm run export-audit and npm run verify-audit', () => {
  let story: Story;
  let folder: string;
  beforeEach(async () => {
    let megan: Player;
    ({ story, megan } = await openStory());
    folder = await mkdtemp(join(tmpdir(), 'audit-'));
    await megan.says('share ben@contoso.example contoso');
    await megan.says('unshare ben@contoso.example contoso');
    await story.settled();
  });
  afterEach(async () => {
    await story.close();
    await rm(folder, { recursive: true, force: true });
  });

  const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));
  const run = (script: string, ...words: string[]) => {
    const env = { PATH: process.env.PATH, DATA_DIR: story.folder, ...storeOf(story.folder) };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(scripts, `${script}.js`), ...words], {
      ...{ env, encoding: 'utf8' },
    });
    return { status, said: `${stdout}${stderr}` };
  };
  /** The file and the head that an export of the stopped bot prints. */
  async function exported(): Promise<{ file: string; head: string }> {
    let made: ReturnType<typeof run> | undefined;
    story = await story.restart(async () => {
      made = run('export-audit', join(folder, 'not', 'there', 'yet'));
    });
    const [, file = '', count = '', head = ''] = /^(\S+)\n +(\d+) records; head (\S+)\n$/.exec(made?.said ?? '') ?? [];
    assert.equal(made?.status, 0, made?.said);
    assert.equal((await stat(file)).mode & 0o077, 0, 'for its owner alone');
    assert.ok(Number(count) >= 4, count);
    return { file, head };
  }
  const changed = async (file: string, change: (lines: string[]) => string[]) => {
    const other = `${file}.changed`;
    await writeFile(other, change((await readFile(file, 'utf8')).trimEnd().split('\n')).join('\n'));
    return other;
  };

  it('prove what happened: nothing was changed, also by the head that was kept', async () => {
    const { file, head } = await exported();
    assert.deepEqual(run('verify-audit', file), {
      status: 0,
      said: 'Nothing was changed, dropped, swapped or added, as far as can be told without a head that was kept.\n',
    });
    const { status, said } = run('verify-audit', file, head);
    assert.deepEqual([status, /it is the chain whose head was kept/.test(said)], [0, true], said);
    const later = run('verify-audit', file, head.replace(/^\d+/, '99'));
    assert.equal(later.status, 1, 'a chain that was cut off');
  });

  it('name the record and the line that were changed, dropped or swapped, and end with 1', async () => {
    const { file } = await exported();
    const cases: [RegExp, (lines: string[]) => string[]][] = [
      [/^Record 3 was changed/m, (lines) => lines.map((line, at) => (at === 3 ? line.replace('Megan', 'Ben') : line))],
      [/^Record 3 was dropped/m, (lines) => lines.filter((_, at) => at !== 3)],
      [
        /^Record 3 stands in the wrong place, in line 3/m,
        ([a = '', b = '', c = '', d = '', ...rest]) => [a, b, d, c, ...rest],
      ],
      [
        /^Line 4 is no record that can be read/m,
        (lines) => lines.map((line, at) => (at === 3 ? line.slice(0, -5) : line)),
      ],
    ];
    for (const [wanted, change] of cases) {
      const { status, said } = run('verify-audit', await changed(file, change));
      assert.match(said, wanted);
      assert.equal(status, 1, said);
    }
  });

  it('say how they are said, or what cannot be read, and end with 2', async () => {
    for (const words of [[], [join(folder, 'nothing')], [folder], [join(folder, 'nothing'), 'no head']]) {
      const { status, said } = run('verify-audit', ...words);
      assert.equal(status, 2, said);
      assert.match(said, /^(Say it like this: npm run verify-audit|\S+ cannot be read: \w+\.$)/m, said);
    }
  });

  it('leave the store of a bot that runs alone', async () => {
    if (process.env.STORY_MONGODB_URI) return;
    const { status, said } = run('export-audit', folder);
    assert.equal(status, 1);
    assert.match(said, /in use by another process/);
  });
});
