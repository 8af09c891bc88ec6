import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Publishing } from '../../src/networks/publishing.js';
import type { Outcome, PostingFacts } from '../../src/operations/core/outcome.js';
import type { Parts } from '../../src/operations/core/parts.js';
import { relayIntent } from '../../src/operations/outbox/relay.js';
import { createMemberships } from '../../src/operations/people/memberships.js';
import { mediaAt } from '../../src/operations/publishing/media.js';
import { rememberPostingCard } from '../../src/operations/publishing/postingCards.js';
import { workIntent } from '../../src/operations/publishing/workIntent.js';
import type { Asked } from '../../src/rules/operation.js';
import type { Intent } from '../../src/rules/publishing/intent.js';
import type { Profile } from '../../src/rules/types.js';
import { createRecords } from '../../src/store/records.js';
import { addGrant, addProfile, type Kit, startKit, tenant } from './grants-kit.js';
import { admins, deliverTo, directoryOf, postsMade } from './publishingWorld.js';

export { tenant } from './grants-kit.js';

/** A server that is only there to be tried is slow: on it a part of the rounds is run, in memory all of them. */
export const everyNth = process.env.MONGODB_URI ? 5 : 1;

/** A process was killed: whatever it was about to do, it does not do. */
export class Killed extends Error {}

/** When a process dies: at its n-th step outside itself, before that step happened or after. */
export type Death = { at: number; when: 'before' | 'after' };

/** Publishing on one store and one set of pretend networks, in as many processes as are wanted. */
export type Stage = {
  kit: Kit;
  profile: Profile;
  /** The parts of one process more. It dies as told; `steps` counts what it did outside itself. */
  process: (death?: Death) => { parts: Parts; steps: () => number };
  /** What the card of a preview shows now. */
  cards: Map<string, PostingFacts>;
  /** Every post that was ever made with this text, gone ones too. */
  everMade: (text: string) => number;
  /** How often each was made, and how many of these are there now, by the first half of its text: the dial cuts some. */
  madeByHalf: () => Map<string, { made: number; there: number; shown: string }>;
  stop: () => Promise<void>;
};

/** @contoso, by the id that each network has for it. */
const externalIds = {
  'x-user': '1400000000000000101',
  'instagram-account': '17841400000000101',
  'youtube-user': 'UCcontoso0000000000000101',
  'linkedin-page': '5001001',
  'facebook-page': '200000000000101',
};
/** What each network calls the account that opens it. */
const accounts = {
  'x-user': 'contoso',
  'instagram-account': 'contoso',
  'youtube-user': 'social@contoso.example',
  'linkedin-page': 'Alex Wilber',
  'facebook-page': 'Alex Wilber',
};

export async function openStage({
  undoSeconds = 0,
  tenants = [tenant],
  shares = [] as Profile['shares'],
  type = 'x-user' as keyof typeof externalIds,
} = {}): Promise<Stage> {
  const kit = await startKit();
  const media = await serveMedia(kit.one);
  kit.one.baseUrl = media.origin;
  const profile = await addProfile(kit, type, { externalId: externalIds[type], shares });
  for (const one of tenants) {
    const own = { ...profile, tenant: one };
    if (one !== tenant) await kit.collections.profiles.insert(own);
    await addGrant(kit, own, 'ann', accounts[type]);
  }
  const cards = new Map<string, PostingFacts>();
  return {
    kit,
    profile,
    cards,
    process: (death) => startProcess(kit, cards, undoSeconds, death),
    everMade: (text) => postsMade(kit.harness.dataDir).filter(({ post }) => post.text === text).length,
    madeByHalf: () => {
      const counts = new Map<string, { made: number; there: number; shown: string }>();
      for (const { post, gone } of postsMade(kit.harness.dataDir)) {
        const { text } = post;
        const { made, there } = counts.get(halfOf(text)) ?? { made: 0, there: 0 };
        counts.set(halfOf(text), { made: made + 1, there: there + (gone ? 0 : 1), shown: text });
      }
      return counts;
    },
    stop: async () => {
      media.server.close();
      await kit.stop();
    },
  };
}

/** Where networks fetch pictures and videos: it outlives every process that dies. */
async function serveMedia(parts: Parts): Promise<{ origin: string; server: Server }> {
  const server = createServer(async ({ url = '' }, response) => {
    const media = await mediaAt(parts, url.split('/').at(-1) ?? '');
    response.writeHead(media ? 200 : 404, media ? { 'content-type': media.type } : {});
    if (media && 'read' in media) for await (const bytes of media.read(0, media.size)) response.write(bytes);
    response.end(media && 'bytes' in media ? media.bytes : undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const directory = directoryOf(() => 'Ann');

function startProcess(
  kit: Kit,
  cards: Stage['cards'],
  undoSeconds: number,
  death?: Death,
): { parts: Parts; steps: () => number } {
  let count = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Killed();
  };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const mine = ++count;
    if (dead || (mine === death?.at && death.when === 'before')) die();
    const result = await work();
    if (dead || mine === death?.at) die();
    return result;
  };
  const { one } = kit;
  const collections = stepping(one.collections, step);
  const parts: Parts = {
    ...one,
    collections,
    records: createRecords(collections),
    directory: stepping({ directory }, step).directory,
    memberships: createMemberships(),
    admins,
    networks: {
      ...one.networks,
      publishing: (type) => steppingNetwork(one.networks.publishing(type), step),
      reacting: (...what) => steppingNetwork(one.networks.reacting(...what), step),
    },
    postingCards: {
      say: async () => ({ kind: 'told' }),
      update: (_, facts) =>
        step(async () => {
          cards.set(facts.posting, facts);
          return { kind: 'updated' };
        }),
    },
    policies: { of: async () => ({ ...(await one.policies.of(tenant)), undoSeconds }), forget: () => {} },
    later: () => {},
    follow: () => {},
    wake: () => {},
  };
  return { parts, steps: () => count };
}

type Step = <T>(work: () => Promise<T>) => Promise<T>;

/** The same parts, where every call is a step. */
function stepping<T extends object>(parts: T, step: Step): T {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      new Proxy(part as object, {
        get: (target, key) => {
          const value = Reflect.get(target, key) as unknown;
          return typeof value === 'function' ? (...args: unknown[]) => step(() => value.apply(target, args)) : value;
        },
      }),
    ]),
  ) as T;
}

function steppingNetwork(publishing: Publishing | string, step: Step): Publishing | string {
  if (typeof publishing === 'string') return publishing;
  const { publish, lookUp, read, takeBack, pictures, videos } = publishing;
  return {
    ...publishing,
    ...(pictures ? { pictures: { ...pictures, upload: (...args) => step(() => pictures.upload(...args)) } } : {}),
    ...(videos ? { videos: { ...videos, upload: (...args) => step(() => videos.upload(...args)) } } : {}),
    publish: (...args) => step(() => publish(...args)),
    lookUp: (...args) => step(() => lookUp(...args)),
    read: (...args) => step(() => read(...args)),
    takeBack: (...args) => step(() => takeBack(...args)),
  };
}

/** The same for a text and for its cut half, for texts of 40 signs and more that begin differently. */
export const halfOf = (text: string): string => text.slice(0, 20);

/** What one delivery of an activity leads to; the same `activity` is the same delivery again. */
export function deliver(
  parts: Parts,
  activity: string,
  asked: Asked,
  { person = 'ann', among = tenant } = {},
): Promise<Outcome> {
  return deliverTo(parts, { activity, tenant: among, person, name: 'Ann' }, asked);
}

/** A preview whose card stands in a chat. */
export async function preview(
  parts: Parts,
  stage: Stage,
  activity: string,
  text: string,
  among = tenant,
  more: Partial<Extract<Asked, { kind: 'post' }>> = {},
  person = 'ann',
): Promise<string> {
  const asked: Asked = { kind: 'post', profiles: [{ id: stage.profile.id }], text, ...more };
  return previewOf(parts, activity, asked, among, person);
}

/** The preview of whatever is asked for, whose card stands in a chat. */
export async function previewOf(
  parts: Parts,
  activity: string,
  asked: Asked,
  among = tenant,
  person = 'ann',
): Promise<string> {
  const outcome = await deliver(parts, activity, asked, { among, person });
  if (outcome.kind !== 'posting') throw new Error(`no preview but ${JSON.stringify(outcome)}`);
  const { posting } = outcome.posting;
  const card = { serviceUrl: 'http://localhost', conversation: `a:${person}`, bot: '28:bot', activity: posting };
  await rememberPostingCard(parts, among, posting, card);
  return posting;
}

/** One round of what is due, as the worker and the sweep do it, one after the other. */
export async function runDue(parts: Parts, holder: string = randomUUID(), among = tenant): Promise<void> {
  const due = { due: { lte: parts.clock() } };
  for (const { id } of await parts.collections.intents.find(among, due)) await workIntent(parts, among, id, holder);
  const left = await parts.collections.intents.find(among, { outboxSince: { lte: parts.clock() } });
  for (const { id } of left) await relayIntent(parts, among, id);
}

/** As much time as every look and every lease takes, with the rounds in between. */
export async function runToTheEnd(stage: Stage, parts: Parts): Promise<void> {
  for (const seconds of [0, 3, 6, 31, 160, 6, 31, 121, 601, 601]) {
    stage.kit.harness.forward(seconds);
    await runDue(parts);
  }
}

export const intentsOf = (stage: Stage, posting: string): Promise<Intent[]> =>
  stage.kit.collections.intents.find(tenant, { posting });
