import assert from 'node:assert/strict';
import { openStory, shownOnX, until } from './publishingKit.js';
import type { Player, Story } from './story.js';

describe('"works" on the dial of the pretend networks', () => {
  let story: Story;
  let megan: Player;
  beforeEach(async () => {
    ({ story, megan } = await openStory());
  });
  afterEach(() => story.close());

  /** As the page of the dial does it. */
  const turn = async (fault: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ network: 'x', fault });
    const address = `${story.app.address}/sandbox/networks`;
    assert.equal((await fetch(address, { method: 'POST', headers, body })).status, 200);
    await story.settled();
  };
  const waitOfADay = { kind: 'rateLimited', seconds: 86_400 };

  it('ends the wait that the network asked for: what waits goes out, and the next one too', async () => {
    await turn(waitOfADay);
    await megan.says('post contoso "First"');
    await megan.clicks('Send');
    megan.sees('Your post with @contoso (X profile) waits', 'The network asks us to wait');
    await turn(null);
    await until(async () => (await shownOnX(story)).length > 0);
    assert.deepEqual(await shownOnX(story), ['First']);
    await megan.says('post contoso "Second"');
    await megan.clicks('Send');
    await until(async () => (await shownOnX(story)).length > 1);
    assert.deepEqual(await shownOnX(story), ['Second', 'First']);
  });

  it('lets a sign-in begin, and a profile be looked at, at once', async () => {
    await turn(waitOfADay);
    await megan.says('show contoso');
    await megan.clicks('Check now');
    await megan.says('add x');
    megan.sees('X asks us to wait');
    await turn(null);
    await megan.says('add x');
    megan.sees('Sign in to X');
    await megan.says('show contoso');
    megan.sees('Trying again in a minute');
    await megan.clicks('Check now');
    megan.sees('Checked just now', 'Valid, one sign-in');
  });
});
