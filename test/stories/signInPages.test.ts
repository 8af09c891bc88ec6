import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { actionsIn } from './cardWords.js';
import { Browser, Story } from './story.js';

describe('the pages of a sign-in', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  const codeOn = (page: string) => /code (\d{3} \d{3})/.exec(page)?.[1] ?? assert.fail(`no code on:\n${page}`);

  it('lead back to the chat, whose card takes the code as the page shows it, with its space', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const page = await new Browser().signIn(megan.link(), 'contoso');
    assert.match(page, /<a href="[^"]+">Back to Teams<\/a>/);
    assert.match(page, /id="copy" hidden>Copy the code</);
    await megan.clicks('Finish', { code: '' });
    megan.sees('A code has six digits');
    await megan.clicks('Finish', { code: codeOn(page) });
    megan.sees('@contoso (X profile) is added, and you own it');
  });

  it('say what to do where the process at it died, and the link in the chat works again', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const browser = new Browser();
    let back = '';
    browser.detour = (url) => {
      if (!url.includes('/link/callback/')) return url;
      back = url;
      return `${story.app.address}/privacy`;
    };
    await browser.signIn(megan.link(), 'contoso');
    browser.detour = (url) => url;
    const [doc] = await story.store.linkouts.find(world.tenant.id, { phase: 'sent' });
    assert(doc);
    await story.store.linkouts.replace({ ...doc, phase: 'returning', version: doc.version + 1 }, doc.version);
    const stuck = await browser.open(back);
    assert.equal(stuck.status, 409);
    assert.match(stuck.text, /Load this page again in a few seconds\. If it stays so, open the link in Teams again\./);
    await megan.says(`code ${codeOn(await new Browser().signIn(megan.link(), 'contoso'))}`);
    megan.sees('@contoso (X profile) is added, and you own it');
  });

  /** As far as the list of Pages, without picking one. */
  async function picking() {
    const megan = story.player('megan');
    await megan.says('add facebook page');
    const browser = new Browser();
    await browser.signIn(megan.link(), 'Alex Wilber');
    return { megan, browser, picker: browser.location };
  }

  it('say so when no Page was picked, and save all that can be kept with one button', async () => {
    const { megan, browser, picker } = await picking();
    const none = await browser.open(picker, new URLSearchParams());
    assert.match(none.text, /Nothing is picked, so nothing was saved\. Tick at least one\./);
    assert.match(none.text, /name="all" value="1" class="second">Save all 5</);
    const saved = await browser.open(picker, new URLSearchParams({ all: '1' }));
    await megan.says(`code ${codeOn(saved.text)}`);
    megan.sees('Contoso (Facebook Page) is added', 'Contoso EMEA (Facebook Page) is added');
    megan.seesNot('Analytics');
  });

  it('mark the Pages that are here already', async () => {
    await story.player('megan').adds('Alex Wilber', 'facebook page', ['Contoso Support']);
    const { browser } = await picking();
    const marked = [...browser.picker.matchAll(/<li.*?<\/li>/g)].filter(([row]) => row.includes('Already here'));
    assert.deepEqual(
      marked.map(([row]) => /<span>(.*?) <b/.exec(row)?.[1]),
      ['Contoso Support'],
    );
  });
});

describe('asking to become an owner', () => {
  let story: Story;
  before(async () => {
    story = await Story.open();
    await story.player('megan').adds('contoso');
    await story.player('megan').says('share @marketing contoso');
  });
  after(() => story.close());

  const boxOf = (card: unknown) => JSON.stringify(card).match(/"id":"note"[^}]*"value":"([^"]*)"/)?.[1];

  it('keeps the reason that was typed, in the box where it can be changed', async () => {
    const ben = story.player('ben');
    await ben.says('claim contoso "I write the posts"');
    assert.equal(boxOf(ben.card()), 'I write the posts');
    await ben.clicks('Ask the owners', { note: 'I write all the posts' });
    ben.sees('waits for a decision until');
  });

  it('while one waits leads to that one, and to a sign-in; it is not asked for a second time', async () => {
    const ben = story.player('ben');
    await ben.says('claim contoso');
    ben.sees('Your claim waits for a decision until', 'Sign in on X');
    assert.deepEqual(
      actionsIn(ben.card()).map(({ title }) => title),
      ['Sign in to X', 'Finish', 'Show my claim'],
    );
    await ben.clicks('Show my claim');
    ben.sees('Ben Walters wants to become an owner of @contoso (X profile)', '"I write all the posts"');
    assert.deepEqual(ben.buttons(), ['Withdraw my claim']);
  });
});
