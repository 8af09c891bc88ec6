import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../src/sandbox/connector/types.js';
import { actionsIn } from '../stories/cardWords.js';
import { Browser } from '../stories/story.js';
import type { Colleague } from './crowd.js';
import { hasToWait, isFar, opensLater, type Sure } from './heldBack.js';
import { type Brand, type Model, nobody } from './model.js';
import type { Outside } from './outside.js';
import { Refused, Talker } from './talk.js';

/** A post that somebody sent, and whether they were told in time that it is stopped. */
export type Sent = { text: string; handle: string; undone: boolean };

/** What is counted on the way, beside the model. */
export type Tally = {
  done: Record<string, number>;
  /** By operation and handle: how often somebody was told that it is done. */
  byBrand: Map<string, number>;
  /** By person, handle and kind of notice: how often they have to have been told. */
  told: Map<string, number>;
  sent: Sent[];
  /** Somebody saw what was not for them. */
  seenWrongly: string[];
  /** Who only just came by signing in could do what opens later, or was held back from what is open. */
  heldWrongly: string[];
};

export type Scene = {
  outside: Outside;
  model: Model;
  tally: Tally;
  colleagues: readonly Colleague[];
  random: () => number;
  patienceMs: number;
};

export type Turn = { scene: Scene; who: Colleague; brand: Brand; number: number };
type Operation = { weight: number; may: (turn: Turn) => boolean; run: (turn: Turn) => Promise<void> };

const talkerOf = ({ scene, who }: Turn) => new Talker(scene.outside.connector, who, scene.patienceMs);
const some = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

function count({ tally }: Scene, operation: string, { handle }: Brand): void {
  tally.done[operation] = (tally.done[operation] ?? 0) + 1;
  const key = `${operation}|${handle}`;
  tally.byBrand.set(key, (tally.byBrand.get(key) ?? 0) + 1);
}

function hasToHear({ tally }: Scene, { id }: Colleague, { handle }: Brand, kind: 'share' | 'invite'): void {
  const key = `${id}|${handle}|${kind}`;
  tally.told.set(key, (tally.told.get(key) ?? 0) + 1);
}

/** Said of what is done; the second line is the answer to a delivery whose first answer was lost. */
const done = (words: string) => new RegExp(`${words}|Done: you`);

/** The same, or that it opens later. */
const orLater = (words: string) => new RegExp(`${done(words).source}|${opensLater.source}`);

/** Whether they were told that it opens later, which has to be as expected. */
function isHeldBack(turn: Turn, answer: Message, expected: Sure): boolean {
  const { scene, who, brand } = turn;
  const words = talkerOf(turn).words(answer);
  const isHeld = opensLater.test(words);
  if (expected === (isHeld ? 'no' : 'yes')) {
    scene.tally.heldWrongly.push(`${who.name} with ${brand.handle} heard: ${words.slice(0, 200)}`);
  }
  return isHeld;
}

/** The way to a network, and no invitation that arrives meanwhile. */
const offer = /^(?![\s\S]*asks you to become)[\s\S]*Sign in/;

const isOwner = ({ who, brand }: Turn) => !brand.gone && brand.owners.has(who.id);
const groupNames = (model: Model) => [...model.groups.keys()];

/** Everything that is done in a run, as a person does it: words, buttons, a browser. */
export const operations: Record<string, Operation> = {
  share: {
    weight: 8,
    may: isOwner,
    run: async (turn) => {
      const { scene, brand, who } = turn;
      const other = some(scene.random, scene.colleagues);
      if (other.id === who.id || brand.shares.has(`person:${other.id}`) || brand.owners.has(other.id)) return;
      const share = `person:${other.id}`;
      const far = isFar(scene.model, brand, who.id, share);
      const answer = orLater(`Shared with ${other.name}`);
      const heard = await talkerOf(turn).says(`share ${other.mail} x:${brand.handle}`, answer);
      if (isHeldBack(turn, heard, hasToWait(brand, who.id, far))) return;
      brand.shares.set(share, who.id);
      hasToHear(scene, other, brand, 'share');
      count(scene, 'share', brand);
    },
  },
  shareWithGroup: {
    weight: 3,
    may: isOwner,
    run: async (turn) => {
      const { scene, brand, who } = turn;
      const group = some(scene.random, groupNames(scene.model));
      const share = `group:${group}`;
      if (brand.shares.has(share)) return;
      const far = isFar(scene.model, brand, who.id, share);
      const heard = await talkerOf(turn).says(`share "${group}" x:${brand.handle}`, orLater(`Shared with ${group}`));
      if (isHeldBack(turn, heard, hasToWait(brand, who.id, far))) return;
      brand.shares.set(share, who.id);
      count(scene, 'share', brand);
    },
  },
  unshare: {
    weight: 6,
    may: (turn) => isOwner(turn) && turn.brand.shares.size > 0,
    run: async (turn) => {
      const { scene, brand, who } = turn;
      const [share, by] = some(scene.random, [...brand.shares]);
      const [kind, key = ''] = share.split(/:(.*)/s);
      const person = scene.colleagues.find(({ id }) => id === key);
      const words = kind === 'group' ? `"${key}"` : (person?.mail ?? '');
      const name = kind === 'group' ? key : (person?.name ?? '');
      const said = orLater(kind === 'group' ? 'Stop sharing .*\\?' : `No longer shared with ${name}`);
      const answer = await talkerOf(turn).says(`unshare ${words} x:${brand.handle}`, said);
      if (isHeldBack(turn, answer, hasToWait(brand, who.id, by === who.id ? 'no' : 'yes'))) return;
      // Many may lose it: the bot asks first.
      if (kind === 'group') await talkerOf(turn).clicks(answer, 'Stop sharing', done(`No longer shared with ${name}`));
      brand.shares.delete(share);
      count(scene, 'unshare', brand);
    },
  },
  profiles: {
    weight: 6,
    may: () => true,
    run: async (turn) => {
      const { scene, who, brand } = turn;
      const mayBefore = scene.model.sees(who.id, brand);
      const message = await talkerOf(turn).says('profiles', /You own|Shared with you|Nothing|Add a profile/);
      const seen = talkerOf(turn).words(message).includes(`@${brand.handle}\n`);
      // Nobody else has to do with this brand meanwhile.
      // An answer of which nobody knew whether it is there comes once more, however late: that is what was so then.
      if (seen && !mayBefore && !talkerOf(turn).isRepeated(message))
        scene.tally.seenWrongly.push(`${who.name} saw ${brand.handle} in a list`);
      count(scene, 'profiles', brand);
    },
  },
  show: {
    weight: 6,
    may: () => true,
    run: async (turn) => {
      const { scene, who, brand } = turn;
      const may = scene.model.sees(who.id, brand);
      const talker = talkerOf(turn);
      const message = await talker.says(`show x:${brand.handle}`, new RegExp(`${brand.handle}|called|no profile`, 'i'));
      if (!may && talker.words(message).includes(`@${brand.handle}`)) {
        scene.tally.seenWrongly.push(`${who.name} saw ${brand.handle}: ${talker.words(message).slice(0, 80)}`);
      }
      count(scene, 'show', brand);
    },
  },
  claim: {
    weight: 1,
    may: ({ scene, who, brand }) =>
      !brand.owners.has(who.id) && scene.model.sees(who.id, brand, 0) && brand.owners.size < 4,
    run: async (turn) => {
      const { scene, who, brand } = turn;
      const talker = talkerOf(turn);
      const offered = await talker.says(
        `claim x:${brand.handle}`,
        new RegExp(`${offer.source}|You have no profile called`),
      );
      // Names are found among what lists show, and those know a little later who joined a group.
      if (!offer.test(talker.words(offered))) return;
      const heard = talker.words(await signIn(turn, offered, done('You own|own it')));
      brand.owners.add(who.id);
      if (/open on/.test(heard)) brand.cooling.set(who.id, 'yes');
      else if (!/own .* now/.test(heard)) brand.cooling.set(who.id, 'perhaps');
      count(scene, 'claim', brand);
    },
  },
  invite: {
    weight: 2,
    may: isOwner,
    run: async (turn) => {
      const { scene, brand, who } = turn;
      const other = some(scene.random, scene.colleagues);
      if (other.id === who.id || brand.owners.has(other.id)) return;
      const heard = await talkerOf(turn).says(
        `invite ${other.mail} x:${brand.handle}`,
        orLater(`Invited ${other.name}`),
      );
      if (isHeldBack(turn, heard, hasToWait(brand, who.id))) return;
      hasToHear(scene, other, brand, 'invite');
      count(scene, 'invite', brand);
    },
  },
  delete: {
    weight: 0.5,
    may: isOwner,
    run: async (turn) => {
      const { scene, brand, who } = turn;
      const asked = await talkerOf(turn).says(`delete x:${brand.handle}`, orLater('Delete it'));
      if (isHeldBack(turn, asked, hasToWait(brand, who.id))) return;
      await talkerOf(turn).clicks(asked, 'Delete it', done('deleted|Deleted'));
      Object.assign(brand, { gone: true, ...nobody() });
      // Whoever adds it again begins a history of its own.
      for (const key of scene.tally.byBrand.keys()) {
        if (key.endsWith(`|${brand.handle}`)) scene.tally.byBrand.delete(key);
      }
      count(scene, 'delete', brand);
    },
  },
  addAgain: {
    weight: 20,
    may: ({ brand }) => brand.gone,
    run: async (turn) => {
      await add(turn);
      Object.assign(turn.brand, { gone: false, owners: new Set([turn.who.id]) });
    },
  },
  /** The directory changes: somebody joins a group, or leaves it. */
  changeGroup: {
    weight: 2,
    may: () => true,
    run: async ({ scene: { outside, model, random, tally }, who }) => {
      const [id, name] = some(random, [...outside.groups]);
      const people = model.groups.get(name);
      const isIn = people?.get(who.id) === Number.POSITIVE_INFINITY;
      if (isIn) outside.company.removeFromGroup(id, who.id);
      else outside.company.addToGroup(id, who.id);
      people?.set(who.id, isIn ? Date.now() : Number.POSITIVE_INFINITY);
      tally.done.changeGroup = (tally.done.changeGroup ?? 0) + 1;
    },
  },
  leave: {
    weight: 1,
    may: (turn) => isOwner(turn) && turn.brand.owners.size > 1,
    run: async (turn) => {
      const { scene, who, brand } = turn;
      const talker = talkerOf(turn);
      const asked = await talker.says(`leave x:${brand.handle}`, /Leave it/);
      await talker.clicks(asked, 'Leave it', done('no longer|You left|own'));
      brand.owners.delete(who.id);
      brand.cooling.delete(who.id);
      count(scene, 'leave', brand);
    },
  },
  post: {
    weight: 5,
    may: isOwner,
    run: async (turn) => {
      const { scene, brand, number } = turn;
      const talker = talkerOf(turn);
      const text = `Number ${number} says hello`;
      const preview = await talker.says(`post x:${brand.handle} "${text}"`, new RegExp(`${text}[\\s\\S]*Send`));
      await talker.clicks(preview, 'Send', /Goes out at|Sent|Sending|Looking for it|Did not go out|Waits/);
      const sent: Sent = { text, handle: brand.handle, undone: false };
      scene.tally.sent.push(sent);
      count(scene, 'post', brand);
      if (scene.random() < 0.3 && actionsIn(talker.card(preview)).some(({ title }) => title === 'Undo')) {
        const after = await talker.clicks(preview, 'Undo', /Stopped|Sent|on its way|already|Please have a look/);
        sent.undone = /Stopped/.test(talker.words(after));
      }
    },
  },
};

/** The way through the browser, to the code that ends it. */
async function signIn(turn: Turn, offered: Parameters<Talker['words']>[0], answer: RegExp): Promise<Message> {
  const talker = talkerOf(turn);
  const link = actionsIn(talker.card(offered)).find(({ type }) => type === 'Action.OpenUrl');
  assert(link, talker.words(offered));
  const page = await inBrowser(turn, String(link.url));
  const code = /code (\d{3}) (\d{3})/.exec(page)?.slice(1).join('');
  const words = page
    .replaceAll(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>|<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  // The network was in trouble while it was asked who signed in.
  if (!code && /That did not work/.test(words) && /Nothing was changed/.test(words)) throw new Refused(words);
  assert(code, `no code on: ${words}`);
  return talker.says(`code ${code}`, answer);
}

/**
 * Loads what stays empty again, since no process answered, and what says so, since the one that was at it died; and opens the
 * link again where that does not help.
 */
async function inBrowser({ scene, brand }: Turn, url: string): Promise<string> {
  // The process that was about to take its only account may have died: then the page asks which.
  const pages = [`Brand ${Number(brand.handle.slice('brand'.length))}`];
  const isToLoad = (page: string) => page === '' || /Load this page again/.test(page);
  let page = '';
  for (const late = Date.now() + scene.patienceMs; isToLoad(page) && Date.now() < late; ) {
    const browser = new Browser();
    page = (await browser.open(url)).text;
    if (!isToLoad(page)) page = await browser.signIn(url, brand.handle, { pages });
    for (let turn = 0; turn < 5 && isToLoad(page); turn += 1) {
      await pause(2000);
      page = (await browser.open(browser.location)).text;
    }
    page = await browser.picks(page, pages);
  }
  return page;
}

/** How a profile comes in: its first owner signs in. */
export async function add(turn: Turn): Promise<void> {
  const offered = await talkerOf(turn).says('add x', offer);
  await signIn(turn, offered, done(turn.brand.handle));
  count(turn.scene, 'add', turn.brand);
}

export function pick(turn: Turn): string | undefined {
  const open = Object.entries(operations).filter(([, { may }]) => may(turn));
  let at = turn.scene.random() * open.reduce((sum, [, { weight }]) => sum + weight, 0);
  for (const [name, { weight }] of open) {
    at -= weight;
    if (at <= 0) return name;
  }
  return open.at(-1)?.[0];
}
