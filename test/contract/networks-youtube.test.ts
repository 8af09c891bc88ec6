import assert from 'node:assert/strict';
import { answering, daysUntil, type Harness, jsonOf, signIn, startHarness, troubleOf } from './networks-harness.js';

const id = 'UCcontoso0000000000000101';

describe('what is odd about YouTube', () => {
  let harness: Harness;
  const youtube = () => harness.networks.of('youtube-user');
  const app = () => harness.networks.appFor('youtube-user');
  const channelsOf = async (account: string) => {
    const tokens = await signIn(harness, 'youtube-user', { account });
    return youtube().accounts('youtube-user', tokens);
  };

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('asks for offline access and consent, without which there is no refresh token', async () => {
    const url = await youtube().authorizeUrl({
      type: 'youtube-user',
      app: app(),
      redirectUri: 'http://localhost:3978/link/callback/youtube',
      state: 'state',
      verifier: 'v'.repeat(43),
    });
    assert.equal(url.searchParams.get('access_type'), 'offline');
    assert.equal(url.searchParams.get('prompt'), 'consent');
  });

  it('a refresh keeps the refresh token, which is not sent again', async () => {
    const tokens = await signIn(harness, 'youtube-user');
    const renewed = await youtube().refresh(app(), 'youtube-user', tokens);
    assert.equal(renewed.refresh, tokens.refresh);
    assert.notEqual(renewed.access, tokens.access);
    assert.equal(renewed.grantEndsAt, undefined);
  });

  it('while the Google app is in testing, a sign-in ends after 7 days and says so', async () => {
    harness.fakes.googleTesting(true);
    const tokens = await signIn(harness, 'youtube-user');
    harness.fakes.googleTesting(false);
    assert.equal(daysUntil(harness, tokens.grantEndsAt), 7);
    assert.match(tokens.extra?.warning ?? '', /testing/);
    const renewed = await youtube().refresh(app(), 'youtube-user', tokens);
    assert.deepEqual(renewed.grantEndsAt, tokens.grantEndsAt);
    harness.forward(8 * 86_400);
    assert.equal((await troubleOf(harness, youtube().refresh(app(), 'youtube-user', tokens))).kind, 'dead');
  });

  it('several channels come over all result pages; one without a handle goes by its title', async () => {
    const channels = await channelsOf('Contoso Media');
    assert.deepEqual(
      channels.map(({ handle }) => handle),
      ['contosohowto', 'contosoevents', 'Contoso Archive'],
    );
  });

  it('a Google account without a channel gives an empty list, however Google says it', async () => {
    assert.deepEqual(await channelsOf('Ben Walters'), []);
    const body = { error: { code: 401, errors: [{ reason: 'youtubeSignupRequired' }] } };
    const other = await startHarness({ fetch: answering('/channels', () => jsonOf(401, body)).fetch });
    const tokens = await signIn(other, 'youtube-user');
    assert.deepEqual(await other.networks.of('youtube-user').accounts('youtube-user', tokens), []);
    await other.stop();
  });

  it('a used-up day quota is waited for until midnight in California', async () => {
    const body = { error: { code: 403, errors: [{ reason: 'quotaExceeded' }] } };
    const other = await startHarness({ fetch: answering('/channels', () => jsonOf(403, body)).fetch });
    const tokens = await signIn(other, 'youtube-user');
    const trouble = await troubleOf(other, other.networks.of('youtube-user').check('youtube-user', tokens, id));
    assert.equal(trouble.kind, 'wait');
    const hour = trouble.retryAt?.toLocaleString('en-GB', {
      timeZone: 'America/Los_Angeles',
      hour: '2-digit',
      minute: '2-digit',
    });
    assert.equal(hour, '00:00');
    await other.stop();
  });

  it('a box left unticked is a missing scope, not a dead grant', async () => {
    const untick = ['readonly', 'force-ssl'].map((one) => `https://www.googleapis.com/auth/youtube.${one}`);
    const tokens = await signIn(harness, 'youtube-user', { account: 'Fabrikam', untick });
    assert.equal((await troubleOf(harness, youtube().accounts('youtube-user', tokens))).kind, 'notAllowed');
  });

  it('revoking one sign-in of an account ends every other of the same account', async () => {
    const one = await signIn(harness, 'youtube-user');
    const two = await signIn(harness, 'youtube-user');
    await youtube().revoke(app(), 'youtube-user', one);
    assert.equal((await troubleOf(harness, youtube().refresh(app(), 'youtube-user', two))).kind, 'dead');
  });
});
