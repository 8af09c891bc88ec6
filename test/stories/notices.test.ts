import assert from 'node:assert/strict';
import type { ConnectorFault } from '../../src/sandbox/connector/faults.js';
import { Story } from './story.js';

describe('what happens is told', () => {
  let story: Story;
  const who = (name: string) => story.player(name);
  beforeEach(async () => {
    story = await Story.open();
    await who('megan').adds('contoso');
  });
  afterEach(() => story.close());

  const told = (name: string) =>
    story.sandbox.connector
      .transcript(story.sandbox.connector.personal(who(name).id))
      .filter(({ from, cards }) => from === 'bot' && JSON.stringify(cards).includes('stopped sharing @contoso')).length;

  /** Megan stops sharing with Ben by a click: the answer to a click is no message, so the first one is Ben's notice. */
  async function unshares(fault?: ConnectorFault): Promise<void> {
    const megan = who('megan');
    await megan.says('share ben@contoso.example contoso');
    if (fault) story.sandbox.connector.faults.set(fault);
    await megan.clicks('Stop sharing with Ben Walters');
    megan.sees('No longer shared with Ben Walters');
  }

  it('once, to the person it concerns, and the history says so', async () => {
    await unshares();
    assert.equal(told('ben'), 1);
    await story.sweeps();
    assert.equal(told('ben'), 1);
    await who('megan').says('history contoso');
    who('megan')
      .looksAtChat()
      .sees(/told Ben Walters/i);
  });

  it('later, when the channel asks to wait, and then once', async () => {
    await unshares({ match: 'send', status: 429, retryAfter: 900, times: 1 });
    assert.equal(told('ben'), 0);
    story.passes({ minutes: 5 });
    await story.sweeps();
    assert.equal(told('ben'), 0, 'not before the channel allows it');
    story.passes({ minutes: 11 });
    await story.sweeps();
    assert.equal(told('ben'), 1);
    await story.sweeps();
    assert.equal(told('ben'), 1);
  });

  it('again, when the channel says that it failed', async () => {
    await unshares({ match: 'send', status: 502, times: 1 });
    assert.equal(told('ben'), 0);
    story.passes({ minutes: 2 });
    await story.sweeps();
    assert.equal(told('ben'), 1);
  });

  it('not twice, when the answer is lost on the way', async () => {
    await unshares({ match: 'send', status: 'lost', times: 1 });
    assert.equal(told('ben'), 1);
    story.passes({ minutes: 60 });
    await story.sweeps();
    assert.equal(told('ben'), 1);
  });

  it('to nobody who blocked the bot, which the history says', async () => {
    story.sandbox.connector.block(who('ben').id);
    await unshares();
    await who('megan').says('history contoso');
    who('megan')
      .looksAtChat()
      .sees(/could not reach Ben Walters/i);
    assert.equal(told('ben'), 0);
  });

  it('after a restart, when the bot stopped before it was told', async () => {
    await unshares({ match: 'send', status: 429, retryAfter: 60, times: 1 });
    story = await story.restart();
    story.passes({ minutes: 3 });
    await story.sweeps();
    assert.equal(told('ben'), 1);
  });
});
