import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../scripts/previous-release.mjs', import.meta.url));

describe('the previous release', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'previous-'));
    // As much of a project as is needed to build it.
    mkdirSync(join(folder, 'node_modules/typescript/bin'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/typescript/bin/tsc'), '');
    writeFileSync(join(folder, 'package.json'), '{}');
    cpSync(script, join(folder, 'scripts/previous-release.mjs'));
    git('init', '--quiet');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const who = ['-c', 'user.name=Alex', '-c', 'user.email=alex@contoso.example', '-c', 'commit.gpgsign=false'];
  const git = (...words: string[]) => execFileSync('git', [...who, ...words], { cwd: folder, encoding: 'utf8' }).trim();
  const commit = (tag?: string) => {
    git('add', 'package.json', 'scripts');
    git('commit', '--quiet', '--allow-empty', '--message', tag ?? 'work');
    if (tag) git('tag', tag);
    return git('rev-parse', 'HEAD');
  };
  const previous = () =>
    execFileSync(process.execPath, [join(folder, 'scripts/previous-release.mjs')], { encoding: 'utf8' }).trim();

  it('is the last one that was tagged before this commit, also where this commit is a release', () => {
    const first = commit('v0.9.0');
    commit();
    assert.match(previous(), new RegExp(`is ${first}$`));
    const second = commit('v0.10.0');
    assert.match(previous(), new RegExp(`is ${first}$`), 'not itself');
    commit();
    assert.match(previous(), new RegExp(`is ${second}$`));
  });

  it('is not one of another line of work', () => {
    const first = commit('v0.9.0');
    git('checkout', '--quiet', '-b', 'later');
    commit('v1.0.0');
    git('checkout', '--quiet', '-');
    commit();
    assert.match(previous(), new RegExp(`is ${first}$`));
  });

  it('is none where the history is not here', () => {
    assert.equal(previous(), 'The history of the project is not here.');
    commit();
    assert.equal(previous(), 'The history of the project is not here.');
  });
});
