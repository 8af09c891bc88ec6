import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../src/store/embedded/embedded.js';

const embeddedUrl = new URL('../../src/store/embedded/embedded.js', import.meta.url).href;
const inUse = /The data folder .* is in use by another process \(number \d+\)\. Stop that one first/;

/** Opens the store in `dir`, says "open" or the reason why not, and holds it until it is ended. */
const holder = `
  import { openEmbeddedStore } from ${JSON.stringify(embeddedUrl)};
  try {
    const store = await openEmbeddedStore(process.argv[1]);
    const things = await store.collection({ name: 'things', indexes: [] });
    for (let n = 0; n < 20; n += 1) await things.insert({ tenant: 't', id: process.pid + '-' + n, version: 1 });
    console.log('open');
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log(error.message);
  }
`;

/** Writes for ever, and tells each id once its insert was answered. */
const writer = `
  import { writeSync } from 'node:fs';
  import { openEmbeddedStore } from ${JSON.stringify(embeddedUrl)};
  const store = await openEmbeddedStore(process.argv[1]);
  const things = await store.collection({ name: 'things', indexes: [] });
  for (let n = 0; ; n += 1) {
    const id = process.pid + '-' + n;
    await things.insert({ tenant: 't', id, version: 1, text: 'x'.repeat(20_000) });
    writeSync(1, id + '\\n');
  }
`;

describe('the data folder of the embedded store', () => {
  let dir: string;
  let lock: string;
  let children: ChildProcess[];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'lock-'));
    lock = join(dir, 'store', 'lock');
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await kill(child);
    await rm(dir, { recursive: true, force: true });
  });

  async function hold(): Promise<{ child: ChildProcess; said: string }> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
    return { child, said: String(chunk).trim() };
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  it('is refused to a second opener in the same process, and free after closing', async () => {
    const store = await openEmbeddedStore(dir);
    await assert.rejects(openEmbeddedStore(dir), inUse);
    await store.close();
    await (await openEmbeddedStore(dir)).close();
    assert.deepEqual(await readdir(join(dir, 'store')), []);
  });

  it('is refused while another process has it, and taken over with all its data when that one was killed', async () => {
    const { child, said } = await hold();
    assert.equal(said, 'open');
    await assert.rejects(openEmbeddedStore(dir), new RegExp(`in use by another process \\(number ${child.pid}\\)`));
    await kill(child);
    const store = await openEmbeddedStore(dir);
    const things = await store.collection({ name: 'things', indexes: [] });
    assert.equal((await things.find('t', {})).length, 20);
    await store.close();
  });

  it('has all that was answered when the process is killed in the middle of writing', async () => {
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer, dir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      let said = '';
      child.stdout?.on('data', (chunk) => {
        said += String(chunk);
        if (said.length > 2000 + round * 700) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const answered = said.split('\n').slice(0, -1);
      assert.ok(answered.length > 50);
      const store = await openEmbeddedStore(dir);
      const things = await store.collection({ name: 'things', indexes: [] });
      for (const id of answered) assert.ok(await things.get('t', id), id);
      await store.close();
    }
  });

  it('goes to exactly one of several processes that find a lock left behind', async () => {
    await kill((await hold()).child);
    const all = await Promise.all([hold(), hold(), hold(), hold()]);
    const winners = all.filter(({ said }) => said === 'open');
    assert.equal(winners.length, 1);
    for (const { said } of all) if (said !== 'open') assert.match(said, inUse);
    assert.equal((await readFile(lock, 'utf8')).split(' ')[0], String(winners[0]?.child.pid));
  });

  it('is taken over when the number of the ended process belongs to another one by now', async () => {
    if (process.platform !== 'linux') return void console.log('      (only Linux tells when a process started)');
    const first = await openEmbeddedStore(dir);
    const [, where] = (await readFile(lock, 'utf8')).split(' ');
    await first.close();
    await writeFile(lock, `${process.ppid} ${where} some-boot:1\n`);
    await (await openEmbeddedStore(dir)).close();
    await writeFile(lock, `${process.pid} ${where} some-boot:1\n`);
    await (await openEmbeddedStore(dir)).close();
  });

  it('of another container counts as in use until its lock has not been touched for 20 seconds', async () => {
    await (await openEmbeddedStore(dir)).close();
    await writeFile(lock, '7 other-host/pid:[1] boot:1\n');
    await assert.rejects(openEmbeddedStore(dir), /number 7\)\. Stop that one first, wait 20 seconds/);
    const past = new Date(Date.now() - 25_000);
    await utimes(lock, past, past);
    await (await openEmbeddedStore(dir)).close();
  });

  it('is taken over from a lock that a crash left empty', async () => {
    await (await openEmbeddedStore(dir)).close();
    await writeFile(lock, '');
    const past = new Date(Date.now() - 25_000);
    await utimes(lock, past, past);
    await (await openEmbeddedStore(dir)).close();
  });
});
