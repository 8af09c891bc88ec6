import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FakePost } from '../../src/sandbox/networks/posts.js';
import { world } from '../../src/sandbox/world.js';
import { type Collections, collectionNames, openCollections } from '../../src/store/collections.js';
import { openStore } from '../../src/store/index.js';
import type { Store } from '../../src/store/store.js';
import { type Bots, logOf } from './bots.js';
import type { Scene } from './operations.js';

export type Verdict = {
  /** Owners, shares or profiles that are not what people were told. */
  wrongState: string[];
  /** Something was done, and the history does not have it once for each time. */
  wrongHistory: string[];
  /** Somebody who was shared with was not told. */
  wrongNotices: string[];
  /** Told once more, because the process died between telling and noting that it told. */
  toldAgain: number;
  /** On the network twice, or there though it was undone. */
  wrongPosts: string[];
  /** Posts that went out, and those that did not and whose author was told why. */
  out: number;
  toldWhy: number;
  /** What waits in outboxes though all is quiet. */
  waiting: number;
  /** Where a token, a secret or a code of a network was found. */
  leaks: string[];
};

type Given = { scene: Scene; bots: Bots; dataDir: string; uri: string | undefined };

const quietMs = 40_000;
/** Later than the last time a lost answer is looked for on the network. */
const laterSeconds = 15 * 60;

/** Waits until nothing waits any more, stops the bots, and compares what is there with what people were told. */
export async function judge({ scene, bots, dataDir, uri }: Given): Promise<Verdict> {
  let waiting = await untilQuiet(bots);
  // A lost answer is looked for four times, each a while after the one before.
  for (let looks = 0; waiting > 0 && looks < 5; looks += 1) {
    await bots.restart(laterSeconds);
    waiting = await untilQuiet(bots);
  }
  await bots.close();
  const store = await openStore({ mongoUri: uri, dataDir: join(dataDir, 'bot') });
  try {
    const collections = await openCollections(store);
    const { wrongPosts, out, toldWhy } = posts(scene, dataDir, await intentsOf(collections));
    return {
      ...{ wrongState: await states(scene, collections), wrongHistory: await histories(scene, collections) },
      ...{ ...notices(scene), wrongPosts, out, toldWhy, waiting },
      leaks: await leaks(scene, dataDir, store),
    };
  } finally {
    await store.close();
  }
}

async function untilQuiet(bots: Bots): Promise<number> {
  const late = Date.now() + quietMs;
  for (let quiet = 0; ; ) {
    const { waiting } = await bots.numbers();
    quiet = waiting === 0 ? quiet + 1 : 0;
    if (quiet === 5 || Date.now() > late) return waiting;
    await pause(1000);
  }
}

const tenant = world.tenant.id;

async function states({ model, outside }: Scene, { profiles }: Collections): Promise<string[]> {
  const wrong: string[] = [];
  const groups = outside.groups;
  for (const { handle, owners, shares, gone, unsure } of model.brands.values()) {
    if (unsure) continue;
    const found = (await profiles.find(tenant, { handle })).filter(({ deleted }) => !deleted);
    const [profile] = found;
    if (found.length !== (gone ? 0 : 1)) wrong.push(`${handle}: ${found.length} profiles`);
    if (!profile) continue;
    const are = profile.owners.map(({ id }) => id);
    const shared = profile.shares.map(({ principal }) =>
      principal.kind === 'everyone' ? 'everyone' : keyOf(principal.kind, principal.id, groups),
    );
    if (!same(are, owners)) wrong.push(`${handle}: owners ${are.join(' ')}, not ${[...owners].join(' ')}`);
    if (!same(shared, shares))
      wrong.push(`${handle}: shared with ${shared.join(' ')}, not ${[...shares.keys()].join(' ')}`);
  }
  return wrong;
}

const keyOf = (kind: string, id: string, groups: ReadonlyMap<string, string>) =>
  kind === 'group' ? `group:${groups.get(id)}` : `${kind}:${id}`;

function same(one: readonly string[], other: ReadonlySet<string> | ReadonlyMap<string, string>): boolean {
  return one.length === other.size && one.every((each) => other.has(each));
}

const recorded = ['share', 'unshare', 'invite', 'leave', 'claim', 'add'];

async function histories({ model, tally }: Scene, { profiles, audit }: Collections): Promise<string[]> {
  const wrong: string[] = [];
  for (const { handle, unsure } of model.brands.values()) {
    if (unsure) continue;
    const profile = (await profiles.find(tenant, { handle })).find(({ deleted }) => !deleted);
    if (!profile) continue;
    const records = await audit.find(tenant, { profileId: profile.id });
    for (const operation of recorded) {
      const told = tally.byBrand.get(`${operation}|${handle}`) ?? 0;
      const kept = records.filter((one) => one.operation === operation && one.outcome === 'done').length;
      if (told === kept) continue;
      const all = records.map((one) => `${one.operation}: ${one.what} (${one.outcome})`).join('; ');
      wrong.push(`${handle}: ${operation} done ${told} times, in the history ${kept} of ${all}`);
    }
  }
  return wrong;
}

/** Who was shared with, or invited, is told each time. */
const heardAs = {
  share: (name: string) => `shared ${name} with you`,
  invite: (name: string) => `asks you to become an owner of ${name}`,
};

function notices({ outside, tally, model }: Scene): Pick<Verdict, 'wrongNotices' | 'toldAgain'> {
  const { connector } = outside;
  const wrongNotices: string[] = [];
  let toldAgain = 0;
  for (const [key, times] of tally.told) {
    const [person = '', handle = '', kind] = key.split('|');
    if (model.brand(handle).unsure) continue;
    const heard = connector.transcript(connector.personal(person)).filter((message) => {
      const words = JSON.stringify([message.text, message.cards]).replaceAll('\\', '');
      return message.from === 'bot' && words.includes(heardAs[kind as keyof typeof heardAs](`@${handle} (X profile)`));
    }).length;
    if (heard < times) wrongNotices.push(`${key}: ${times} times, told ${heard}`);
    toldAgain += Math.max(0, heard - times);
  }
  return { wrongNotices, toldAgain };
}

/** By their text: how each post ended, for whoever looks into what went wrong. */
async function intentsOf({ intents }: Collections): Promise<Map<string, string>> {
  const all = await intents.find(tenant, {});
  return new Map(all.map(({ text, state, why }) => [text, `${state}${why ? ` (${why.code})` : ''}`]));
}

function posts({ tally, outside }: Scene, dataDir: string, ends: ReadonlyMap<string, string>) {
  const lines = readFileSync(join(dataDir, 'networks-posts.jsonl'), 'utf8').split('\n').filter(Boolean);
  const made = lines.flatMap((line) => (JSON.parse(line) as { post?: FakePost }).post ?? []);
  const wrongPosts: string[] = [];
  let out = 0;
  let toldWhy = 0;
  const cards = outside.connector
    .conversations()
    .flatMap(({ messages }) => messages.map((one) => JSON.stringify(one.cards)));
  for (const { text, undone } of tally.sent) {
    const there = made.filter((post) => post.text === text).length;
    if (there > 1) wrongPosts.push(`${text}: there ${there} times`);
    if (undone && there > 0) wrongPosts.push(`${text}: undone, and there`);
    if (there === 1) out += 1;
    if (there > 0 || undone) continue;
    const isTold = cards.some(
      (card) =>
        card.includes(text) && /Did not go out|Not there|Please have a look|Waits|Stopped: nothing went out/.test(card),
    );
    if (isTold) toldWhy += 1;
    else wrongPosts.push(`${text}: nowhere, and nobody was told; it is ${ends.get(text)}`);
  }
  return { wrongPosts, out, toldWhy };
}

/** No token, code or secret of a network stands in the store, in a log or in anybody's chat. */
async function leaks({ outside }: Scene, dataDir: string, store: Store): Promise<string[]> {
  const secrets = outside.networks.secrets().filter((secret) => secret.length >= 12);
  const chats = JSON.stringify(outside.connector.conversations());
  const places: [string, string][] = [
    ['a chat', chats],
    ['the log', readFileSync(logOf(dataDir), 'utf8')],
  ];
  for (const name of collectionNames) {
    const docs = [];
    for await (const doc of store.all(name)) docs.push(doc);
    places.push([name, JSON.stringify(docs)]);
  }
  return places.flatMap(([place, text]) => (secrets.some((secret) => text.includes(secret)) ? [place] : []));
}
