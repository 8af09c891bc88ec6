import assert from 'node:assert/strict';
import { Browser, Story } from './story.js';

describe("a network's answer that comes back to the bot", () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  const codeOn = (page: string) => /code (\d{3}) (\d{3})/.exec(page)?.slice(1).join('');

  it('counts only at the address of the network that was asked, and is not spent at any other', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const browser = new Browser();
    let real = '';
    for (const place of ['facebook', 'linkedin', 'entra', 'nowhere']) {
      browser.detour = (url) => {
        if (!url.includes('/link/callback/x?')) return url;
        real = url;
        return url.replace('/link/callback/x?', `/link/callback/${place}?`);
      };
      if (real === '') assert.match(await browser.signIn(megan.link(), '>contoso<'), /That did not work/);
      const { status, text } = await browser.open(real.replace('/callback/x?', `/callback/${place}?`));
      assert.equal(status, 410, place);
      assert.match(text, /That did not work/);
    }
    browser.detour = (url) => url;
    const code = codeOn((await browser.open(real)).text);
    await megan.says(`code ${code}`);
    megan.sees('Contoso');
  });

  it('with another issuer in it goes no further', async () => {
    const megan = story.player('megan');
    await megan.says('add youtube');
    const browser = new Browser();
    browser.detour = (url) => (url.includes('/link/callback/') ? `${url}&iss=https%3A%2F%2Fevil.example` : url);
    assert.match(await browser.signIn(megan.link(), 'social@contoso.example'), /something we do not understand/);
    browser.detour = (url) => (url.includes('/link/callback/') ? `${url}&iss=https%3A%2F%2Faccounts.google.com` : url);
    assert.ok(codeOn(await browser.signIn(megan.link(), 'social@contoso.example')));
  });
});
