import { randomBytes } from 'node:crypto';
import { createChannelCalls } from '../../../src/bot/transport/channelCalls.js';
import { createConnector } from '../../../src/bot/transport/connector.js';
import { createPostingCards } from '../../../src/bot/turns/postingCards.js';
import { createTell } from '../../../src/bot/turns/tell.js';
import { createNetworks } from '../../../src/networks/createNetworks.js';
import type { Parts } from '../../../src/operations/core/parts.js';
import { createOnce } from '../../../src/operations/outbox/once.js';
import { createFollowed } from '../../../src/operations/people/followed.js';
import { createLimits } from '../../../src/operations/people/limits.js';
import { createMemberships } from '../../../src/operations/people/memberships.js';
import { createPolicies } from '../../../src/operations/people/policies.js';
import { createBackground } from '../../../src/platform/background.js';
import { createShared } from '../../../src/platform/cache.js';
import { createLog } from '../../../src/platform/log.js';
import { outboundThrough } from '../../../src/platform/outbound.js';
import { unwatched } from '../../../src/platform/watch.js';
import { sandboxApps } from '../../../src/sandbox/networks/index.js';
import { openCollections } from '../../../src/store/collections.js';
import { openMongoStore } from '../../../src/store/mongo/mongo.js';
import { createRecords } from '../../../src/store/records.js';
import { createSealedFiles } from '../../../src/store/sealedFiles.js';
import { createVault, readKeys } from '../../../src/store/vault.js';
import { createPublisher } from '../../../src/sweeps/publisher.js';
import { admins, directoryOf } from '../../contract/publishingWorld.js';
import type { Start } from './messages.js';
import { openSharedStore } from './sharedStore.js';

export const bot = '28:bench';

/** A call to a network that takes longer has no answer; a slow network posts after that. */
const timeoutMs = 5_000;

/** What nobody publishing asks for. Whatever else parts get, a run has to have: without it this does not compile. */
type NotAsked = 'claimCards' | 'decisionCards' | 'replies' | 'catchUp';

const directory = directoryOf((id) => id);

/** The parts of one bot, as `app.ts` joins them: its own store connection, worker, network calls and way to Teams. */
export async function createParts(start: Start, clock: () => Date) {
  const store = await (start.uri.startsWith('shared:') ? openSharedStore(start.uri) : openMongoStore(start.uri));
  const collections = await openCollections(store);
  const log = createLog('silent');
  const background = createBackground(log);
  const calls = createChannelCalls({
    ...{ token: async () => undefined, loopback: true, isPaced: false },
    outbound: (url) => new URL(url),
  });
  const connector = createConnector(calls);
  const publisher = createPublisher(() => parts);
  const policies = createPolicies({ collections, clock });
  const vault = createVault(readKeys(start.keys));
  // What publishing asks for; the cards of claims and the answers to words are no part of a run.
  const made: Omit<Parts, NotAsked> = {
    ...{ collections, clock, log, directory, tenants: start.tenants },
    vault,
    files: createSealedFiles(await store.files(), vault),
    networks: createNetworks({
      outbound: outboundThrough(start.origin),
      clock,
      apps: sandboxApps,
      timeoutMs,
      publishTimeoutMs: timeoutMs,
    }),
    ids: () => randomBytes(12).toString('base64url'),
    baseUrl: start.origin,
    tabLink: () => start.origin,
    limits: createLimits(clock),
    policies: {
      ...policies,
      of: async (tenant) => ({ ...(await policies.of(tenant)), undoSeconds: start.undoSeconds }),
    },
    admins,
    memberships: createMemberships(),
    followed: createFollowed({ collections, clock }),
    reaches: { of: async () => undefined } as unknown as Parts['reaches'],
    refreshing: createShared(),
    resealed: new Set(),
    watch: unwatched,
    records: createRecords(collections),
    once: createOnce({ collections, clock, log }),
    tell: createTell(connector, { collections, clock, later: background.later }, { id: bot }),
    postingCards: createPostingCards(connector, { clock }),
    showInChat: async () => {},
    later: background.later,
    wake: publisher.wake,
    follow: publisher.follow,
  };
  const parts = made as Parts;
  return { parts, settle: background.settle, close: () => store.close() };
}
