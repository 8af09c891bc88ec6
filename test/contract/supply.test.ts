import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkVersion, dated, stepsOf } from '../../scripts/release.js';
import { isAllowed, type Lock, mayShip, shippedOf } from '../../scripts/supply.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as Lock;
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const shipped = shippedOf(lock);

describe('what is shipped beside the own code', () => {
  it('is locked by its bytes: every package of the lock file, for tests too', () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    assert.ok(packages.length > 300);
    for (const [path, { integrity = '' }] of packages) assert.match(integrity, /^sha512-[\w+/]{86}==$/, path);
  });

  it('is asked for by exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
  });

  it('has licences that are allowed, all of them known', () => {
    assert.ok(shipped.length > 200);
    assert.deepEqual(
      shipped.filter((one) => !mayShip(one)),
      [],
    );
    for (const bad of ['GPL-3.0', 'unknown', '(MIT AND GPL-2.0)', 'SEE LICENSE IN x']) assert.ok(!isAllowed(bad), bad);
    assert.ok(!mayShip({ name: 'other', license: 'LGPL-3.0-or-later' }), 'only for what is replaceable');
    assert.ok(isAllowed('(AFL-2.1 OR BSD-3-Clause)'));
  });

  it('is listed in the SBOM, to the last package, with what it is made of', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sbom-'));
    const file = join(folder, 'sbom.json');
    const [program = '', ...words] = scripts.sbom?.replace('build/sbom.json', file).split(' ') ?? [];
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js'), ...words],
      {
        cwd: root,
        stdio: 'pipe',
      },
    );
    assert.equal(program, 'cyclonedx-npm');
    const bom = JSON.parse(await readFile(file, 'utf8')) as Component & { bomFormat: string };
    await rm(folder, { recursive: true });
    assert.equal(bom.bomFormat, 'CycloneDX');
    const listed = new Set(
      bom.components?.flatMap(flat).map(({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`),
    );
    assert.deepEqual(
      shipped.map(({ name, version }) => `${name}@${version}`).filter((key) => !listed.has(key)),
      [],
    );
    assert.ok(lock.packages['node_modules/mocha'], 'the tests run with it');
    const forTests = [...listed].filter((key) => key.startsWith('mocha@'));
    assert.deepEqual(forTests, [], 'what is for tests is not shipped');
  });
});

type Component = { group?: string; name: string; version: string; components?: Component[] };
const flat = (one: Component): Component[] => [one, ...(one.components ?? []).flatMap(flat)];

describe('a release', () => {
  const changelog = '# Change log\n\n## Unreleased\n\n### New\n\n- A thing.\n\n## 0.1.0, 2026-11-01\n\n- First.\n';

  it('dates what was unreleased, and leaves a place for what comes', () => {
    assert.equal(
      dated(changelog, '0.2.0', '2026-12-01'),
      '# Change log\n\n## Unreleased\n\n## 0.2.0, 2026-12-01\n\n### New\n\n- A thing.\n\n## 0.1.0, 2026-11-01\n\n- First.\n',
    );
    assert.throws(() => dated(dated(changelog, '0.2.0', '2026-12-01'), '0.3.0', '2026-12-02'), /nothing under/);
    assert.throws(() => dated('# Change log\n', '0.2.0', '2026-12-01'), /no "## Unreleased"/);
  });

  it('has a version, never a lower one', () => {
    assert.equal(checkVersion('0.1.0', '0.1.0'), '0.1.0');
    assert.equal(checkVersion('0.9.0', '0.10.0'), '0.10.0');
    for (const bad of ['0.0.9', '0.1', 'next', undefined]) assert.throws(() => checkVersion('0.1.0', bad));
  });

  it('tests before it tags, and tags before it builds', () => {
    const steps = stepsOf('0.2.0', '2026-12-01', { MicrosoftAppId: 'a', BASE_URL: 'b' }, () => true);
    const commands = steps.map(({ command }) => command?.slice(0, 2).join(' '));
    assert.deepEqual(commands, [
      ...[undefined, 'npm version', 'npm test', 'git commit', 'git tag', 'npm run', 'npm run', 'docker build'],
    ]);
    assert.ok(
      stepsOf('0.2.0', '', {}, () => false)
        .slice(-2)
        .every(({ command }) => !command),
      'what cannot be is said',
    );
  });

  it('that is tried dry says every step and changes nothing', () => {
    const before = read('CHANGELOG.md') + read('package.json');
    const script = join(root, 'build/scripts/release.js');
    const { stdout, status } = spawnSync(process.execPath, [script, '99.0.0', '--dry-run'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    assert.match(
      stdout,
      /would date the change log: 99\.0\.0, \d{4}-\d\d-\d\d\n[\s\S]*would tag v99\.0\.0\n[\s\S]*Nothing was changed\.\n$/,
    );
    assert.equal(read('CHANGELOG.md') + read('package.json'), before);
  });
});
