import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { refreshGrant } from '../../src/operations/signins/grantRefresh.js';
import { openGrant } from '../../src/operations/signins/grantStore.js';
import { resealTenant } from '../../src/operations/signins/reseal.js';
import type { LinkoutDoc } from '../../src/store/collections.js';
import { createSealedFiles, partBytes, type SealedFiles } from '../../src/store/sealedFiles.js';
import { createVault, readKeys } from '../../src/store/vault.js';
import { addGrant, addProfile, type Kit, newKeys, startKit, stored, tenant } from './grants-kit.js';

describe('a change of keys', () => {
  const [older, newer] = [newKeys('k1'), newKeys('k2')];
  const both = createVault(readKeys(`${newer},${older}`));
  const only = createVault(readKeys(newer));
  let kit: Kit;
  beforeEach(async () => {
    kit = await startKit(older);
  });
  afterEach(() => kit.stop());

  it('seals every sign-in and link-out with the first key, so that the other one may go', async () => {
    const profile = await addProfile(kit, 'x-user');
    const grant = await addGrant(kit, profile);
    const link = { tenant, id: 'link', person: 'ann' };
    const sealedCode = kit.one.vault.seal('123456', { tenant, profile: 'link', person: 'ann', purpose: 'code' });
    await kit.collections.linkouts.insert({ ...link, version: 1, sealedCode } as LinkoutDoc);
    const waiting = { id: 'out', kind: 'revoke' as const, grant };
    await kit.collections.profiles.replace({ ...profile, outbox: [waiting], outboxSince: new Date(), version: 2 }, 1);

    const services = { collections: kit.collections, vault: both, files: kit.one.files };
    assert.deepEqual(await resealTenant(services, tenant), { anew: 3, already: 0, unreadable: 0 });
    assert.deepEqual(await resealTenant(services, tenant), { anew: 0, already: 3, unreadable: 0 });

    const kept = await stored(kit, grant);
    assert.equal(only.keyOf(kept.sealed), 'k2');
    assert.deepEqual(openGrant({ vault: only }, kept), openGrant(kit.one, grant));
    const code = (await kit.collections.linkouts.get(tenant, 'link'))?.sealedCode ?? '';
    assert.equal(only.open(code, { tenant, profile: 'link', person: 'ann', purpose: 'code' }), '123456');
    const [entry] = (await kit.collections.profiles.get(tenant, profile.id))?.outbox ?? [];
    assert(entry?.kind === 'revoke' && only.keyOf(entry.grant.sealed) === 'k2');
  });

  it('seals each part of a video anew', async () => {
    const doc = { tenant, id: 'v1', version: 1, person: 'ann', bytes: partBytes + 5, due: new Date() };
    await kit.collections.videos.insert(doc);
    const raw = kit.rawFiles;
    const [before, anew] = [createVault(readKeys(older)), both].map((vault) => createSealedFiles(raw, vault));
    for (const part of [0, 1]) await before?.write({ tenant, file: 'v1', part }, Buffer.from(`part ${part}`));
    const services = { collections: kit.collections, vault: both, files: anew as SealedFiles };
    assert.deepEqual(await resealTenant(services, tenant), { anew: 2, already: 0, unreadable: 0 });
    assert.deepEqual(await resealTenant(services, tenant), { anew: 0, already: 2, unreadable: 0 });
    const files = createSealedFiles(raw, only);
    assert.equal(String(await files.read({ tenant, file: 'v1', part: 1 })), 'part 1');
  });

  it('leaves alone what no key opens, and counts it', async () => {
    const grant = await addGrant(kit, await addProfile(kit, 'x-user'));
    const counts = await resealTenant({ collections: kit.collections, vault: only, files: kit.one.files }, tenant);
    assert.deepEqual(counts, { anew: 0, already: 0, unreadable: 1 });
    assert.equal((await stored(kit, grant)).sealed, grant.sealed);
  });

  it('in the middle of a refresh loses neither the fresh tokens nor the new key', async () => {
    kit.one.vault = both;
    const grant = await addGrant(kit, await addProfile(kit, 'x-user'));
    const old = {
      ...grant,
      sealed: createVault(readKeys(older)).seal(JSON.stringify(openGrant(kit.one, grant)), {
        ...grant,
        purpose: 'grant',
      }),
    };
    await kit.collections.grants.replace({ ...old, version: 2 }, 1);
    kit.harness.forward(7300);
    kit.harness.fakes.fault('x', { kind: 'slow', seconds: 0.3, times: 1 });
    const refresh = refreshGrant(kit.one, old);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(
      (await resealTenant({ collections: kit.collections, vault: both, files: kit.one.files }, tenant)).anew,
      1,
    );
    await refresh;
    const tokens = openGrant({ vault: only }, await stored(kit, grant));
    assert.notEqual(tokens.refresh, openGrant(kit.one, grant).refresh);
    await kit.harness.networks.of('x-user').check('x-user', tokens, grant.externalId);
  });

  it('is carried out by npm run rotate-keys, which prints the counts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rotate-'));
    try {
      const script = fileURLToPath(new URL('../../scripts/rotate-keys.js', import.meta.url));
      const env = { PATH: process.env.PATH, DATA_DIR: folder, TOKEN_KEYS: `${newer},${older}` };
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
      assert.match(stdout, /Sealed anew with "k2": 0\. Had it already: 0\. Could not be opened: 0\./);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
