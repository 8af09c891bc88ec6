import assert from 'node:assert/strict';
import { StoreDown } from '../../src/store/store.js';
import { Browser, Story } from './story.js';

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
    megan.sees('@contoso (X profile) is added, and you own it');
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

describe('the pages of a sign-in', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  const codeOn = (page: string) => /code (\d{3}) (\d{3})/.exec(page)?.slice(1).join('');
  /** The address of the page that a browser shows now: no code of the network, no state. */
  const plainAddress = (browser: Browser) => {
    const { pathname, search } = new URL(browser.location);
    assert.match(pathname, /^\/link\/[\w-]{54}$/);
    assert.equal(search, '');
    return browser.location;
  };

  it('can be loaded again: the code, the picker and the end stay what they are, for that browser only', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const browser = new Browser();
    const code = codeOn(await browser.signIn(megan.link(), 'contoso'));
    assert.ok(code);
    const address = plainAddress(browser);
    assert.equal(codeOn((await browser.open(address)).text), code);
    assert.equal(codeOn((await browser.open(megan.link())).text), code, 'the link in the chat leads there too');
    assert.match((await new Browser().open(address)).text, /used already/);
    assert.match((await new Browser().open(megan.link())).text, /used already/);
    await megan.says(`code ${code}`);
    megan.sees('@contoso (X profile) is added');
    assert.match((await browser.open(address)).text, /@contoso \(X profile\) is added, and you own it/);
    assert.match((await new Browser().open(address)).text, /used already/);

    await megan.says('add facebook page');
    const chooser = new Browser();
    await chooser.signIn(megan.link(), 'Megan', { pages: [] });
    const picker = plainAddress(chooser);
    for (let n = 0; n < 2; n++) assert.match((await chooser.open(picker)).text, /Which Page do you want to keep here/);
    const chosen = await chooser.open(
      picker,
      new URLSearchParams({ account: accountOn((await chooser.open(picker)).text) }),
    );
    assert.ok(codeOn(chosen.text));
    assert.equal(codeOn((await chooser.open(picker)).text), codeOn(chosen.text));
  });

  it('shows the pictures of Pages to choose from, from where their network has them and from nowhere else', async () => {
    const megan = story.player('megan');
    await megan.says('add facebook page');
    const browser = new Browser();
    const policyOf = ({ headers }: { headers: Headers }) =>
      /img-src ([^;]+)/.exec(headers.get('content-security-policy') ?? '')?.[1];
    assert.equal(policyOf(await browser.open(megan.link())), 'data:');
    await browser.signIn(megan.link(), 'Megan', { pages: [] });
    const picker = await browser.open(plainAddress(browser));
    const pictures = [...picker.text.matchAll(/<img src="([^"]+)" alt="" referrerpolicy="no-referrer"/g)];
    const addresses = pictures.map(([, address = '']) => new URL(address));
    assert.equal(addresses.length, 2);
    // Facebook's own host for pictures, which the sandbox stands for.
    assert.deepEqual([...new Set(addresses.map(({ pathname }) => pathname.split('/')[1]))], ['scontent.xx.fbcdn.net']);
    assert.equal(policyOf(picker), `data: ${addresses[0]?.origin}`);
    for (const address of addresses) {
      const picture = await fetch(address);
      assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/svg+xml; charset=utf-8']);
    }
  });

  it("show what came of it when the network's answer is loaded again", async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const browser = new Browser();
    const code = codeOn(await browser.signIn(megan.link(), 'contoso'));
    const answer = browser.visited.find((url) => url.includes('/link/callback/x?'));
    assert.ok(answer);
    assert.equal(codeOn((await browser.open(answer)).text), code);
    plainAddress(browser);
    assert.match((await new Browser().open(answer)).text, /used already/);
  });

  it('do not mix up two sign-ins side by side in one browser', async () => {
    const megan = story.player('megan');
    const browser = new Browser();
    await megan.says('add x');
    const first = megan.link();
    await megan.says('add youtube');
    const second = megan.link();
    await browser.open(first, new URLSearchParams());
    const consent = browser.location;
    const code = codeOn(await browser.signIn(second, 'social@contoso.example'));
    assert.ok(code);
    assert.match(consent, /x\.com/);
    assert.ok(codeOn(await browser.signIn(first, 'contoso')));
    await megan.says(`code ${code}`);
    megan.sees('Contoso');
  });

  it('go on only for the page that was shown: not for a form of another site, nor for one that says nothing', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const own = new URL(megan.link()).origin;
    const press = async (headers: Record<string, string>) => {
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(megan.link(), {
        method: 'POST',
        headers: { ...type, ...headers },
        redirect: 'manual',
      });
      return { status: response.status, cookie: response.headers.getSetCookie()[0] };
    };
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: own, 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      assert.deepEqual(await press(headers), { status: 403, cookie: undefined }, JSON.stringify(headers));
    }
    const brought = await press({ origin: own, cookie: `link=${'a'.repeat(43)}` });
    const again = await press({ 'sec-fetch-site': 'same-origin', cookie: brought.cookie?.split(';')[0] ?? '' });
    assert.deepEqual([brought.status, again.status], [200, 200]);
    const values = [brought, again].map(
      ({ cookie }) => /^link-[\w-]{12}=([\w-]{43}); Path=\/; HttpOnly; SameSite=Lax/.exec(cookie ?? '')?.[1],
    );
    assert.ok(values[0] && values[1] && values[0] !== values[1], String(values));
    assert.ok(!values.includes('a'.repeat(43)));
  });

  it('send forms to this bot only, open in a window of their own, and lead nowhere else by themselves', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const { headers } = await fetch(megan.link());
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*form-action 'self'/);
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(headers.get('referrer-policy'), 'same-origin');
    assert.equal(headers.get('server'), null);
  });

  it('work in the same moment in which their link is posted', async () => {
    const megan = story.player('megan');
    const { connector } = story.sandbox;
    for (let n = 0; n < 15; n++) {
      const said = connector.say({ from: megan.id, text: 'add x' });
      const browser = new Browser();
      let link = '';
      const seen = connector.transcript(connector.personal(megan.id)).length;
      while (link === '') {
        await new Promise((resolve) => setImmediate(resolve));
        const text = JSON.stringify(connector.transcript(connector.personal(megan.id)).slice(seen));
        link = /"url":"(http[^"]*\/link\/[\w-]{54})"/.exec(text)?.[1] ?? '';
      }
      assert.match((await browser.open(link, new URLSearchParams())).text, /name="account"/);
      await said;
    }
    await story.settled();
  });

  it('are pages also when the store does not answer, and nothing is lost by that', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    const browser = new Browser();
    const { linkouts } = story.store;
    const [get, find] = [linkouts.get, linkouts.find];
    const down = (isDown: boolean) => {
      linkouts.get = isDown ? () => Promise.reject(new StoreDown('gone')) : get;
      linkouts.find = isDown ? () => Promise.reject(new StoreDown('gone')) : find;
    };
    const pageWhenDown = async (url: string, form?: URLSearchParams) => {
      down(true);
      const { status, text } = await browser.open(url, form);
      down(false);
      assert.equal(status, 503);
      assert.match(text, /<h1>That did not work<\/h1>.*I can&#39;t reach my memory just now.*reference [0-9A-F]{6}/s);
    };
    await pageWhenDown(megan.link());
    await pageWhenDown(megan.link(), new URLSearchParams());
    let answer = '';
    browser.detour = (url) => {
      if (!url.includes('/link/callback/')) return url;
      answer = url;
      return megan.link();
    };
    await browser.signIn(megan.link(), 'contoso');
    browser.detour = (url) => url;
    await pageWhenDown(answer);
    assert.ok(codeOn((await browser.open(answer)).text));
  });
});

/** The first Page of a picker that can be chosen. */
function accountOn(picker: string): string {
  return /name="account" value="([^"]+)"/.exec(picker)?.[1] ?? assert.fail(picker);
}
