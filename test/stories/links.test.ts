import assert from 'node:assert/strict';
import { Story } from './story.js';

describe('a sign-in that something comes between', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  it('is not lost when the directory does not answer while the code is typed: the same code works again', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const code = await megan.signsInAs('contoso');
    story.sandbox.company.down(true);
    for (let n = 0; n < 6; n++) {
      await megan.says(`code ${code}`);
      megan.sees("Your organisation's directory does not answer", 'Nothing was changed');
    }
    story.sandbox.company.down(false);
    story.passes({ minutes: 1 });
    await megan.says(`code ${code}`);
    megan.sees('@contoso is added, and you own it');
    await megan.says(`code ${code}`);
    megan.sees('No sign-in of yours is waiting for a code');
  });

  it('lets five wrong codes through, and then the right one no more', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const code = await megan.signsInAs('contoso');
    const wrong = Array.from({ length: 60 }, (_, n) => String((Number(code) + n + 1) % 1_000_000).padStart(6, '0'));
    const { connector } = story.sandbox;
    const before = connector.transcript(connector.personal(megan.id)).length;
    await Promise.all([...wrong, code].map((digits) => connector.say({ from: megan.id, text: `code ${digits}` })));
    await story.settled();
    const said = connector.transcript(connector.personal(megan.id)).slice(before);
    const looked = said.filter((one) => /not the code on the page|is added/.test(JSON.stringify(one)));
    assert.equal(looked.length, 5);
  });
});
