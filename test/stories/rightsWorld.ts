import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { typeFacts } from '../../src/networks/types.js';
import { exactHash } from '../../src/operations/publishing/exactly.js';
import type { Asked } from '../../src/rules/operation.js';
import { refusals } from '../../src/rules/refusals.js';
import type { Activity } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import type { Collections, ConfirmDoc } from '../../src/store/collections.js';
import type { Collection, StoredDoc } from '../../src/store/store.js';
import { readable } from './cardWords.js';
import { Story } from './story.js';

/** Every kind of person that the rules tell apart, and who plays them. */
export const people = {
  stranger: 'adele',
  guest: 'mia',
  shared: 'chris.green',
  claimant: 'isaiah',
  cooling: 'ben',
  owner: 'megan',
  manager: 'patti',
  admin: 'lynne',
  reader: 'diego',
  disabled: 'nestor',
  unknown: 'cgreen2',
  foreign: 'alex',
} as const;
export type Person = keyof typeof people;
export const persons = Object.keys(people) as Person[];

export const idOf = (person: Person): string => {
  const found = world.people.find(({ teamsId }) => teamsId === `29:${people[person]}`);
  return found?.id ?? assert.fail(person);
};

/** What the table of rights speaks about. */
export type Subject = {
  profile: string;
  claim: string;
  confirm: string;
  posting: string;
  held: string;
  sent: string;
  /** Where it was sent to. */
  link: string;
  waiting: string;
  hash: string;
};

const tenant = world.tenant.id;
const elsewhere = '99999999-9999-4999-8999-999999999999';
const kept = ['profiles', 'grants', 'people', 'tenants', 'intents', 'confirms', 'linkouts', 'allowances'] as const;

/** A profile that everybody of the table stands in some relation to, and three ways to ask for something. */
export class Rights {
  subject: Subject = {
    profile: '',
    claim: '',
    confirm: '',
    posting: '',
    held: '',
    sent: '',
    waiting: '',
    hash: '',
    link: '',
  };
  private before: Snapshot = new Map();

  private constructor(
    readonly story: Story,
    private readonly said: Activity,
    private readonly clicked: Activity,
  ) {}

  static async open(): Promise<Rights> {
    const story = await Story.open();
    const { connector } = story.sandbox;
    const megan = story.player('megan');
    const { activity: said } = await connector.say({ from: megan.id, text: 'help' });
    await story.settled();
    const data = { do: { kind: 'help' } };
    const { activity: clicked } = await connector.click({
      from: megan.id,
      message: megan.message().id,
      verb: 'do',
      data,
    });
    assert(said);
    const rights = new Rights(story, said, clicked);
    await rights.setUp();
    return rights;
  }

  /** Through the front door; only what takes days is written straight into the store. */
  private async setUp(): Promise<void> {
    const { story } = this;
    const { company } = story.sandbox;
    const megan = story.player('megan');
    const [ben, isaiah, alex] = [story.player('ben'), story.player('isaiah'), story.player('alex')];
    await megan.adds('contoso');
    company.enable(idOf('disabled'));
    for (const person of ['shared', 'claimant', 'reader', 'disabled', 'unknown', 'foreign'] as const) {
      await megan.says(`share ${people[person]}@contoso.example contoso`);
      megan.sees('Shared with');
    }
    await ben.adds('contoso');
    await isaiah.says('claim contoso');
    await isaiah.clicks('Ask the owners');
    await alex.says('approvals here', { in: 'Announcements' });
    await alex.looksAtChat().clicks('Post claims there');
    await alex.says('role patti@contoso.example manager');
    await alex.says('role diego@contoso.example reader');
    await megan.says('post contoso "Out"');
    await megan.clicks('Send');
    story.passes({ minutes: 1 });
    await story.sweeps();
    company.disable(idOf('disabled'));
    company.remove(idOf('unknown'));
    // What was known of people is too old by now; then everybody is known as they are.
    story.passes({ minutes: 6 });
    for (const person of persons) await this.says(person, 'profiles');
    await megan.says('post contoso "Later" at tomorrow 10:00');
    await megan.clicks('Send at that time');
    await megan.says('post contoso "Shown"');
    const [lynne, chris] = [story.player('lynne'), story.player('chris.green')];
    await lynne.says('policy new-links approval');
    await chris.says('post contoso "Asked https://new.example"');
    await chris.clicks('Send');
    chris.sees('Waits for a yes');
    await lynne.says('policy new-links free');
    await megan.says('delete contoso');
    await this.leaves('disabled');
    this.subject = await this.found();
    this.before = await snapshot(story.store);
    story.standsStill();
  }

  /** As if the directory had told days ago that an owner is leaving. */
  private async leaves(person: Person): Promise<void> {
    const { profiles } = this.story.store;
    const [profile] = await profiles.find(tenant, {});
    assert(profile);
    const now = this.story.now();
    const leaver = {
      id: idOf(person),
      name: 'Nestor Wilke',
      since: now,
      leavingAt: new Date(now.getTime() + 86_400_000),
    };
    const next = { owners: [...profile.owners, leaver], allowed: { search: { by: leaver, at: now } } };
    await profiles.replace({ ...profile, ...next, version: profile.version + 1 }, profile.version);
  }

  private async found(): Promise<Subject> {
    const { profiles, confirms, intents } = this.story.store;
    const [[profile], [confirm], all] = [
      await profiles.find(tenant, {}),
      await confirms.find(tenant, {}),
      await intents.find(tenant, {}),
    ];
    const claim = profile?.claims[0]?.id;
    const intentOf = (text: string) =>
      all.find((intent) => JSON.stringify(intent).includes(`"${text}"`)) ?? assert.fail(`no post ${text}`);
    assert(profile && claim && confirm);
    const waiting = intentOf('Asked https://new.example');
    return {
      ...{ waiting: waiting.id, hash: exactHash(waiting) },
      ...{ profile: profile.id, claim, confirm: confirm.id },
      ...{
        posting: intentOf('Shown').posting,
        held: intentOf('Later').id,
        sent: intentOf('Out').id,
        link: intentOf('Out').proof?.url ?? '',
      },
    };
  }

  /** How it was before somebody asked for something. */
  async restore(): Promise<void> {
    await this.story.settled();
    await restore(this.story.store, this.before);
    await this.asksAgain();
  }

  /** A question works once, so it is put anew. */
  private async asksAgain(): Promise<void> {
    const { confirms } = this.story.store;
    const [question] = this.before.get('confirms') ?? [];
    assert(question);
    await confirms.delete(tenant, this.subject.confirm);
    this.subject.confirm = `question-${randomUUID()}`;
    await confirms.insert({ ...(question as ConfirmDoc), id: this.subject.confirm });
  }

  /** How many calls the pretend company and the pretend networks have had. */
  calls(): number {
    const { company, networks } = this.story.sandbox;
    return company.requests.length + networks.requests();
  }

  says(person: Person, text: string): Promise<string> {
    return this.inChat(person, { ...this.said, text });
  }

  private async inChat(person: Person, activity: Activity): Promise<string> {
    const { connector } = this.story.sandbox;
    const chat = connector.personal(idOf(person));
    const before = connector.transcript(chat).length;
    const status = (await this.post(person, activity)).status;
    await this.story.settled();
    const answers = connector
      .transcript(chat)
      .slice(before)
      .filter(({ from }) => from === 'bot');
    return status === 200 ? outcomeIn(answers) : String(status);
  }

  async clicks(person: Person, asked: Asked): Promise<string> {
    const value = { action: { type: 'Action.Execute', verb: asked.kind, data: { do: asked } }, trigger: 'manual' };
    const response = await this.post(person, { ...this.clicked, value });
    await this.story.settled();
    return response.status === 200 ? outcomeIn(await response.json()) : String(response.status);
  }

  async inTab(person: Person, asked: Asked): Promise<string> {
    const response = await this.tab(person, 'operation', { do: asked });
    await this.story.settled();
    return response.status === 200 ? outcomeIn(await response.json()) : String(response.status);
  }

  async searches(person: Person, words: string): Promise<string[]> {
    const query = { dataset: 'principals', queryText: words };
    const invoke = { ...this.clicked, name: 'application/search', value: query };
    const inChat = await this.post(person, invoke);
    const inTab = person === 'foreign' ? undefined : await this.tab(person, 'search', query);
    const found = (body: unknown) =>
      ((body as { value?: { results?: { title: string }[] } }).value?.results ?? []).map(({ title }) => title);
    return [...found(await inChat.json()), ...(inTab?.status === 200 ? found(await inTab.json()) : [])];
  }

  private post(person: Person, activity: Activity): Promise<Response> {
    const { name, teamsId } = world.people.find(({ id }) => id === idOf(person)) ?? assert.fail(person);
    const from = {
      id: teamsId,
      name,
      aadObjectId: idOf(person),
      ...(person === 'foreign' ? { tenantId: elsewhere } : {}),
    };
    const conversation = {
      ...(activity.conversation as object),
      id: this.story.sandbox.connector.personal(idOf(person)),
    };
    return fetch(`${this.story.app.address}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...activity, id: randomUUID(), from, conversation }),
    });
  }

  private async tab(person: Person, path: string, data: unknown): Promise<Response> {
    const { company } = this.story.sandbox;
    const found = world.people.find(({ id }) => id === idOf(person)) ?? assert.fail(person);
    const token = await company.tabTokens.issue(found, world.bot.id.replace('28:', ''));
    return fetch(`${this.story.app.address}/tab/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ data }),
    });
  }
}

/** The code of a refusal, or `yes`: whatever else is answered was allowed. */
function outcomeIn(answer: unknown): string {
  const text = JSON.stringify(answer);
  if (text === '[]') return 'silence';
  const { value } = answer as { value?: unknown };
  return /"id":"refusal-(\w+)"/.exec(text)?.[1] ?? (typeof value === 'string' ? codeOf(value) : undefined) ?? 'yes';
}

/** A click that is refused is answered in one line: the refusal whose sentence it begins with. */
function codeOf(line: string): string | undefined {
  const words = readable(line);
  if (noReactions.some((begins) => words.startsWith(begins))) return 'cannotReact';
  return sentences.find(({ pattern }) => pattern.test(words))?.code;
}

/** The no to a reaction is the network's own reason, or that there is no profile to react with. */
const noReactions = Object.values(typeFacts)
  .flatMap(({ may }) => [may.reply, may.like, may.share])
  .filter((why): why is string => typeof why === 'string')
  .concat('You may publish with no profile on');

const gap = '\u0001';
/** How each refusal begins, whatever it is about. */
const sentences = Object.entries(refusals).flatMap(([code, make]) =>
  argumentsOf(make.length).flatMap((args) => {
    const sentence = sentenceOf(make as (...given: unknown[]) => { sentence: string }, args);
    const isKnown = sentence && sentence.replaceAll(gap, '').length > 8 && !/undefined|NaN/.test(sentence);
    if (!isKnown) return [];
    const escaped = sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(gap, '.*');
    return [{ code, pattern: new RegExp(`^${escaped}`) }];
  }),
);

/** A refusal takes texts, and lists of texts; some may be left out. */
function argumentsOf(count: number): unknown[][] {
  if (count === 0) return [[], [gap]];
  return argumentsOf(count - 1).flatMap((args) => [gap, [gap], undefined].map((one) => [...args, one]));
}

function sentenceOf(make: (...given: unknown[]) => { sentence: string }, args: unknown[]): string | undefined {
  try {
    return String(make(...args).sentence);
  } catch {
    return undefined;
  }
}

type Snapshot = Map<(typeof kept)[number], StoredDoc[]>;

async function snapshot(store: Collections): Promise<Snapshot> {
  const all: Snapshot = new Map();
  for (const name of kept) all.set(name, await (store[name] as unknown as Collection<StoredDoc>).find(tenant, {}));
  return all;
}

async function restore(store: Collections, before: Snapshot): Promise<void> {
  for (const [name, docs] of before) {
    const collection = store[name] as unknown as Collection<StoredDoc>;
    const now = await collection.find(tenant, {});
    for (const doc of now) {
      const was = docs.find(({ id }) => id === doc.id);
      if (!was || was.version !== doc.version) await collection.delete(tenant, doc.id);
    }
    const left = new Set((await collection.find(tenant, {})).map(({ id }) => id));
    for (const doc of docs) if (!left.has(doc.id)) await collection.insert(doc);
  }
}
