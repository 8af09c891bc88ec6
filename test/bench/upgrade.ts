/**
 * An upgrade under load: the previous release and this one work on one database at the same time, people say things to both,
 * and the new one is started anew again and again. At the end everything that was answered as done is there, once.
 *
 *   STORY_MONGODB_URI=mongodb://127.0.0.1:27017 npm run soak:upgrade -- 5000
 *
 * The previous release is built from git by scripts/previous-release.mjs.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Story as AnyStory } from '../stories/story.js';
import { Story } from '../stories/story.js';

const tenant = '11111111-1111-4111-8111-111111111111';
const colleagues = ['ben', 'isaiah', 'patti', 'lynne', 'alex'] as const;
/** Both own all of it. Each talks to one release: two pretend Teams may give one chat's messages the same id. */
const owners = { older: 'megan', newer: 'adele' } as const;
/** How many lanes: each is one colleague of one profile, and knows what has to be so. */
const accounts = ['contoso', 'fabrikam'] as const;
const restarts = 6;
/** So many messages of each chat stay: more than can still be changed. */
const kept = 200;

type Lane = { account: string; colleague: string; isShared: boolean; done: number };

const [count = '200', previous = '.cache/previous-release'] = process.argv.slice(2);
const operations = Number(count);
if (!existsSync(join(previous, 'commit'))) {
  process.stdout.write('There is no previous release to try: nothing was tried.\n');
  process.exit(0);
}
const uri = process.env.STORY_MONGODB_URI ?? assert.fail('STORY_MONGODB_URI names no server');
const address = new URL(uri);
address.pathname = `/upgrade${randomBytes(5).toString('hex')}`;
const env = { MONGODB_URI: address.href, TOKEN_KEYS: `k1:${randomBytes(32).toString('base64')}` };

const { Story: Previous } = (await import(pathToFileURL(join(previous, 'build/test/stories/story.js')).href)) as {
  Story: typeof Story;
};

/** The previous release was there first; then the new one joins, and brings the data up to date beneath it. */
const older: AnyStory = await Previous.open(env);
const [first, second] = [older.player(owners.older), older.player(owners.newer)];
await second.says('help');
for (const account of accounts) {
  await first.adds(account);
  await first.says(`invite "${second.name}" ${account}`);
  await second.looksAtChat().clicks('Sign in to it');
  await second.says(`code ${await second.signsInAs(account)}`);
}
let newer = await Story.open(env);

const lanes: Lane[] = accounts.flatMap((account) =>
  colleagues.map((colleague) => ({ account, colleague, isShared: false, done: 0 })),
);
const said = { older: 0, newer: 0 };
const started = performance.now();
const every = Math.ceil(operations / (restarts + 1));
for (let from = 0; from < operations; from += every) {
  await round(from, Math.min(operations, from + every));
  // A rolling upgrade: the new one goes and comes back, with everything that it still had to do.
  if (from + every < operations) newer = await newer.restart();
}
await check();
process.stdout.write(
  `${operations} operations, ${said.older} by the previous release and ${said.newer} by this one, ${restarts} restarts, ` +
    `${Math.round((performance.now() - started) / 1000)} s: nothing lost, nothing twice.\n`,
);
await Promise.all([older.close(), newer.close()]);
process.exit(0);

/** Two lanes at a time, one through each release: they meet on the same profile. */
async function round(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 2) {
    if (at % 100 === 0) forgetLongAgo(at);
    const one = laneOf(at);
    const other = laneOf(at + 1);
    await Promise.all([
      say(at % 4 === 0 ? 'older' : 'newer', one),
      at + 1 < to ? say(at % 4 === 0 ? 'newer' : 'older', other) : undefined,
    ]);
  }
}

/** The pretend Teams writes whole chats down at each change: without this each message costs more than the one before. */
function forgetLongAgo(at: number): void {
  for (const { sandbox } of [older, newer])
    for (const { messages } of sandbox.connector.conversations()) messages.splice(0, messages.length - kept);
  if (process.stderr.isTTY || process.env.VERBOSE)
    process.stderr.write(`${at} of ${operations}, ${Math.round((performance.now() - started) / 1000)} s\n`);
}

function laneOf(at: number): Lane {
  return lanes[at % lanes.length] ?? assert.fail();
}

/** Says the next thing of a lane until it is done: who lost a race is told so, and says it again. */
async function say(which: 'older' | 'newer', lane: Lane): Promise<void> {
  const story = which === 'older' ? older : newer;
  const name = story.player(lane.colleague).name;
  const verb = lane.isShared ? 'unshare' : 'share';
  const wanted = lane.isShared ? `No longer shared with ${name}` : `Shared with ${name}`;
  for (let tries = 0; tries < 10; tries += 1) {
    const answer = await answerTo(story, owners[which], `${verb} "${name}" ${lane.account}`, wanted);
    if (answer === 'lost') continue;
    lane.isShared = !lane.isShared;
    lane.done += 1;
    said[which] += 1;
    return;
  }
  assert.fail(`${verb} ${name} ${lane.account} was never done`);
}

/** What the bot says next: that it is done, or that somebody else was faster. An answer that was late may come between. */
async function answerTo(story: AnyStory, who: string, text: string, wanted: string): Promise<'done' | 'lost'> {
  const owner = story.player(who);
  const { connector } = story.sandbox;
  const chat = connector.transcript(connector.personal(owner.id));
  const before = chat.length;
  await owner.says(text);
  for (let tries = 0; tries < 1200; tries += 1) {
    for (const message of chat.slice(before).filter(({ from }) => from === 'bot')) {
      const words = owner.looksAt(message).words();
      if (words.includes(wanted)) return 'done';
      if (/changed (this|it) just now|someone else/i.test(words)) return 'lost';
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail(`"${text}" got no answer but:\n${owner.words()}`);
}

async function check(): Promise<void> {
  await Promise.all([older.settled(), newer.settled()]);
  // The older one is gone by then; what it wrote at the very end is brought up to date with the next look.
  newer.passes({ minutes: 11 });
  for (let sweep = 0; sweep < 3; sweep += 1) await newer.sweeps();
  const { profiles, audit } = newer.store;
  const all = await profiles.find(tenant, {});
  assert.equal(all.length, accounts.length);
  for (const profile of all) {
    const mine = lanes.filter(({ account }) => profile.handle === account);
    assert.ok(mine.length > 0, profile.handle);
    const wanted = mine.filter(({ isShared }) => isShared).map(({ colleague }) => newer.player(colleague).name);
    const found = profile.shares.map(({ principal }) => ('name' in principal ? principal.name : ''));
    assert.deepEqual(found.sort(), wanted.sort(), `shares of ${profile.handle}`);
    assert.deepEqual(profile.outbox, [], 'nothing waits to be carried out');
    const records = await audit.find(tenant, { profileId: profile.id });
    const changes = records.filter(({ operation, outcome }) => outcome === 'done' && /share$/.test(operation));
    assert.equal(
      changes.length,
      mine.reduce((sum, { done }) => sum + done, 0),
      'one record for each that was answered',
    );
  }
}
