import assert from 'node:assert/strict';
import type { NetworkTrouble } from '../../src/networks/network.js';
import {
  answering,
  consent,
  type Harness,
  jsonOf,
  signIn,
  signInOf,
  startHarness,
  troubleOf,
} from './networks-harness.js';

const id = '1400000000000000101';

describe('what is odd about X', () => {
  let harness: Harness;
  const x = () => harness.networks.of('x-user');
  const app = () => harness.networks.appFor('x-user');
  /** The trouble of a check that X answers with this. */
  const checkAnswered = async (answer: () => Response): Promise<NetworkTrouble> => {
    const other = await startHarness({ fetch: answering('/2/users/me', answer).fetch });
    try {
      const tokens = await signIn(other, 'x-user');
      return await troubleOf(other, other.networks.of('x-user').check('x-user', tokens, id));
    } finally {
      await other.stop();
    }
  };

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('asked to wait twice over, keeps to the longer of both', async () => {
    const trouble = await checkAnswered(() => jsonOf(429, {}, { 'retry-after': '30, 120' }));
    assert.equal(trouble.kind, 'wait');
    // The sign-in itself took 20 seconds of that clock.
    const seconds = (Number(trouble.retryAt) - Number(harness.now())) / 1000 - 20;
    assert.ok(seconds > 118 && seconds <= 122, String(seconds));
  });

  it('a code lives 30 seconds', async () => {
    const asked = signInOf(harness.networks, 'x-user');
    const back = await consent(await x().authorizeUrl(asked));
    harness.forward(31);
    const trouble = await troubleOf(harness, x().exchange(asked, back));
    assert.match(trouble.message, /too late or used already/);
  });

  it('a refresh token works once, and using it again ends the whole grant', async () => {
    const first = await signIn(harness, 'x-user');
    const second = await x().refresh(app(), 'x-user', first);
    assert.notEqual(second.refresh, first.refresh);
    assert.equal((await troubleOf(harness, x().refresh(app(), 'x-user', first))).kind, 'dead');
    assert.equal((await troubleOf(harness, x().refresh(app(), 'x-user', second))).kind, 'dead');
  });

  it('an access token of two hours is stale, not dead, while there is a refresh token', async () => {
    const tokens = await signIn(harness, 'x-user');
    harness.forward(7201);
    assert.equal((await troubleOf(harness, x().check('x-user', tokens, id))).kind, 'stale');
    const { refresh: _refresh, ...bare } = tokens;
    assert.equal((await troubleOf(harness, x().check('x-user', bare, id))).kind, 'dead');
  });

  it('an empty refresh token in a reply does not replace one that works', async () => {
    const reply = { token_type: 'bearer', access_token: 'fresh', expires_in: 7200, refresh_token: '' };
    const other = await startHarness({ fetch: answering('/2/oauth2/token', () => jsonOf(200, reply)).fetch });
    const tokens = { access: 'old', refresh: 'still-good', scopes: ['users.read'] };
    const renewed = await other.networks.of('x-user').refresh(app(), 'x-user', tokens);
    assert.equal(renewed.access, 'fresh');
    assert.equal(renewed.refresh, 'still-good');
    await other.stop();
  });

  it('PKCE is required and S256; the verifier of another sign-in opens nothing', async () => {
    const asked = signInOf(harness.networks, 'x-user');
    const url = await x().authorizeUrl(asked);
    assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
    const back = await consent(url);
    await troubleOf(harness, x().exchange({ ...asked, verifier: 'of-somebody-else-0123456789-0123456789-01' }, back));
    url.searchParams.delete('code_challenge');
    assert.equal((await consent(url)).searchParams.get('error'), 'invalid_request');
  });

  it('the Basic header carries the signs of its secrets as they are', async () => {
    const stub = answering('/2/oauth2/token', () => jsonOf(400, { error: 'invalid_request' }));
    const other = await startHarness({ fetch: stub.fetch });
    const odd = { clientId: 'id-with_signs', clientSecret: 'secret-with_signs' };
    const tokens = { access: 'old', refresh: 'old', scopes: [] };
    await troubleOf(other, other.networks.of('x-user').refresh(odd, 'x-user', tokens));
    const header = stub.asked[0]?.headers.get('authorization')?.slice('Basic '.length) ?? '';
    assert.equal(Buffer.from(header, 'base64').toString(), 'id-with_signs:secret-with_signs');
    await other.stop();
  });

  it('a wrong client secret is the administrator’s to mend, not a dead grant', async () => {
    const tokens = await signIn(harness, 'x-user');
    const wrong = { ...app(), clientSecret: 'wrong' };
    const trouble = await troubleOf(harness, x().refresh(wrong, 'x-user', tokens));
    assert.equal(trouble.kind, 'notSetUp');
    assert.match(trouble.message, /client id or secret/);
    await x().refresh(app(), 'x-user', tokens);
  });

  it('used-up credits (402) and a capped plan stop the app, and are not waited for', async () => {
    const credits = await checkAnswered(() => jsonOf(402, { type: 'https://api.x.com/2/problems/credits-depleted' }));
    const capped = await checkAnswered(() => jsonOf(429, { type: 'https://api.x.com/2/problems/usage-capped' }));
    assert.deepEqual([credits.kind, capped.kind], ['notSetUp', 'notSetUp']);
  });

  it('the older error form with code 88 is a limit as well', async () => {
    const trouble = await checkAnswered(() => jsonOf(403, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }));
    assert.equal(trouble.kind, 'wait');
  });

  it('a 200 with errors instead of data shows nobody', async () => {
    const trouble = await checkAnswered(() => jsonOf(200, { errors: [{ title: 'Not Found Error' }] }));
    assert.equal(trouble.kind, 'unknown');
  });

  it('a missing scope is not allowed, and the grant stays', async () => {
    harness.fakes.fault('x', { kind: 'missingScope', times: 2 });
    const tokens = await signIn(harness, 'x-user');
    assert.ok(!tokens.scopes.includes('users.read'));
    assert.equal((await troubleOf(harness, x().accounts('x-user', tokens))).kind, 'notAllowed');
    harness.fakes.fault('x');
  });
});
