import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkId } from '../../src/rules/types.js';
import { createNetworkFakes } from '../../src/sandbox/networks/index.js';
import { consent, type Harness, serve, signIn, signInOf, startHarness, troubleOf } from './networks-harness.js';

describe('the pretend networks', () => {
  let harness: Harness;
  const x = () => harness.networks.of('x-user');
  const addressOf = async (change: (url: URL) => void) => {
    const url = await x().authorizeUrl(signInOf(harness.networks, 'x-user'));
    change(url);
    return url;
  };
  const dialAt = (origin: string, init: RequestInit = {}) => fetch(`${origin}/sandbox/networks`, init);
  const turn = (network: NetworkId, fault: unknown, headers: Record<string, string> = {}) =>
    dialAt(harness.origin, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ network, fault }),
    });

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('the consent page says that it is pretend, which app asks, for what, and whom one can sign in as', async () => {
    const html = await (await fetch(await addressOf(() => {}))).text();
    for (const words of ['Pretend X', 'Social Profiles for Teams wants', 'tweet.write', 'contoso_support', 'Cancel']) {
      assert.ok(html.includes(words), words);
    }
    assert.ok(!html.includes('<script'));
  });

  it('an unknown app or an address it did not register is told to the person and never redirected', async () => {
    const changes: ((url: URL) => void)[] = [
      (url) => url.searchParams.set('client_id', 'someone-else'),
      (url) => url.searchParams.set('redirect_uri', 'https://evil.example/link/callback/x'),
      (url) => url.searchParams.set('redirect_uri', 'http://localhost:3978/link/callback/x?more=1'),
    ];
    for (const change of changes) {
      const answer = await fetch(await addressOf(change), { redirect: 'manual' });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /role="alert"/);
    }
  });

  it('a scope that the app may not ask for goes back as an error', async () => {
    const back = await consent(await addressOf((url) => url.searchParams.set('scope', 'users.read launch.rockets')));
    assert.equal(back.searchParams.get('error'), 'invalid_scope');
  });

  it('a code is good only for the redirect address it was given for', async () => {
    const asked = signInOf(harness.networks, 'x-user');
    const back = await consent(await x().authorizeUrl(asked));
    const elsewhere = { ...asked, redirectUri: 'http://127.0.0.1:3978/link/callback/x' };
    assert.equal((await troubleOf(harness, x().exchange(elsewhere, back))).kind, 'unknown');
  });

  it('a restart forgets no grant, no spent code and no secret', async () => {
    const asked = signInOf(harness.networks, 'x-user');
    const back = await consent(await x().authorizeUrl(asked));
    const tokens = await x().exchange(asked, back);
    const again = createNetworkFakes({ dataDir: harness.dataDir, clock: harness.now });
    const { server, origin } = await serve(again);
    const other = await startHarness({
      outbound: (url) => new URL(harness.outbound(url).href.replace(harness.origin, origin)),
    });
    await other.networks.of('x-user').check('x-user', tokens, '1400000000000000101');
    assert.equal((await troubleOf(harness, other.networks.of('x-user').exchange(asked, back))).kind, 'unknown');
    assert.ok(again.secrets().includes(tokens.access));
    await other.stop();
    server.close();
  });

  it('its file is for the owner’s eyes only, and the list of secrets holds every code and token', async () => {
    const tokens = await signIn(harness, 'facebook-page');
    const secrets = new Set(harness.fakes.secrets());
    assert.ok(secrets.has(tokens.access) && secrets.has(harness.networks.appFor('x-user').clientSecret));
    const file = join(harness.dataDir, 'networks.json');
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.ok(readFileSync(file, 'utf8').includes(tokens.access));
  });

  it('the dial is turned over HTTP, shown, and cleared', async () => {
    assert.equal((await turn('x', { kind: 'rateLimited', seconds: 60 })).status, 200);
    assert.deepEqual(await (await dialAt(harness.origin)).json(), {
      faults: { x: { kind: 'rateLimited', seconds: 60 } },
    });
    const tokens = await signIn(harness, 'facebook-user');
    assert.ok(tokens.access, 'other networks still work');
    assert.equal((await troubleOf(harness, signIn(harness, 'x-user'))).kind, 'wait');
    await turn('x', null);
    assert.ok((await signIn(harness, 'x-user')).access);
  });

  it('the dial is refused to another site’s page, and nonsense is refused with how to say it', async () => {
    assert.equal((await turn('x', { kind: 'error' }, { origin: 'https://evil.example' })).status, 403);
    assert.equal((await turn('x', { kind: 'explode' })).status, 400);
    assert.equal((await turn('myspace' as NetworkId, null)).status, 400);
    const broken = await dialAt(harness.origin, { method: 'POST', body: 'network=x&fault=%7Bbroken' });
    assert.equal(broken.status, 400);
    assert.deepEqual(await (await dialAt(harness.origin)).json(), { faults: {} });
  });

  it('the dial has a page for a newcomer', async () => {
    const html = await (await dialAt(harness.origin, { headers: { accept: 'text/html' } })).text();
    assert.match(html, /LinkedIn[\s\S]*too fast: wait/);
    const form = new URLSearchParams({ network: 'x', fault: 'error' });
    const options = { method: 'POST', headers: { accept: 'text/html' }, body: form, redirect: 'manual' as const };
    assert.equal((await dialAt(harness.origin, options)).status, 303);
    await turn('x', null);
  });

  it('the dial can spoil a sign-in: another account, and access tokens that are expired', async () => {
    await turn('x', { kind: 'wrongAccount', times: 1 });
    const tokens = await signIn(harness, 'x-user', { account: 'contoso' });
    const [account] = await x().accounts('x-user', tokens);
    assert.equal(account?.handle, 'contoso_support');
    await turn('x', { kind: 'expired' });
    assert.equal((await troubleOf(harness, x().accounts('x-user', tokens))).kind, 'stale');
    await turn('x', null);
  });

  it('what is not a pretend network is left to others', async () => {
    assert.equal((await fetch(`${harness.origin}/graph.microsoft.com/v1.0/me`)).status, 404);
  });
});

describe('networks whose registration is missing', () => {
  it('are not offered', async () => {
    const harness = await startHarness({ apps: {} });
    assert.deepEqual(harness.networks.offered, []);
    assert.throws(() => harness.networks.of('x-user'), /No app is set up/);
    assert.throws(() => harness.networks.appFor('x-user'), /No app is set up/);
    await harness.stop();
  });
});
