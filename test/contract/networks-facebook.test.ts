import assert from 'node:assert/strict';
import {
  answering,
  consent,
  daysUntil,
  type Harness,
  jsonOf,
  signIn,
  signInOf,
  startHarness,
  troubleOf,
} from './networks-harness.js';

describe('what is odd about Facebook', () => {
  let harness: Harness;
  const facebook = () => harness.networks.of('facebook-page');
  const app = () => harness.networks.appFor('facebook-page');
  const pagesOf = async (account: string) => {
    const tokens = await signIn(harness, 'facebook-page', { account });
    return facebook().accounts('facebook-page', tokens);
  };

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('a sign-in becomes a long one of 60 days at once', async () => {
    const tokens = await signIn(harness, 'facebook-user');
    assert.equal(daysUntil(harness, tokens.grantEndsAt), 60);
    assert.equal(tokens.refresh, undefined);
  });

  it('every result page is followed, and Pages that only a business shows are there once', async () => {
    const names = (await pagesOf('Alex Wilber')).map(({ name }) => name).sort();
    assert.deepEqual(names, [
      'Contoso',
      'Contoso Analytics Club',
      'Contoso Careers',
      'Contoso EMEA',
      'Contoso Events',
      'Contoso Support',
    ]);
  });

  it('a Page without the task to create content is shown with the reason, and has no tokens', async () => {
    const page = (await pagesOf('Alex Wilber')).find(({ name }) => name === 'Contoso Analytics Club');
    assert.match(page?.unusable ?? '', /does not let you create content/);
    assert.equal(page?.tokens, undefined);
  });

  it("a Page's own token has no end and outlives the person's 60 days", async () => {
    const page = (await pagesOf('Megan Bowen')).find(({ name }) => name === 'Contoso');
    assert.ok(page?.tokens && !page.tokens.accessEndsAt && !page.tokens.grantEndsAt);
    harness.forward(61 * 86_400);
    await facebook().check('facebook-page', page.tokens, page.externalId);
  });

  it("a Page without a user name goes by its name and number, and a person's id differs from app to app", async () => {
    const page = (await pagesOf('Alex Wilber')).find(({ name }) => name === 'Contoso Careers');
    assert.equal(page?.handle, 'Contoso Careers');
    assert.equal(page?.url, 'https://www.facebook.com/200000000000103');
  });

  it("revoking ends all of the person's Pages, even with a person's token that has ended", async () => {
    const [one, two] = (await pagesOf('Alex Wilber')).filter(({ tokens }) => tokens);
    assert.ok(one?.tokens && two?.tokens);
    harness.forward(61 * 86_400);
    await facebook().revoke(app(), 'facebook-page', one.tokens);
    const trouble = await troubleOf(harness, facebook().check('facebook-page', two.tokens, two.externalId));
    assert.equal(trouble.kind, 'dead');
    assert.match(trouble.message, /permission was taken back/);
  });

  it('a permission the person unticked is missing, and is asked for again the next time', async () => {
    const person = { account: 'Frida Berg', untick: ['pages_messaging'] };
    const tokens = await signIn(harness, 'facebook-page', person);
    assert.ok(!tokens.scopes.includes('pages_messaging'));
    const again = await signIn(harness, 'facebook-page', { account: 'Frida Berg' });
    assert.ok(again.scopes.includes('pages_messaging'));
  });

  it('without the word that asks again, Facebook leaves out what was declined', async () => {
    await signIn(harness, 'facebook-page', { account: 'Frida Berg', untick: ['pages_messaging'] });
    const asked = signInOf(harness.networks, 'facebook-page');
    const url = await facebook().authorizeUrl(asked);
    url.searchParams.delete('auth_type');
    const tokens = await facebook().exchange(asked, await consent(url, { account: 'Frida Berg' }));
    assert.ok(!tokens.scopes.includes('pages_messaging'));
  });

  it('somebody without Pages gets an empty list', async () => {
    assert.deepEqual(await pagesOf('Ben Walters'), []);
    harness.fakes.fault('facebook', { kind: 'noPages', times: 1 });
    assert.ok((await pagesOf('Megan Bowen')).length === 0);
  });

  it('a limit without a time means a quarter of an hour; a passing fault is asked again', async () => {
    let calls = 0;
    const limited = answering('/me?', () => (++calls === 1 ? error(2) : error(4)));
    const other = await startHarness({ fetch: limited.fetch });
    const tokens = await signIn(other, 'facebook-user');
    const trouble = await troubleOf(other, other.networks.of('facebook-user').check('facebook-user', tokens, '1'));
    assert.equal(trouble.kind, 'wait');
    assert.equal(Math.round((Number(trouble.retryAt) - Number(other.now())) / 60_000), 15);
    assert.equal(calls, 2);
    await other.stop();
  });

  const error = (code: number) => jsonOf(400, { error: { code, message: 'x' } });

  it("a next link's token travels in the header, and a link to another host is not followed", async () => {
    const evil = { data: [], paging: { next: 'https://evil.example/v27.0/me/accounts?access_token=EAAB' } };
    const stub = answering('/me/accounts', () => jsonOf(200, evil));
    const other = await startHarness({ fetch: stub.fetch });
    const tokens = await signIn(other, 'facebook-page', { untick: ['business_management'] });
    assert.deepEqual(await other.networks.of('facebook-page').accounts('facebook-page', tokens), []);
    assert.equal(stub.asked.length, 1);
    assert.ok(!stub.asked[0]?.url.includes(tokens.access));
    await other.stop();
  });
});
