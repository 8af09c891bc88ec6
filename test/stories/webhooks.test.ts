import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { Story } from './story.js';

/** What Meta posts, as its documentation describes: signature and payload, both base64url, in one form field. */
function signedRequest(user: string, secret: string, at: Date): URLSearchParams {
  const claims = { algorithm: 'HMAC-SHA256', issued_at: Math.floor(at.getTime() / 1000), user_id: user };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const signature = createHmac('sha256', secret).update(payload).digest('base64url');
  return new URLSearchParams({ signed_request: `${signature}.${payload}` });
}

describe('a network that says a person took the access away', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.open();
  });
  afterEach(() => story.close());

  const post = (path: string, body: URLSearchParams | string, headers: Record<string, string> = {}) =>
    fetch(`${story.app.address}${path}`, { method: 'POST', body, headers });
  /** X's event, and the header that signs it. */
  const revokeOf = (user: string | undefined): [string, Record<string, string>] => {
    const body = JSON.stringify({
      data: { event_type: 'oauth.revoke', payload: { user_id: user, date_time: soon().toISOString() } },
    });
    const signature = `sha256=${createHmac('sha256', sandboxApps.x.clientSecret).update(body).digest('base64')}`;
    return [body, { 'content-type': 'application/json', 'x-twitter-webhooks-signature': signature }];
  };
  const grants = () => story.store.grants.find('11111111-1111-4111-8111-111111111111', {});
  const soon = () => new Date(Date.now() + 2000);

  it('makes the sign-in dead, and its owner is told with a button that mends it', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook page', ['Contoso']);
    const [grant] = await grants();
    assert(grant?.networkUser);
    const { clientSecret } = sandboxApps.facebook;
    story.passes({ minutes: 1 });
    story.sandbox.networks.fault('facebook', { kind: 'revoked' });
    const response = await post('/callback/facebook/revoked', signedRequest(grant.networkUser, clientSecret, soon()));
    assert.equal(response.status, 200);
    await story.settled();
    assert.equal((await grants())[0]?.state, 'dead');
    await story.sweeps();
    megan.looksAtChat();
    assert(
      megan.buttons().some((title) => /Renew/.test(title)),
      megan.words(),
    );
    await megan.says('show contoso');
    megan.sees('Not valid');
  });

  it('is asked before it is believed: a sign-in that it still takes stays, and is looked at again soon', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook page', ['Contoso']);
    const [grant] = await grants();
    assert(grant?.networkUser);
    const { clientSecret } = sandboxApps.facebook;
    await post('/callback/facebook/revoked', signedRequest(grant.networkUser, clientSecret, soon()));
    await story.settled();
    const [after] = await grants();
    assert.equal(after?.state, 'good');
    const minutes = (Number(after?.checkAt) - Number(story.now())) / 60_000;
    assert.ok(minutes > 9 && minutes <= 10, String(minutes));
  });

  it('leaves what it does not answer about to the next check', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const [grant] = await grants();
    story.sandbox.networks.fault('x', { kind: 'error' });
    await post('/callback/x/revoked', ...revokeOf(grant?.externalId));
    await story.settled();
    assert.deepEqual(
      (await grants()).map(({ state, reason }) => [state, reason]),
      [['unknown', 'outage']],
    );
    story.sandbox.networks.fault('x', { kind: 'revoked' });
    story.passes({ minutes: 15 });
    await story.sweeps();
    assert.equal((await grants())[0]?.state, 'dead');
  });

  it('has what is kept deleted when it asks for that, with a page that says so', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook page', ['Contoso', 'Contoso Support']);
    const [grant] = await grants();
    assert(grant?.networkUser);
    const { clientSecret } = sandboxApps.facebook;
    const asked = signedRequest(grant.networkUser, clientSecret, soon());
    const response = await post('/callback/facebook/deletion', asked);
    const answer = (await response.json()) as { url: string; confirmation_code: string };
    await story.settled();
    assert.deepEqual(await grants(), []);
    assert.match(await (await fetch(answer.url)).text(), /Every sign-in of that account was removed/);
    assert.equal((await fetch(`${story.app.address}/callback/deletion/made-up`)).status, 404);
    const kept = () => story.store.marks.find('11111111-1111-4111-8111-111111111111', {});
    const receipts = async () => (await kept()).filter(({ id }) => id.startsWith('deletion:'));
    const [receipt] = await receipts();
    for (let again = 0; again < 3; again++) {
      const replayed = await post('/callback/facebook/deletion', asked);
      assert.deepEqual(await replayed.json(), answer);
    }
    assert.deepEqual(await receipts(), [receipt]);
    await megan.says('history @contoso');
    megan.sees('had the sign-in of Megan Bowen deleted');
  });

  it('is not believed without its signature, for a later sign-in, or from a network that has no such call', async () => {
    const megan = story.player('megan');
    await megan.adds('Alex Wilber', 'facebook page', ['Contoso']);
    const [grant] = await grants();
    assert(grant?.networkUser);
    const { clientSecret } = sandboxApps.facebook;
    assert.equal(
      (await post('/callback/facebook/revoked', signedRequest(grant.networkUser, 'guessed', soon()))).status,
      401,
    );
    const early = new Date(Date.now() - 3_600_000);
    assert.equal(
      (await post('/callback/facebook/revoked', signedRequest(grant.networkUser, clientSecret, early))).status,
      200,
    );
    assert.equal(
      (await post('/callback/youtube/revoked', signedRequest(grant.networkUser, clientSecret, soon()))).status,
      404,
    );
    assert.equal((await post('/callback/facebook/revoked', 'nonsense')).status, 401);
    await story.settled();
    assert.equal((await grants())[0]?.state, 'good');
  });

  it('X signs the whole body, and asks whether we hold its secret', async () => {
    const megan = story.player('megan');
    await megan.adds('contoso');
    const { clientSecret } = sandboxApps.x;
    const asked = await fetch(`${story.app.address}/callback/x/revoked?crc_token=abc`);
    const expected = createHmac('sha256', clientSecret).update('abc').digest('base64');
    assert.deepEqual(await asked.json(), { response_token: `sha256=${expected}` });
    const sentence = '{"data":{"event_type":"oauth.revoke"}}';
    const forged = await fetch(`${story.app.address}/callback/x/revoked?crc_token=${encodeURIComponent(sentence)}`);
    assert.equal(forged.status, 404);
    const [grant] = await grants();
    const [body, headers] = revokeOf(grant?.externalId);
    story.passes({ minutes: 1 });
    story.sandbox.networks.fault('x', { kind: 'revoked' });
    assert.equal((await post('/callback/x/revoked', body.replace('oauth', 'other'), headers)).status, 401);
    assert.equal((await post('/callback/x/revoked', body, headers)).status, 200);
    await story.settled();
    assert.equal((await grants())[0]?.state, 'dead');
  });
});
