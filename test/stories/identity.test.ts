import assert from 'node:assert/strict';
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startIdentityProvider } from '../contract/identityProvider.js';
import { Browser, Story } from './story.js';

const tenant = '11111111-1111-4111-8111-111111111111';
const identityPath = `/login.microsoftonline.com/${tenant}/v2.0`;

/** One origin for all that is outside: the organisation's sign-in goes to a real OpenID provider, the rest to the sandbox. */
async function outside(targetFor: (path: string) => string): Promise<{ origin: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    const to = new URL(incoming.url ?? '/', targetFor(incoming.url ?? '/'));
    const passed = forward(
      to,
      {
        method: incoming.method,
        headers: { ...incoming.headers, host: to.host, ...(incoming.headers.origin ? { origin: to.origin } : {}) },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe("a sign-in with the organisation's own sign-in set up", () => {
  let story: Story;
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  let router: Awaited<ReturnType<typeof outside>>;
  const redirects: string[] = [];
  const people = {
    megan: { oid: 'aaaaaaaa-0000-4000-8000-000000000002', tid: tenant, name: 'Megan Bowen' },
    adele: { oid: 'aaaaaaaa-0000-4000-8000-000000000003', tid: tenant, name: 'Adele Vance' },
    stranger: {
      oid: 'aaaaaaaa-0000-4000-8000-000000000002',
      tid: '99999999-9999-4999-8999-999999999999',
      name: 'Megan Elsewhere',
    },
  };

  beforeEach(async () => {
    // At the start the bot asks the directory before anybody here knows its port: that is answered with 502.
    let sandbox = 'http://127.0.0.1:9';
    router = await outside((path) => (path.startsWith(identityPath) ? provider.origin : sandbox));
    story = await Story.open({
      OUTBOUND_ORIGIN: router.origin,
      ENTRA_CLIENT_ID: 'browser-app',
      ENTRA_CLIENT_SECRET: 'browser-app-secret',
    });
    sandbox = `http://127.0.0.1:${story.app.port}`;
    redirects.push(`${story.app.address}/link/callback/entra`);
    provider = await startIdentityProvider(tenant, [...redirects], router.origin);
  });
  afterEach(async () => {
    await story.close();
    await provider.close();
    router.server.closeAllConnections();
    router.server.close();
  });

  const link = (player: ReturnType<Story['player']>) => String(player.action('Sign in to X').url);

  it('needs no code: the card in the chat becomes the profile by itself', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    provider.signsIn(people.megan);
    const page = await new Browser().signIn(link(megan), 'contoso');
    assert.match(page, /@contoso \(X profile\) is added, and you own it/);
    await story.settled();
    megan.sees('@contoso (X profile) is added, and you own it', 'Valid');
  });

  it('is kept while the directory does not answer: the page offers to try again, and can be loaded again', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    provider.signsIn(people.megan);
    const browser = new Browser();
    story.sandbox.company.down(true);
    assert.match(await browser.signIn(link(megan), 'contoso'), /Almost done.*Your sign-in is kept/s);
    assert.match((await browser.open(browser.location)).text, /Almost done/);
    story.sandbox.company.down(false);
    story.passes({ minutes: 1 });
    assert.match((await new Browser().open(browser.location, new URLSearchParams())).text, /used already/);
    const { text } = await browser.open(browser.location, new URLSearchParams());
    assert.match(text, /@contoso \(X profile\) is added, and you own it/);
    assert.match((await browser.open(browser.location)).text, /@contoso \(X profile\) is added, and you own it/);
    await story.settled();
    megan.sees('@contoso (X profile) is added, and you own it');
  });

  it('is refused to someone else in the browser, by name, before any network is asked', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    provider.signsIn(people.adele);
    const browser = new Browser();
    const { text } = await browser.open(link(megan), new URLSearchParams());
    assert.match(text, /In this browser Adele Vance is signed in, but the link is for Megan Bowen/);
    provider.signsIn(people.megan);
    assert.match(await new Browser().signIn(link(megan), 'contoso'), /is added/);
  });

  it('is refused to the same object id of another organisation', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    provider.signsIn(people.stranger);
    const { text } = await new Browser().open(link(megan), new URLSearchParams());
    assert.match(text, /In this browser Megan Elsewhere is signed in/);
  });

  it('does not believe an answer twice, or in another browser', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    provider.signsIn(people.megan);
    const browser = new Browser();
    await browser.open(link(megan), new URLSearchParams());
    const answer = browser.visited.find((url) => url.includes('/link/callback/entra'));
    assert(answer);
    assert.match((await browser.open(answer)).text, /used already/);
    assert.match((await new Browser().open(answer)).text, /used already/);
  });

  it('that is stopped changes nothing, and says how to go on', async () => {
    const megan = story.player('megan');
    await megan.says('add x');
    provider.signsIn('cancels');
    const { text } = await new Browser().open(link(megan), new URLSearchParams());
    assert.match(text, /did not say who you are/);
    await megan.says('profiles');
    megan.seesNot('@contoso');
  });
});
