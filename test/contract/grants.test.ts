import assert from 'node:assert/strict';
import { NetworkTrouble, type Tokens } from '../../src/networks/network.js';
import { typeFacts } from '../../src/networks/types.js';
import { refreshGrant } from '../../src/operations/signins/grantRefresh.js';
import { keepGrant } from '../../src/operations/signins/grantRelay.js';
import { openGrant } from '../../src/operations/signins/grantStore.js';
import { callWith, checkGrant, useGrant } from '../../src/operations/signins/grants.js';
import type { Profile, ProfileType, SealedGrant } from '../../src/rules/types.js';
import { profileTypes } from '../../src/rules/types.js';
import { addGrant, addProfile, type Kit, startKit, stored, storeGrant } from './grants-kit.js';

const ann = { kind: 'act', actor: 'ann' } as const;
const check = (kit: Kit, grant: SealedGrant) => async (tokens: Tokens) =>
  kit.harness.networks.of(grant.type).check(grant.type, tokens, grant.externalId);

/** Counts what each refresh token was spent for, at the door of the network. */
function countSpends(kit: Kit): Map<string, number> {
  const spends = new Map<string, number>();
  for (const services of [kit.one, kit.other]) {
    const { networks } = services;
    services.networks = {
      ...networks,
      of: (type) => {
        const network = networks.of(type);
        return {
          ...network,
          refresh: (app, kind, tokens) => {
            const key = tokens.refresh ?? tokens.access;
            spends.set(key, (spends.get(key) ?? 0) + 1);
            return network.refresh(app, kind, tokens);
          },
        };
      },
    };
  }
  return spends;
}

describe('a grant', () => {
  let kit: Kit;
  let profile: Profile;
  beforeEach(async () => {
    kit = await startKit();
  });
  afterEach(() => kit.stop());
  const x = async () => {
    profile = await addProfile(kit, 'x-user');
    return addGrant(kit, profile);
  };

  it('gives the access token at once while that works', async () => {
    const grant = await x();
    const got = await useGrant(kit.one, profile, ann);
    assert.equal(got.kind, 'granted');
    if (got.kind === 'granted') await check(kit, grant)(got.tokens);
  });

  it('survives 50 renewals in a row, each refresh token spent once', async () => {
    const grant = await x();
    const spends = countSpends(kit);
    for (let turn = 0; turn < 50; turn++) {
      kit.harness.forward(7300);
      const got = await useGrant(turn % 2 ? kit.one : kit.other, profile, ann);
      assert.equal(got.kind, 'granted');
    }
    assert.equal(spends.size, 50);
    assert.deepEqual([...new Set(spends.values())], [1]);
    await check(kit, grant)(openGrant(kit.one, await stored(kit, grant)));
  });

  it('survives 20 instances that refresh at the same moment, with one refresh token spent, once', async () => {
    const grant = await x();
    const spends = countSpends(kit);
    kit.harness.forward(7300);
    const got = await Promise.all(
      // A copy knows nothing of what the others have under way: it is an instance of its own.
      Array.from({ length: 20 }, () => useGrant({ ...kit.one }, profile, ann)),
    );
    assert.deepEqual([...spends.values()], [1]);
    const access = new Set(got.map((one) => one.kind === 'granted' && one.tokens.access));
    assert.equal(access.size, 1);
    await check(kit, grant)(openGrant(kit.one, await stored(kit, grant)));
  });

  it('is refreshed once for all who ask one instance', async () => {
    await x();
    const spends = countSpends(kit);
    kit.harness.forward(7300);
    await Promise.all(Array.from({ length: 20 }, () => useGrant(kit.one, profile, ann)));
    assert.deepEqual([...spends.values()], [1]);
  });

  it('whose instance died with the lease is refreshed by another once the lease has ended', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    const until = new Date(kit.harness.now().getTime() + 60_000);
    await kit.collections.leases.insert({
      tenant: grant.tenant,
      id: `grant:${grant.id}`,
      version: 1,
      holder: 'dead',
      until,
    });
    const waiting = useGrant(kit.one, profile, ann);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal((await stored(kit, grant)).tokenSet, grant.tokenSet);
    kit.harness.forward(61);
    assert.equal((await waiting).kind, 'granted');
    assert.notEqual((await stored(kit, grant)).tokenSet, grant.tokenSet);
  });

  it('that a person renews while it is being refreshed keeps the newer sign-in', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    const renewed = await (async () => {
      const { grants } = kit.collections;
      await grants.delete(grant.tenant, grant.id);
      return addGrant(kit, profile);
    })();
    await kit.collections.grants.delete(grant.tenant, grant.id);
    await kit.collections.grants.insert(grant);
    kit.harness.fakes.fault('x', { kind: 'slow', seconds: 0.3, times: 1 });
    const refresh = refreshGrant(kit.one, grant);
    await keepGrant(kit.other, { ...renewed, version: 1 });
    const after = await refresh;
    assert.equal(after.sealed, renewed.sealed);
    assert.equal((await stored(kit, grant)).sealed, renewed.sealed);
  });

  it('is dead once the network says so, and says why', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    kit.harness.fakes.fault('x', { kind: 'revoked' });
    assert.deepEqual(await useGrant(kit.one, profile, ann), { kind: 'none', why: 'noneValid' });
    const { state, reason, checkAt } = await stored(kit, grant);
    assert.deepEqual({ state, reason, checkAt }, { state: 'dead', reason: 'revoked', checkAt: undefined });
  });

  it('is only unknown while the network is down, with a time to try again', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    kit.harness.fakes.fault('x', { kind: 'error' });
    const got = await useGrant(kit.one, profile, ann);
    assert.equal(got.kind, 'none');
    const { state, reason, retryAt } = await stored(kit, grant);
    assert.deepEqual([state, reason], ['unknown', 'outage']);
    assert(retryAt && retryAt > kit.harness.now());
    kit.harness.fakes.fault('x', undefined);
    kit.harness.forward(900);
    assert.equal((await useGrant(kit.one, profile, ann)).kind, 'granted');
    assert.equal((await stored(kit, grant)).state, 'good');
  });

  it('is not judged by the failure of a token set that was swapped meanwhile', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    await refreshGrant(kit.other, grant);
    await assert.rejects(
      callWith(kit.one, { grant, tokens: openGrant(kit.one, grant) }, async () => {
        throw new NetworkTrouble('dead', 'gone');
      }),
    );
    assert.equal((await stored(kit, grant)).state, 'good');
  });

  it('whose refresh was cut off says so when the network refuses the spent token', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    const { networks } = kit.one;
    kit.one.networks = {
      ...networks,
      of: (type) => ({
        ...networks.of(type),
        refresh: async (...args) => {
          await networks.of(type).refresh(...args);
          throw new Error('the process ends here');
        },
      }),
    };
    await assert.rejects(refreshGrant(kit.one, grant), /ends here/);
    assert((await stored(kit, grant)).refreshing);
    await assert.rejects(refreshGrant(kit.other, grant), { kind: 'dead' });
    assert.equal((await stored(kit, grant)).reason, 'interrupted');
  });

  it('is refreshed once more when the access token is refused, and the call made again', async () => {
    const grant = await x();
    kit.harness.forward(7300);
    const tokens = openGrant(kit.one, grant);
    await callWith(kit.one, { grant, tokens }, (network, set) => network.check(grant.type, set, grant.externalId));
    assert.notEqual((await stored(kit, grant)).sealed, grant.sealed);
  });

  it('keeps its refresh token when a new sign-in brings none and the network lets it be used often', async () => {
    profile = await addProfile(kit, 'youtube-user');
    const grant = await addGrant(kit, profile);
    const { refresh, ...without } = openGrant(kit.one, grant);
    await kit.collections.grants.delete(grant.tenant, grant.id);
    const newer = await storeGrant(kit, profile, 'ann', without, grant.externalId);
    await kit.collections.grants.delete(grant.tenant, grant.id);
    await kit.collections.grants.insert(grant);
    await keepGrant(kit.one, newer);
    assert.equal(openGrant(kit.one, await stored(kit, grant)).refresh, refresh);
  });

  it('of an owner who is leaving, of a claimant who is contested, or of nobody any more is not used', async () => {
    profile = await addProfile(kit, 'x-user');
    await addGrant(kit, profile, 'ben');
    const at = kit.harness.now();
    const by = { id: 'ben', name: 'Ben' };
    const ben = { ...by, since: at };
    const claim = { id: 'c', by, at, ends: at, proven: true, objectedBy: { id: 'ann', name: 'Ann' } };
    const with_ = (more: Partial<Profile>) => useGrant(kit.one, { ...profile, ...more }, ann);
    assert.equal((await with_({ owners: [ben] })).kind, 'granted');
    assert.equal((await with_({ owners: [{ ...ben, leavingAt: at }] })).kind, 'none');
    assert.equal((await with_({ owners: [ben], claims: [claim] })).kind, 'none');
    assert.equal((await with_({ owners: [] })).kind, 'none');
  });

  it('publishes only with the scopes that publishing needs, another owner’s sign-in if need be', async () => {
    const at = kit.harness.now();
    const ben = { id: 'ben', name: 'Ben', since: at };
    profile = await addProfile(kit, 'facebook-page', { owners: [{ id: 'ann', name: 'Ann', since: at }, ben] });
    const grant = await addGrant(kit, profile);
    const scopes = grant.scopes.filter((scope) => scope !== 'pages_manage_posts');
    await kit.collections.grants.replace({ ...grant, scopes, version: 2 }, 1);
    assert.deepEqual(await useGrant(kit.one, profile, ann), { kind: 'none', why: 'noneValid' });
    await addGrant(kit, profile, 'ben');
    const got = await useGrant(kit.one, profile, ann);
    assert.equal(got.kind === 'granted' && got.grant.person, 'ben');
  });

  it('reads messages only when an owner allowed it and the sign-in has the scope', async () => {
    profile = await addProfile(kit, 'x-user');
    const messages = { kind: 'acquire', what: 'messages' } as const;
    const grant = await addGrant(kit, profile);
    assert.deepEqual(await useGrant(kit.one, profile, messages), { kind: 'none', why: 'notAllowed' });
    const allowed = { ...profile, allowed: { messages: { by: { id: 'ann', name: 'Ann' }, at: kit.harness.now() } } };
    assert.equal((await useGrant(kit.one, allowed, messages)).kind, 'granted');
    await kit.collections.grants.replace({ ...grant, scopes: ['users.read'], version: 2 }, 1);
    assert.deepEqual(await useGrant(kit.one, allowed, messages), { kind: 'none', why: 'noneValid' });
  });

  for (const type of profileTypes) {
    it(`of ${typeFacts[type].label} is checked, and a good check is written down`, async () => {
      profile = await addProfile(kit, type as ProfileType);
      const grant = await addGrant(kit, profile);
      kit.harness.forward(60);
      await checkGrant(kit.one, grant);
      const { state, lastGoodAt } = await stored(kit, grant);
      assert.equal(state, 'good');
      assert(lastGoodAt && grant.lastGoodAt && lastGoodAt > grant.lastGoodAt);
    });
  }
});
