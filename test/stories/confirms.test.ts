import assert from 'node:assert/strict';
import { StoreDown } from '../../src/store/store.js';
import { Story } from './story.js';

const tenant = '11111111-1111-4111-8111-111111111111';

describe('a yes', () => {
  let story: Story;
  const megan = () => story.player('megan');
  beforeEach(async () => {
    story = await Story.open();
    await megan().adds('contoso');
    await megan().says('share everyone contoso');
    megan().sees('Share with everyone');
  });
  afterEach(() => story.close());
  const history = async () => {
    await megan().says('history contoso');
    return megan().words().split('shared it with everyone').length - 1;
  };

  it('is not used up while the directory does not answer: the same button works later', async () => {
    const question = megan().message();
    story.sandbox.company.down(true);
    await megan().clicks('Share with everyone');
    megan().sees("Your organisation's directory does not answer");
    story.sandbox.company.down(false);
    story.passes({ minutes: 1 });
    megan().looksAt(question);
    await megan().clicks('Share with everyone');
    megan().sees('Shared with everyone');
    assert.equal(await history(), 1);
  });

  it('is not used up when the store fails before anything is written', async () => {
    const question = megan().message();
    const { grants } = story.store;
    const { find } = grants;
    grants.find = () => Promise.reject(new StoreDown('gone'));
    await megan().clicks('Share with everyone');
    grants.find = find;
    megan().sees('nothing was changed');
    megan().looksAt(question);
    await megan().clicks('Share with everyone');
    megan().sees('Shared with everyone');
    assert.equal(await history(), 1);
  });

  it('pressed five times at the same moment is done once; the others read that it was answered', async () => {
    const { connector } = story.sandbox;
    const message = megan().message();
    const { verb, data } = megan().action('Share with everyone');
    const click = { from: megan().id, message: message.id, verb: String(verb), data: data as Record<string, unknown> };
    const answers = await Promise.all(Array.from({ length: 5 }, () => connector.click(click)));
    await story.settled();
    const notes = answers.filter(({ note }) => note?.text.includes('That question was answered already'));
    assert.equal(notes.length, 4);
    assert.equal(await history(), 1);
    assert.deepEqual(await story.store.confirms.find(tenant, {}), []);
  });
});
