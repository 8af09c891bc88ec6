import { Story } from './story.js';

describe('publishing', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('shows a preview, is held after Send, and goes out once, with a link', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    await megan.says('post contoso "Hello from Teams"');
    megan.sees('Preview of your post', 'Hello from Teams', '16 of 280', 'Costs 0.015 USD', 'Ready');
    await megan.clicks('Send');
    megan.sees('Your post is on its way', /Goes out at \d\d:\d\d/);
    story.passes({ minutes: 1 });
    await story.sweeps();
    megan.sees('Your post is out', 'Sent');
  });
});
