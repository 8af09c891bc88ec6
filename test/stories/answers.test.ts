import assert from 'node:assert/strict';
import type { Activity, Message } from '../../src/sandbox/connector/types.js';
import { channel, Story } from './story.js';

const tenant = '11111111-1111-4111-8111-111111111111';

describe('an answer that does not arrive at once', () => {
  let story: Story;
  const megan = () => story.player('megan');
  const faults = () => story.sandbox.connector.faults;
  /** What the bot wrote in Megan's chat since `before` messages were there. */
  const chat = (): Message[] => {
    const { connector } = story.sandbox;
    return connector.transcript(connector.personal(megan().id)).filter(({ from }) => from === 'bot');
  };
  const shares = async (): Promise<string[]> => {
    const [profile] = await story.store.profiles.find(tenant, {});
    return (profile?.shares ?? []).map(({ principal }) =>
      principal.kind === 'everyone' ? 'everyone' : principal.name,
    );
  };
  const wordsOf = (message: Message): string => megan().looksAt(message).words();

  beforeEach(async () => {
    story = await Story.open();
    await megan().adds('contoso');
  });
  afterEach(() => story.close());

  for (const status of [412, 429, 502, 503, 504] as const) {
    it(`is sent again after ${status}, as it was, and nobody reads that anything failed`, async () => {
      const before = chat().length;
      faults().set({ match: 'send', status, times: 1 });
      await megan().says('share @Marketing contoso');
      const since = chat().slice(before);
      assert.equal(since.length, 1);
      assert.match(wordsOf(since[0] as Message), /Shared with Marketing/);
      assert.deepEqual(await shares(), ['Marketing']);
    });
  }

  it('and is there all the same comes twice at most', async () => {
    const before = chat().length;
    faults().set({ match: 'send', status: 'lost', times: 1 });
    await megan().says('share @Marketing contoso');
    const since = chat().slice(before).map(wordsOf);
    assert.equal(since.length, 2);
    for (const words of since) assert.match(words, /Shared with Marketing/);
  });

  for (const status of ['lost', 502] as const) {
    it(`twice over (${status}) is followed by a line, never by silence or an apology`, async () => {
      const { connector } = story.sandbox;
      const lynne = story.player('lynne');
      await lynne.says('policy');
      const before = connector.transcript(connector.personal(lynne.id)).length;
      faults().set({ match: 'send', status, times: 2 });
      await lynne.says('policy cool-off 5');
      const [, ...answers] = connector.transcript(connector.personal(lynne.id)).slice(before);
      const since = answers.map((message) => lynne.looksAt(message).words());
      const [cards, line] = [since.slice(0, -1), since.at(-1) ?? ''];
      assert.equal(cards.length, status === 'lost' ? 2 : 0);
      for (const words of cards) assert.match(words, /5 days/);
      assert.match(line, /dealt with, but my answer may not have reached you/);
      await lynne.says('policy');
      lynne.sees('5 days');
    });
  }

  it('because Teams asks for a longer wait than a turn has is posted after it, by whatever process is there then', async () => {
    const before = chat().length;
    faults().set({ match: 'send', status: 429, retryAfter: 60, times: 1 });
    await megan().says('share @Marketing contoso');
    await megan().says('profiles');
    assert.equal(chat().length, before + 1, 'only the second answer is there');
    story = await story.restart();
    story.passes({ minutes: 1.5 });
    await story.sweeps();
    const since = chat().slice(before).map(wordsOf);
    assert.equal(since.length, 2);
    assert.match(since[1] ?? '', /Shared with Marketing/);
    await story.sweeps();
    assert.equal(chat().length, before + 2, 'once');
  });

  it('to a list is posted later as well', async () => {
    const before = chat().length;
    faults().set({ match: 'send', status: 429, retryAfter: 60, times: 1 });
    await megan().says('profiles');
    assert.equal(chat().length, before);
    story.passes({ minutes: 1.5 });
    await story.sweeps();
    assert.match(wordsOf(chat().at(-1) as Message), /Your profiles/);
  });

  it('is not the work of a second delivery, which does nothing of its own', async () => {
    faults().set({ match: 'send', status: 429, retryAfter: 60, times: 1 });
    const { connector } = story.sandbox;
    const first = await connector.say({ from: megan().id, text: 'share @Marketing contoso' });
    await story.settled();
    const before = chat().length;
    assert.equal((await connector.redeliver(first.activity as Activity)).status, 200);
    await story.settled();
    assert.equal(chat().length, before, 'the channel asked to wait');
    story.passes({ minutes: 1.5 });
    await connector.redeliver(first.activity as Activity);
    await story.settled();
    assert.match(wordsOf(chat().at(-1) as Message), /Shared with Marketing/);
    await megan().says('history contoso');
    assert.equal(megan().words().split('shared it with Marketing').length, 2);
  });

  it('for one person only goes to them, and the line where they asked follows, each once', async () => {
    const here = () =>
      story.sandbox.connector.transcript(channel('Announcements')).filter(({ from }) => from === 'bot');
    const [before, beforeHere] = [chat().length, here().length];
    faults().set({ match: 'send', status: 503, times: 1 });
    await megan().says('add x', { in: 'Announcements' });
    faults().set({ match: 'send', status: 502, times: 1 });
    await megan().says('add x', { in: 'Announcements' });
    assert.deepEqual([chat().length - before, here().length - beforeHere], [2, 2]);
    assert.match(here().at(-1)?.text ?? '', /I sent you the sign-in link/);
  });
});

describe('a process that ends in the middle', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
    await story.player('megan').adds('contoso');
  });
  afterEach(() => story.close());

  /** As if the process had ended after its write and before it could note the answer, a quarter of a minute ago. */
  async function diesAfterWriting(act: () => Promise<{ activity: Activity | undefined }>): Promise<Activity> {
    const { marks } = story.store;
    const known = new Set((await marks.find(tenant, {})).map(({ id }) => id));
    const { activity } = await act();
    await story.settled();
    const [mark] = (await marks.find(tenant, {})).filter(({ id, due }) => !known.has(id) && !due && !id.includes(':'));
    assert(mark && activity, 'one activity was marked');
    const { answer: _, ...left } = mark;
    await marks.replace({ ...left, version: mark.version + 1, owner: 'dead', until: new Date() }, mark.version);
    const address = story.app.address.replace('localhost', '127.0.0.1');
    story = await story.restart();
    return { ...activity, serviceUrl: `${address}/connector` };
  }

  it('leaves a change that is known by its delivery: the next one answers that it is done', async () => {
    const said = { from: story.player('megan').id, text: 'share @Marketing contoso' };
    const activity = await diesAfterWriting(() => story.sandbox.connector.say(said));
    await story.sandbox.connector.redeliver(activity);
    await story.settled();
    const megan = story.player('megan');
    megan.sees('Done: you shared it with Marketing', '@contoso');
    await megan.says('history contoso');
    assert.equal(megan.words().split('shared it with Marketing').length, 2);
  });

  it('also where nothing is left to be shown', async () => {
    const megan = () => story.player('megan');
    await megan().says('delete contoso');
    const [question] = await story.store.confirms.find(tenant, {});
    assert(question);
    const data = { do: { kind: 'yes', confirm: question.id } };
    const click = { from: megan().id, message: megan().message().id, verb: 'yes', data };
    const activity = await diesAfterWriting(() => story.sandbox.connector.click(click));
    assert.deepEqual(await story.store.profiles.find(tenant, {}), []);
    const answer = await story.sandbox.connector.redeliver(activity);
    assert.match(JSON.stringify(answer.body), /Done: you deleted it\./);
  });
});
