import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('../../../scripts/build-when-needed.mjs', import.meta.url));
const run = promisify(execFile);

describe('npm start', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'start-'));
    const build =
      "node -e \"const f=require('fs');f.mkdirSync('build/src',{recursive:true});f.appendFileSync('built','x');f.writeFileSync('build/src/main.js','');f.writeFileSync('build/stamp','')\"";
    const bundle =
      "node -e \"const f=require('fs');f.mkdirSync('build/bundle',{recursive:true});f.appendFileSync('bundled','x');f.writeFileSync('build/bundle/stamp','')\"";
    await mkdir(join(folder, 'src/deep'), { recursive: true });
    await mkdir(join(folder, 'scripts'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { build, bundle } }));
    for (const name of [
      'tsconfig.json',
      'scripts/build-pages.mjs',
      'scripts/bundle.mjs',
      'src/main.ts',
      'src/deep/part.ts',
    ])
      await writeFile(join(folder, name), '');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** How often it has been built, after one more start. */
  const builds = async () => {
    await run(process.execPath, [script, folder]);
    return (await readFile(join(folder, 'built'), 'utf8').catch(() => '')).length;
  };
  const bundles = async () => (await readFile(join(folder, 'bundled'), 'utf8').catch(() => '')).length;
  const changed = (name: string) => utimes(join(folder, name), new Date(), new Date(Date.now() + 5_000));

  it('builds when there is no build, and then uses what is built', async () => {
    assert.equal(await builds(), 1);
    assert.equal(await builds(), 1);
  });

  for (const name of ['src/deep/part.ts', 'src/deep', 'tsconfig.json', 'package.json', 'scripts/build-pages.mjs']) {
    it(`builds again when ${name} is newer`, async () => {
      assert.equal(await builds(), 1);
      await changed(name);
      assert.equal(await builds(), 2);
    });
  }

  it('bundles what was built, once for each build, and when the way of bundling is newer', async () => {
    await builds();
    await builds();
    assert.equal(await bundles(), 1);
    await changed('scripts/bundle.mjs');
    assert.equal(await builds(), 1);
    assert.equal(await bundles(), 2);
  });

  it('takes a folder without sources as it is', async () => {
    await rm(join(folder, 'src'), { recursive: true });
    assert.equal(await builds(), 0);
  });
});
