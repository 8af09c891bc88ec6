import assert from 'node:assert/strict';
import { type Call, countCalls } from './storeCounts.js';
import { Browser, Story } from './story.js';

type Name = 'profiles' | 'linkouts';
const count = (calls: readonly Call[], name: Name, how: Call['how']) =>
  calls.filter((one) => one.name === name && one.how === how).length;
const words = (calls: readonly Call[]) => calls.map(({ name, call }) => `${name}.${call}`).join(', ');

describe('what a turn asks of the store before it answers', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
    await story.player('megan').adds('contoso');
  });
  afterEach(() => story.close());

  /** The calls between the words and the answer to them. */
  async function says(text: string, names: Name[] = ['profiles']): Promise<Call[]> {
    const counting = countCalls(story.store, names);
    const { replies } = await story.sandbox.connector.say({ from: story.player('megan').id, text });
    const calls = counting.stop();
    assert.equal(replies.length, 1, 'it is answered in the turn');
    await story.settled();
    return calls;
  }

  it('is for a share: the profile read twice at most, and written once', async () => {
    const calls = await says('share @Marketing contoso');
    story.player('megan').sees('Shared with Marketing');
    assert.ok(count(calls, 'profiles', 'read') <= 2, words(calls));
    assert.equal(count(calls, 'profiles', 'write'), 1, words(calls));
  });

  it('is for a show: the profile read once', async () => {
    const calls = await says('show contoso');
    assert.deepEqual([count(calls, 'profiles', 'read'), count(calls, 'profiles', 'write')], [1, 0], words(calls));
  });

  it('is for the way back from a network: its link read once', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const browser = new Browser();
    await browser.open(megan.link());
    const consent = await browser.open(megan.link(), new URLSearchParams());
    const account = /name="account" value="([^"]+)"/.exec(consent.text)?.[1] ?? '';
    const allowed = await fetch(browser.location, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ account, decision: 'allow' }).toString(),
    });
    const counting = countCalls(story.store, ['linkouts']);
    const back = await fetch(allowed.headers.get('location') ?? '', {
      redirect: 'manual',
      headers: { cookie: browser.cookies() },
    });
    const calls = counting.stop();
    assert.equal(back.status, 303);
    assert.equal(count(calls, 'linkouts', 'read'), 1, words(calls));
  });
});
