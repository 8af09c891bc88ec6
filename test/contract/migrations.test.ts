import assert from 'node:assert/strict';
import { mayAcquire } from '../../src/networks/types.js';
import { exportAudit } from '../../src/operations/receipts/exporting.js';
import { verifyAudit } from '../../src/operations/receipts/verifying.js';
import { rankOf } from '../../src/rules/signins/caring.js';
import type { Claim, Profile } from '../../src/rules/types.js';
import type { LeaseDoc } from '../../src/store/collections.js';
import { catchUp, openMigrated } from '../../src/store/migrations/migrate.js';
import { newestSchema, schemaKey } from '../../src/store/schema.js';
import type { Store, StoredDoc } from '../../src/store/store.js';
import { countCalls } from '../stories/storeCounts.js';
import { type Place, places } from './store-places.js';

const clock = () => new Date('2026-11-27T09:00:00Z');
const later = new Date('2026-11-28T09:00:00Z');
const at = clock();

const [ann, ben] = [
  { id: 'ann', name: 'Ann' },
  { id: 'ben', name: 'Ben' },
];
const waits = { at, ends: later, proven: true, why: 'I run it', objectedBy: ann };
const declined = { at, ends: later, proven: false, decided: { as: 'declined' as const, by: ann, at } };
/** The same claims, in the words of release 0.1.0 and in those of this one. */
const claims010 = [
  { ...ben, claim: 'c1', ...waits },
  { ...ann, claim: 'c2', ...declined },
];
const claimsNow: Claim[] = [
  { id: 'c1', by: ben, ...waits },
  { id: 'c2', by: ann, ...declined },
];

for (const kind of places().keys()) {
  const name = places()[kind]?.name ?? '';
  describe(`what an earlier release stored, ${name}`, () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = places()[kind] as Place;
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const found = async (collection: string): Promise<StoredDoc[]> => {
      const all: StoredDoc[] = [];
      for await (const doc of store.all(collection)) all.push(doc);
      return all.sort((a, b) => (`${a.tenant}${a.id}` < `${b.tenant}${b.id}` ? -1 : 1));
    };

    /** As release 0.1.0 left it: two tenants, nothing says a schema. */
    async function ofRelease010(): Promise<void> {
      const put = async (collection: string, ...docs: StoredDoc[]) => {
        const old = await store.collection<StoredDoc>({ name: collection, indexes: [] });
        for (const doc of docs) await old.insert(doc);
      };
      const base = { version: 1, at };
      await put(
        'activities',
        { ...base, tenant: 't1', id: 'activity', expires: later, answer: 'null' } as StoredDoc,
        { ...base, tenant: 't2', id: 'install:ben', expires: later } as StoredDoc,
      );
      await put('deltas', { ...base, tenant: 't1', id: 'users', link: 'https://graph.example/delta' } as StoredDoc);
      const x = {
        ...base,
        type: 'x-user',
        handle: 'Contoso_EMEA',
        name: 'Contoso',
        owners: [],
        shares: [],
        allowed: {},
      };
      await put(
        'profiles',
        { ...x, tenant: 't1', id: 'p', externalId: '1', claims: claims010 } as StoredDoc,
        { ...x, tenant: 't2', id: 'p', externalId: '1', claims: [claims010[1]], deleted: true } as StoredDoc,
        { ...x, tenant: 't2', id: 'q', externalId: '2', claims: [] } as StoredDoc,
      );
      await put(
        'leases',
        { tenant: 't1', id: 'wait:x', version: 3, holder: 'network', until: later } as LeaseDoc,
        { tenant: 't1', id: 'sweep:care', version: 7, holder: 'somebody', until: later } as LeaseDoc,
      );
    }

    it('lies in collections that hold what their names say', async () => {
      await ofRelease010();
      const { marks, jobState, rateLimits, schema } = await openMigrated(store, clock, mayAcquire);
      assert.equal((await marks.get('t1', 'activity'))?.answer, 'null');
      assert.deepEqual((await marks.get('t2', 'install:ben'))?.expires, later);
      assert.equal((await jobState.get('t1', 'users'))?.link, 'https://graph.example/delta');
      assert.deepEqual(await rateLimits.get('t1', 'x'), { tenant: 't1', id: 'x', version: 1, until: later });
      assert.equal((await schema.get(schemaKey.tenant, schemaKey.id))?.number, newestSchema);
      assert.deepEqual([await found('activities'), await found('deltas')], [[], []]);
      assert.deepEqual(
        (await found('leases')).map(({ id }) => id),
        store.isAlone ? [] : ['sweep:care'],
      );
    });

    it('has every claim with its own id and who claims, and nothing else of its profile touched', async () => {
      await ofRelease010();
      await openMigrated(store, clock, mayAcquire);
      const base = { at, type: 'x-user', handle: 'Contoso_EMEA', name: 'Contoso', owners: [], shares: [], allowed: {} };
      const [p, gone, q] = (await found('profiles')) as Profile[];
      const { sortName, names, network, access, nextClaim, care, urgency, lightNow, ...rest } = p as Profile;
      assert.deepEqual(rest, { ...base, tenant: 't1', id: 'p', externalId: '1', version: 4, claims: claimsNow });
      assert.deepEqual(gone, {
        ...base,
        ...{ tenant: 't2', id: 'p', externalId: '1', version: 2, claims: [claimsNow[1]], deleted: true },
      });
      assert.deepEqual([q?.claims, q?.version], [[], 3]);
    });

    it('has every profile in its place in lists, and by its names', async () => {
      await ofRelease010();
      const { profiles } = await openMigrated(store, clock, mayAcquire);
      const sort = { sortName: 1 } as const;
      const found = await profiles.find('t1', { access: 'ownerless', network: 'x' }, { sort, limit: 5 });
      assert.deepEqual(
        found.map(({ id, sortName }) => [id, sortName]),
        [['p', 'contoso_emea\tcontoso_emea\tx']],
      );
      for (const names of ['=contoso_emea', '=contoso', ':emea']) {
        assert.equal(await profiles.count('t1', { names }, 5), 1, names);
      }
      assert.equal(await profiles.count('t2', { network: 'x' }, 5), 1, 'what was deleted is on no list');
      assert.equal(await profiles.count('t1', { care: 'ownerless', lightNow: 'red' }, 5), 1, 'and it needs care');
      assert.deepEqual((await profiles.get('t1', 'p'))?.claims, claimsNow);
    });

    it('has every profile with what it needs by the scopes of its sign-ins', async () => {
      await ofRelease010();
      const put = async (collection: string, doc: object) =>
        (await store.collection<StoredDoc>({ name: collection, indexes: [] })).insert(doc as StoredDoc);
      const owners = [ann, ben].map((owner) => ({ ...owner, since: at }));
      const allowed = { messages: { by: ann, at } };
      const x = { version: 1, at, type: 'x-user', handle: 'read', name: 'Read', shares: [], claims: [] };
      await put('profiles', { ...x, tenant: 't1', id: 'read', externalId: '9', owners, allowed });
      const base = {
        tenant: 't1',
        version: 1,
        profile: 'read',
        type: 'x-user',
        externalId: '9',
        since: at,
        sealed: '',
      };
      const reading = ['dm.read', 'tweet.read', 'users.read'];
      await put('grants', { ...base, id: 'read:ann', person: 'ann', state: 'dead', scopes: reading });
      await put('grants', { ...base, id: 'read:ben', person: 'ben', state: 'good', scopes: ['tweet.read'] });
      const { profiles } = await openMigrated(store, clock, mayAcquire);
      const { urgency = '' } = (await profiles.get('t1', 'read')) ?? {};
      assert.ok(urgency.startsWith(rankOf('acquisition-expired')), urgency);
    });

    it('has its audit as a chain, in the order in which things happened, each organisation its own', async () => {
      const old = await store.collection<StoredDoc>({ name: 'audit', indexes: [] });
      const kept = (tenant: string, id: string, minutes: number) => ({
        ...{ tenant, id, version: 1, at: new Date(at.getTime() + minutes * 60_000), actor: ann, operation: 'share' },
        ...{ outcome: 'done' as const, profile: { id: 'p', type: 'x-user' as const, handle: 'c' }, what: `did ${id}` },
        profileId: 'p',
      });
      for (const doc of [kept('t1', 'b', 2), kept('t1', 'a', 3), kept('t1', 'c', 1), kept('t2', 'z', 0)])
        await old.insert(doc);
      const collections = await openMigrated(store, clock, mayAcquire);
      const { audit } = collections;
      const chain = await audit.find('t1', {}, { sort: { number: 1 } });
      assert.deepEqual(
        chain.map(({ number, record, what, profileId }) => [number, record, what, profileId]),
        [
          [1, 'c', 'did c', 'p'],
          [2, 'b', 'did b', 'p'],
          [3, 'a', 'did a', 'p'],
        ],
      );
      const lines: string[] = [];
      for await (const line of exportAudit(collections, 't1', at)) lines.push(line);
      assert.deepEqual(verifyAudit(lines), []);
      assert.deepEqual(
        (await audit.find('t2', {})).map(({ number }) => number),
        [1],
      );
      assert.deepEqual(await found('audit'), []);
      // It was cut off in the middle: what is in the chain stays as it is, the rest follows.
      const again = await store.collection<StoredDoc>({ name: 'audit', indexes: [] });
      for (const doc of [kept('t1', 'c', 1), kept('t1', 'd', 4)]) await again.insert(doc);
      const schema = await store.collection<StoredDoc>({ name: 'schema', indexes: [] });
      await schema.delete(schemaKey.tenant, schemaKey.id);
      const after = await (await openMigrated(store, clock, mayAcquire)).audit.find('t1', {}, { sort: { number: 1 } });
      assert.deepEqual(after.slice(0, 3), chain);
      assert.deepEqual(
        after.map(({ record }) => record),
        ['c', 'b', 'a', 'd'],
      );
    });

    it('has what older instances write beside this one brought up to date too, for a day', async () => {
      await ofRelease010();
      let now = at;
      const later = () => now;
      const collections = await openMigrated(store, later, mayAcquire);
      const { profiles, audit } = collections;
      const found = await profiles.find('t1', { id: 'p' });
      assert.equal(found.length, 1);
      const old = await store.collection<StoredDoc>({ name: 'audit', indexes: [] });
      const writes = async (id: string) => {
        const { sortName: _, names: __, network: ___, care: ____, ...bare } = found[0] as Profile;
        await profiles.insert({ ...bare, id, externalId: id, version: 1 });
        const done = { actor: ann, operation: 'share', outcome: 'done', what: `did ${id}`, profileId: id };
        await old.insert({ tenant: 't1', id, version: 1, at: now, ...done } as StoredDoc);
      };
      const isSeen = async (id: string) => [
        (await profiles.get('t1', id))?.sortName !== undefined,
        (await audit.find('t1', { record: id })).length,
      ];
      await writes('q');
      await catchUp(store, collections, later, mayAcquire);
      assert.deepEqual(await isSeen('q'), [true, 1]);
      now = new Date(at.getTime() + 5 * 60_000);
      await writes('r');
      await catchUp(store, collections, later, mayAcquire);
      assert.deepEqual(await isSeen('r'), [false, 0], 'looked for every ten minutes');
      now = new Date(at.getTime() + 11 * 60_000);
      await catchUp(store, collections, later, mayAcquire);
      assert.deepEqual(await isSeen('r'), [true, 1]);
      now = new Date(at.getTime() + 25 * 3_600_000);
      await writes('s');
      await catchUp(store, collections, later, mayAcquire);
      assert.deepEqual(await isSeen('s'), [false, 0], 'a day later nobody looks any more');
    });

    it('is looked through by one of many processes, which reads no profile twice that needs nothing', async () => {
      await ofRelease010();
      const collections = await openMigrated(store, clock, mayAcquire);
      const all = store.all.bind(store);
      let walks = 0;
      store.all = (name) => {
        if (name === 'profiles') walks += 1;
        return all(name);
      };
      const counting = countCalls(collections, ['profiles']);
      await Promise.all([1, 2, 3].map(() => catchUp(store, collections, clock, mayAcquire)));
      assert.deepEqual([walks, counting.stop()], [2, []], 'one walk for each of the two that look at profiles');
    });

    it('is brought up to date once, however many processes start at the same moment', async () => {
      await ofRelease010();
      const all = await Promise.all([
        openMigrated(store, clock, mayAcquire),
        openMigrated(store, clock, mayAcquire),
        openMigrated(store, clock, mayAcquire),
      ]);
      for (const { marks } of all) assert.equal((await marks.get('t1', 'activity'))?.version, 1);
      assert.equal((await found('marks')).length, 2);
      assert.equal((await found('schema'))[0]?.version, newestSchema - 1, 'each step was written once');
    });

    it('is brought up to date also when that was cut off in the middle', async () => {
      await ofRelease010();
      await openMigrated(store, clock, mayAcquire);
      const schema = await store.collection<StoredDoc>({ name: 'schema', indexes: [] });
      await schema.delete(schemaKey.tenant, schemaKey.id);
      await ofRelease010();
      const { marks, profiles, rateLimits } = await openMigrated(store, clock, mayAcquire);
      assert.equal((await found('marks')).length, 2);
      assert.equal((await marks.get('t1', 'activity'))?.answer, 'null');
      assert.deepEqual((await rateLimits.get('t1', 'x'))?.until, later);
      const { claims, version } = (await profiles.get('t1', 'p')) ?? {};
      assert.deepEqual([claims, version], [claimsNow, 4], 'what was brought up to date stays as it is');
    });

    it('stays as it is under a release that is older than it, which says so in one sentence', async () => {
      const { schema } = await openMigrated(store, clock, mayAcquire);
      const now = await schema.get(schemaKey.tenant, schemaKey.id);
      await schema.replace({ ...schemaKey, version: 99, number: newestSchema + 1 }, now?.version ?? 0);
      await assert.rejects(
        openMigrated(store, clock, mayAcquire),
        new RegExp(
          `written by a newer release \\(schema ${newestSchema + 1}, this one knows ${newestSchema}\\): start`,
        ),
      );
    });

    it('is nothing in a new store, which has the newest schema from the start', async () => {
      const { schema } = await openMigrated(store, clock, mayAcquire);
      assert.equal((await schema.get(schemaKey.tenant, schemaKey.id))?.number, newestSchema);
    });
  });
}
