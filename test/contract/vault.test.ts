import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ensureKeyFile } from '../../src/store/keyFile.js';
import { type About, createVault, type Purpose, readKeys, VaultError } from '../../src/store/vault.js';

const newKey = () => randomBytes(32).toString('base64');
const about: About = { tenant: 't1', profile: 'p1', person: 'me', purpose: 'grant' };
const purposes: Purpose[] = ['grant', 'tokens', 'verifier', 'code', 'address'];

/** Made by the first release. */
const oldSeal = {
  key: '39e9b4d7fc03532b7846dd23e66125963a54222a31c9334776b0c11271129423',
  text: 'v1.k1.RCthZBu-WNWPoTBBF7FNwLzyZEmKTPdKrJsebUqiKvIxIpHVBw',
};

describe('the vault', () => {
  const old = `old:${newKey()}`;
  const vault = createVault(readKeys(`new:${newKey()},${old}`));
  const oldVault = createVault(readKeys(old));

  it('opens what it sealed, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.record({
          ...{ tenant: fc.string(), profile: fc.string(), person: fc.string() },
          purpose: fc.constantFrom(...purposes),
        }),
        (plain, whose) => {
          assert.equal(vault.open(vault.seal(plain, whose), whose), plain);
        },
      ),
    );
    const long = 'مرحبا 😀'.repeat(10_000);
    assert.equal(vault.open(vault.seal(long, about), about), long);
  });

  it('never seals the same text the same way, and shows nothing of it', () => {
    const sealed = Array.from({ length: 500 }, () => vault.seal('the token', about));
    const nonces = sealed.map((one) =>
      Buffer.from(one.split('.')[2] ?? '', 'base64url')
        .subarray(0, 12)
        .toString('hex'),
    );
    assert.equal(new Set(nonces).size, 500);
    for (const one of sealed) {
      assert.doesNotMatch(one, /token/);
      assert.doesNotMatch(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1'), /token/);
    }
  });

  it('does not open for another tenant, profile or person, however the parts are cut', () => {
    const purpose = 'grant';
    const sealed = vault.seal('the token', { tenant: 'ab', profile: 'c', person: 'd', purpose });
    const others = [
      { tenant: 'a', profile: 'bc', person: 'd' },
      { tenant: 'ab', profile: 'cd', person: '' },
      { tenant: 'c', profile: 'ab', person: 'd' },
      { tenant: 'ab', profile: 'c', person: 'd\0' },
      { tenant: 'ab', profile: 'c', person: 'D' },
    ];
    for (const other of others) assert.throws(() => vault.open(sealed, { ...other, purpose }), VaultError);
  });

  it('does not open for another purpose: what was sealed as a code is no token', () => {
    for (const purpose of purposes) {
      const sealed = vault.seal('123456', { ...about, purpose });
      for (const other of purposes) {
        if (other === purpose) assert.equal(vault.open(sealed, { ...about, purpose }), '123456');
        else assert.throws(() => vault.open(sealed, { ...about, purpose: other }), VaultError);
      }
      assert.throws(() => vault.open(sealed.replace(/^v2/, 'v1'), { ...about, purpose }), VaultError);
    }
  });

  it('opens what the first release sealed, and tells that it wants sealing again', () => {
    const first = createVault(readKeys(`k1:${Buffer.from(oldSeal.key, 'hex').toString('base64')}`));
    for (const purpose of purposes) assert.equal(first.open(oldSeal.text, { ...about, purpose }), 'the token');
    assert.throws(() => first.open(oldSeal.text, { ...about, person: 'you' }), VaultError);
    assert.equal(first.needsReseal(oldSeal.text), true);
    assert.equal(first.needsReseal(first.seal('the token', about)), false);
  });

  it('does not open once any single character was changed, removed or added', () => {
    const sealed = vault.seal('the token', about);
    for (let at = 0; at < sealed.length; at += 1) {
      for (const put of ['', 'A', 'B', '.', '=', `${sealed[at]}A`]) {
        const changed = sealed.slice(0, at) + put + sealed.slice(at + 1);
        if (changed !== sealed) assert.throws(() => vault.open(changed, about), VaultError, changed);
      }
    }
    for (const not of ['', 'v2', 'v2.new.', 'v1.new.AAAA', 'v2.new.AAAA', 'v3.new.AAAA', `${sealed}\n`, ` ${sealed}`]) {
      assert.throws(() => vault.open(not, about), VaultError);
      assert.throws(() => vault.needsReseal(not), VaultError);
    }
  });

  it('opens with an earlier key, and tells that it wants sealing again', () => {
    const sealed = oldVault.seal('the token', about);
    assert.equal(vault.open(sealed, about), 'the token');
    assert.equal(vault.keyOf(sealed), 'old');
    assert.equal(vault.needsReseal(sealed), true);
    const again = vault.seal('the token', about);
    assert.equal(vault.keyOf(again), 'new');
    assert.equal(vault.needsReseal(again), false);
    assert.throws(() => oldVault.open(again, about), /the key "new", which TOKEN_KEYS does not have/);
  });

  it('says nothing of the text or the key when it does not open', () => {
    const sealed = vault.seal('the token', about);
    for (const open of [() => vault.open(`${sealed.slice(0, -2)}AA`, about), () => oldVault.open(sealed, about)]) {
      assert.throws(open, (error) => {
        assert.ok(error instanceof VaultError);
        assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}${String(error.cause ?? '')}`, /the token/);
        assert.ok(!`${error.stack}`.includes(old.slice(4)));
        return true;
      });
    }
  });
});

/** Keys that nobody's dice gave. */
const guessable = [
  Buffer.alloc(32),
  Buffer.alloc(32, 0xff),
  Buffer.from('0123'.repeat(8)),
  Buffer.from(Array.from({ length: 32 }, (_, n) => n)),
  Buffer.from(Array.from({ length: 32 }, (_, n) => 255 - 7 * n)),
  Buffer.from('correct horse battery staple, ok'),
];

describe('TOKEN_KEYS', () => {
  it('takes every random key first, and one that can be guessed later, to open what it sealed', () => {
    for (let n = 0; n < 2_000; n++) readKeys(`a:${newKey()}`);
    for (const bytes of guessable) assert.equal(readKeys(`a:${newKey()},b:${bytes.toString('base64')}`).length, 2);
  });

  it('is read as ids and keys, the first one first', () => {
    const keys = readKeys(`b:${newKey()}, a-1_X:${newKey()}`);
    assert.deepEqual(
      keys.map(({ id }) => id),
      ['b', 'a-1_X'],
    );
  });

  it('is refused with the place of the wrong part, and never the part', () => {
    const key = newKey();
    const wrong: [string, RegExp][] = [
      ['', /Part 1 .* form id:key/],
      [key, /Part 1 .* form id:key/],
      [`a:${key},`, /Part 2 .* form id:key/],
      [`a:${key}:b`, /Part 1 .* form id:key/],
      [`:${key}`, /Part 1 .* needs an id/],
      [`a b:${key}`, /Part 1 .* needs an id/],
      [`${key}:a`, /Part 1 .* needs an id/],
      [`a:${key},b:${key.slice(4)}`, /Part 2 .* 32 bytes in base64/],
      [`a:${key}${key}`, /Part 1 .* 32 bytes/],
      [`a:${'*'.repeat(44)}`, /Part 1 .* 32 bytes/],
      [`a: ${key}`, /Part 1 .* 32 bytes/],
      [`a:${randomBytes(32).toString('hex')}`, /Part 1 .* 32 bytes/],
      [`a:${key},a:${newKey()}`, /Part 2 .* same id/],
      [`a:${key},b:${key}`, /Part 2 .* same key/],
      ...guessable.map((bytes): [string, RegExp] => [`a:${bytes.toString('base64')}`, /Part 1 .* no random key/]),
    ];
    for (const [text, sentence] of wrong) {
      assert.throws(
        () => readKeys(text),
        (error) => {
          assert.match(String(error), sentence);
          assert.ok(!String((error as Error).stack).includes(key.slice(4, 12)), 'no part of a key is told');
          return true;
        },
      );
    }
  });
});

describe('the key file of a try-out', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is made once, for its owner only, and read from then on', async () => {
    const data = join(dir, 'not', 'there', 'yet');
    const keys = await ensureKeyFile(data);
    assert.equal(readKeys(keys).length, 1);
    assert.equal((await stat(join(data, 'token-keys'))).mode & 0o777, 0o600);
    assert.equal(await ensureKeyFile(data), keys);
    assert.deepEqual(await readdir(data), ['token-keys']);
    assert.notEqual(await ensureKeyFile(dir), keys);
  });

  it('is closed to others again when it was left open', async () => {
    const keys = await ensureKeyFile(dir);
    await chmod(join(dir, 'token-keys'), 0o644);
    assert.equal(await ensureKeyFile(dir), keys);
    assert.equal((await stat(join(dir, 'token-keys'))).mode & 0o777, 0o600);
  });

  it('is the same for all who start at the same moment, in one process or several', async () => {
    const url = new URL('../../src/store/keyFile.js', import.meta.url).href;
    const script = `import { ensureKeyFile } from ${JSON.stringify(url)};
      import { createHash } from 'node:crypto';
      const all = await Promise.all(Array.from({ length: 10 }, () => ensureKeyFile(process.argv[1])));
      console.log(new Set(all).size + ' ' + createHash('sha256').update(all[0]).digest('hex'));`;
    const said = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script, dir], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const [chunk] = await once(child.stdout, 'data');
        return String(chunk).trim();
      }),
    );
    const kept = (await readFile(join(dir, 'token-keys'), 'utf8')).trim();
    assert.deepEqual(new Set(said), new Set([`1 ${createHash('sha256').update(kept).digest('hex')}`]));
  });

  it('is refused, and left as it is, when it holds something else', async () => {
    for (const text of ['', 'hello', 'k1:secret']) {
      await writeFile(join(dir, 'token-keys'), text);
      await assert.rejects(ensureKeyFile(dir), /token-keys does not hold keys/);
      assert.equal(await readFile(join(dir, 'token-keys'), 'utf8'), text);
    }
  });
});
