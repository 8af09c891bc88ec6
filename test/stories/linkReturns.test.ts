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

  const pageAfter = async (type: string, account: string, detour: (url: string) => string) => {
    const megan = story.player('megan');
    await megan.says(`add ${type}`);
    const browser = new Browser();
    browser.detour = (url) => (url.includes('/link/callback/') ? detour(url) : url);
    return browser.signIn(megan.link(), account);
  };
  const instead = (words: string) => (url: string) => url.replace(/code=[^&]*/, words);

  it('says who mends it and where when our own app is not set up', async () => {
    const page = await pageAfter('linkedin page', 'Alex Wilber', instead('error=unauthorized_scope_error'));
    assert.match(page, /LinkedIn does not let this bot&#39;s app ask for what it needs\./);
    assert.match(page, /Whoever looks after this bot mends it in LinkedIn Developers \(linkedin\.com\/developers\)\./);
    assert.doesNotMatch(page, /Allow every point/);
  });

  it('says that nothing was changed when the person said no, and when the network has trouble', async () => {
    assert.match(await pageAfter('x', '>contoso<', instead('error=access_denied')), /You did not allow it on X/);
    const trouble = await pageAfter('facebook page', 'Alex Wilber', instead('error_code=2'));
    assert.match(trouble, /Facebook does not answer just now/);
  });

  it('without a code and without a word goes no further', async () => {
    const page = await pageAfter('facebook page', 'Alex Wilber', instead('nothing=here'));
    assert.match(page, /Facebook answered something we do not understand/);
  });

  it('with a token that the network does not know yet asks for a moment, not for another sign-in', async () => {
    story.sandbox.networks.fault('x', { kind: 'revoked' });
    const page = await pageAfter('x', '>contoso<', (url) => url);
    assert.match(page, /X does not know its own new sign-in yet\./);
    assert.match(page, /Wait half a minute\./);
    story.sandbox.networks.fault('x', undefined);
  });

  it('of a Google app in testing says that the sign-in ends by itself', async () => {
    story.sandbox.networks.googleTesting(true);
    const megan = story.player('megan');
    await megan.says('add youtube');
    await megan.says(`code ${await megan.signsInAs('social@contoso.example')}`);
    megan.sees('Google ends this sign-in by itself');
  });
});
