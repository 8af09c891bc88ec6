import { randomBytes } from 'node:crypto';
import type { Tokens } from '../../src/networks/network.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { createOnce } from '../../src/operations/outbox/once.js';
import { createFollowed } from '../../src/operations/people/followed.js';
import { createLimits } from '../../src/operations/people/limits.js';
import { createPolicies } from '../../src/operations/people/policies.js';
import { grantFields } from '../../src/operations/signins/grantStore.js';
import { createShared } from '../../src/platform/cache.js';
import { createLog } from '../../src/platform/log.js';
import { unwatched } from '../../src/platform/watch.js';
import { withAccess } from '../../src/rules/derived.js';
import type { Notice, Profile, ProfileType, SealedGrant } from '../../src/rules/types.js';
import { type Collections, openCollections } from '../../src/store/collections.js';
import { createRecords } from '../../src/store/records.js';
import { createSealedFiles } from '../../src/store/sealedFiles.js';
import type { Files } from '../../src/store/store.js';
import { createVault, readKeys, type Vault } from '../../src/store/vault.js';
import { type Harness, signIn, startHarness } from './networks-harness.js';
import { type Place, places } from './store-places.js';

export const tenant = 'aaaaaaaa-0000-4000-8000-000000000001';
export const newKeys = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

/** Two instances of the operations on one store and one set of pretend networks. */
export type Kit = {
  harness: Harness;
  collections: Collections;
  one: Parts;
  other: Parts;
  told: { person: string; notice: Notice }[];
  /** What the sealed files are in. */
  rawFiles: Files;
  settled: () => Promise<void>;
  stop: () => Promise<void>;
};

export async function startKit(keys = newKeys('k1')): Promise<Kit> {
  const harness = await startHarness({ chunkBytes: 256 * 1024 });
  // MongoDB when there is one: two instances on it are as far apart as they get.
  const place = places().at(-1) as Place;
  const store = await place.open();
  const collections = await openCollections(store);
  const files = await store.files();
  const told: Kit['told'] = [];
  const running = new Set<Promise<unknown>>();
  const make = (vault: Vault): Parts => ({
    collections,
    vault,
    files: createSealedFiles(files, vault),
    networks: harness.networks,
    directory: undefined as never,
    clock: harness.now,
    watch: unwatched,
    log: createLog('silent'),
    ids: () => randomBytes(12).toString('base64url'),
    baseUrl: 'http://localhost:3978',
    tabLink: () => '',
    limits: createLimits(harness.now),
    policies: createPolicies({ collections, clock: harness.now }),
    admins: undefined as never,
    memberships: undefined as never,
    followed: createFollowed({ collections, clock: harness.now }),
    reaches: undefined as never,
    refreshing: createShared(),
    resealed: new Set(),
    catchUp: async () => {},
    tenants: [tenant],
    once: createOnce({ collections, clock: harness.now, log: createLog('silent') }),
    replies: undefined as never,
    tell: async (_, person, notice) => {
      told.push({ person, notice });
      return { kind: 'told' };
    },
    showInChat: async () => {},
    records: createRecords(collections),
    decisionCards: undefined as never,
    postingCards: undefined as never,
    wake: () => {},
    follow: () => {},
    later: (_, work) => {
      const task = Promise.resolve()
        .then(work)
        .finally(() => running.delete(task));
      running.add(task);
    },
  });
  return {
    harness,
    collections,
    rawFiles: files,
    told,
    one: make(createVault(readKeys(keys))),
    other: make(createVault(readKeys(keys))),
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    stop: async () => {
      await harness.stop();
      await store.close();
      await place.remove();
    },
  };
}

/** A stored profile with one owner. */
export async function addProfile(kit: Kit, type: ProfileType, more: Partial<Profile> = {}): Promise<Profile> {
  const profile = withAccess({
    tenant,
    id: `p-${type}`,
    version: 1,
    revision: 1,
    type,
    externalId: '1',
    handle: 'contoso',
    name: 'Contoso',
    owners: [{ id: 'ann', name: 'Ann', since: kit.harness.now() }],
    shares: [],
    claims: [],
    allowed: {},
    access: [],
    outbox: [],
    ...more,
  });
  await kit.collections.profiles.insert(profile);
  return profile;
}

/** A stored grant of `person`, who signs in as `account`. */
export async function addGrant(kit: Kit, profile: Profile, person = 'ann', account?: string): Promise<SealedGrant> {
  const tokens = await signIn(kit.harness, profile.type, account ? { account } : {});
  const accounts = await kit.harness.networks.of(profile.type).accounts(profile.type, tokens);
  const mine = accounts.find(({ externalId }) => externalId === profile.externalId) ?? accounts[0];
  return storeGrant(kit, profile, person, mine?.tokens ?? tokens, mine?.externalId ?? '');
}

export async function storeGrant(
  kit: Kit,
  { tenant: among, id: profile, type }: Profile,
  person: string,
  tokens: Tokens,
  externalId: string,
): Promise<SealedGrant> {
  const grant: SealedGrant = {
    tenant: among,
    id: `${profile}:${person}`,
    version: 1,
    profile,
    person,
    personName: person,
    type,
    externalId,
    state: 'good',
    since: kit.harness.now(),
    lastGoodAt: kit.harness.now(),
    ...grantFields(kit.one, { tenant: among, profile, person }, type, tokens),
  };
  await kit.collections.grants.insert(grant);
  return grant;
}

/** The grant as it is stored now. */
export async function stored(kit: Kit, grant: SealedGrant): Promise<SealedGrant> {
  const found = await kit.collections.grants.get(tenant, grant.id);
  if (!found) throw new Error('the grant is gone');
  return found;
}
