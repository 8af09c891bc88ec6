import assert from 'node:assert/strict';
import { CloudAdapterBase } from 'botbuilder';
import { shownOnX } from '../stories/publishingKit.js';
import { Story } from '../stories/story.js';

/** The same story as on botbuilder, told on the Microsoft 365 Agents SDK's turns: words, clicks, sign-ins, a channel. */
describe('the bot on the Microsoft 365 Agents SDK', () => {
  let story: Story;
  let turnsOfBotbuilder = 0;
  const { prototype } = CloudAdapterBase as unknown as {
    prototype: { processActivity: (...all: unknown[]) => unknown };
  };
  const { processActivity } = prototype;

  before(async () => {
    prototype.processActivity = function (this: unknown, ...all: unknown[]) {
      turnsOfBotbuilder += 1;
      return processActivity.apply(this, all);
    };
    process.env.STORY_AGENTS_SDK = '1';
    story = await Story.open();
  });
  after(async () => {
    delete process.env.STORY_AGENTS_SDK;
    prototype.processActivity = processActivity;
    await story.close();
  });

  it('adds, shares, publishes and shows as ever', async () => {
    const [megan, ben] = [story.player('megan'), story.player('ben')];
    await megan.adds('contoso');
    await megan.says('share @marketing contoso', { in: 'Announcements', mentions: ['Marketing'] });
    await ben.says('show contoso');
    ben.sees('X profile · Contoso');
    await story.player('lynne').says('policy undo 0');
    await megan.looksAtChat().says('post contoso "On another SDK"');
    await megan.clicks('Send');
    assert.deepEqual(await shownOnX(story), ['On another SDK']);
    await ben.says('delete contoso');
    ben.sees('Only');
    assert.equal(turnsOfBotbuilder, 0, 'botbuilder ran no turn');
  });
});
