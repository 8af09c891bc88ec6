import assert from 'node:assert/strict';
import { createBrowserIdentity, IdentityTrouble, type IdentityVisit } from '../../src/directory/browserIdentity.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import { Browser } from '../stories/story.js';
import { startIdentityProvider } from './identityProvider.js';

const tenant = '11111111-1111-4111-8111-111111111111';
const megan = { oid: 'aaaaaaaa-0000-4000-8000-000000000002', tid: tenant, name: 'Megan Bowen' };
/** Nothing listens there: the browser stops with the address it was sent to. */
const redirectUri = 'http://127.0.0.1:9/link/callback/entra';

describe("the organisation's own sign-in", () => {
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>;
  before(async () => {
    provider = await startIdentityProvider(tenant, [redirectUri]);
  });
  after(() => provider.close());

  const visit = (more: Partial<IdentityVisit> = {}): IdentityVisit => ({
    tenant,
    redirectUri,
    state: 'state-1',
    nonce: 'nonce-1',
    verifier: 'v'.repeat(64),
    ...more,
  });
  const identity = () =>
    createBrowserIdentity({
      clientId: 'browser-app',
      clientSecret: 'browser-app-secret',
      authority: 'https://login.microsoftonline.com',
      outbound: outboundThrough(provider.origin),
    });

  /** Follows the provider's redirects until it sends the browser back, and gives that address. */
  async function comesBack(browserIdentity: ReturnType<typeof identity>, at: IdentityVisit): Promise<URL> {
    const browser = new Browser();
    const url = await browserIdentity.authorizeUrl(at);
    await assert.rejects(browser.open(url.href));
    return new URL(browser.visited.at(-1) ?? '');
  }

  it('names who is in the browser by object id and tenant', async () => {
    provider.signsIn(megan);
    const own = identity();
    const who = await own.identify(visit(), await comesBack(own, visit()));
    assert.deepEqual(who, { person: megan.oid, tenant, name: 'Megan Bowen' });
  });

  it('is asked with PKCE, state and nonce, without a secret in the address', async () => {
    const url = await identity().authorizeUrl(visit());
    assert.equal(url.origin, provider.origin);
    assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
    assert.equal(url.searchParams.get('nonce'), 'nonce-1');
    assert(!url.href.includes('browser-app-secret') && !url.href.includes('v'.repeat(64)));
  });

  const notBelieved: [string, Partial<IdentityVisit>][] = [
    ['another state', { state: 'state-2' }],
    ['another nonce', { nonce: 'nonce-2' }],
    ['another PKCE verifier', { verifier: 'w'.repeat(64) }],
  ];
  for (const [what, changed] of notBelieved) {
    it(`is not believed with ${what}`, async () => {
      provider.signsIn(megan);
      const own = identity();
      const returned = await comesBack(own, visit());
      await assert.rejects(own.identify(visit(changed), returned), (error) => {
        assert(error instanceof IdentityTrouble);
        return error.kind === 'notBelieved';
      });
    });
  }

  it('is believed once: a replayed answer is refused', async () => {
    provider.signsIn(megan);
    const own = identity();
    const returned = await comesBack(own, visit());
    await own.identify(visit(), returned);
    await assert.rejects(own.identify(visit(), returned), IdentityTrouble);
  });

  it('may be stopped by the person', async () => {
    provider.signsIn('cancels');
    const own = identity();
    const returned = await comesBack(own, visit());
    await assert.rejects(
      own.identify(visit(), returned),
      (error) => error instanceof IdentityTrouble && error.kind === 'declined',
    );
  });

  it('that cannot be reached is trouble, not a hang', async () => {
    const nowhere = createBrowserIdentity({
      clientId: 'browser-app',
      clientSecret: 'x',
      authority: 'https://login.microsoftonline.com',
      outbound: outboundThrough('http://127.0.0.1:9'),
    });
    await assert.rejects(
      nowhere.authorizeUrl(visit()),
      (error) => error instanceof IdentityTrouble && error.kind === 'unreachable',
    );
  });
});
