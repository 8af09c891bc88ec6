import assert from 'node:assert/strict';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
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
    const evil = { data: [], paging: { next: 'https://evil.example/v26.0/me/accounts?access_token=EAAB' } };
    const stub = answering('/me/accounts', () => jsonOf(200, evil));
    const other = await startHarness({ fetch: stub.fetch });
    const tokens = await signIn(other, 'facebook-page', { untick: ['business_management'] });
    assert.deepEqual(await other.networks.of('facebook-page').accounts('facebook-page', tokens), []);
    assert.equal(stub.asked.length, 1);
    assert.ok(!stub.asked[0]?.url.includes(tokens.access));
    await other.stop();
  });
});

describe('what is odd about Instagram', () => {
  let harness: Harness;
  const instagram = () => harness.networks.of('instagram-account');
  const app = () => harness.networks.appFor('instagram-account');

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('a sign-in of an hour becomes one of 60 days at once', async () => {
    const tokens = await signIn(harness, 'instagram-account');
    assert.equal(daysUntil(harness, tokens.grantEndsAt), 60);
  });

  it('renews only after the first day: earlier it waits, later it is dead', async () => {
    const tokens = await signIn(harness, 'instagram-account');
    const early = await troubleOf(harness, instagram().refresh(app(), 'instagram-account', tokens));
    assert.equal(early.kind, 'wait');
    assert.equal(daysUntil(harness, early.retryAt), 1);
    harness.forward(61 * 86_400);
    const late = await troubleOf(harness, instagram().refresh(app(), 'instagram-account', tokens));
    assert.equal(late.kind, 'dead');
  });

  it('the id in the token reply is not the account', async () => {
    const tokens = await signIn(harness, 'instagram-account', { account: 'contoso' });
    const [account] = await instagram().accounts('instagram-account', tokens);
    assert.equal(account?.externalId, '17841400000000101');
    assert.ok(tokens.extra?.user && tokens.extra.user !== account?.externalId);
  });

  it('a personal account is shown with what to do', async () => {
    const tokens = await signIn(harness, 'instagram-account', { account: 'alex.wilber' });
    const [account] = await instagram().accounts('instagram-account', tokens);
    assert.match(account?.unusable ?? '', /switch it to a professional one/);
  });

  it('a flat token reply is read as well as the documented list', async () => {
    const flat = { access_token: 'IGAA-planted', user_id: 77, permissions: ['instagram_business_basic'] };
    const long = { access_token: 'IGAA-long', token_type: 'bearer', expires_in: 5_184_000 };
    const answers = [flat, long];
    const stub = answering('access_token', () => jsonOf(200, answers.shift()));
    const other = await startHarness({ fetch: stub.fetch });
    const tokens = await signIn(other, 'instagram-account');
    assert.equal(tokens.access, 'IGAA-long');
    assert.deepEqual(tokens.scopes, ['instagram_business_basic']);
    assert.equal(tokens.extra?.user, '77');
    await other.stop();
  });

  it('a code with the trailing sign that Instagram adds still works', async () => {
    const asked = signInOf(harness.networks, 'instagram-account');
    const back = await consent(await instagram().authorizeUrl(asked));
    assert.equal(back.hash, '#_');
    back.hash = '';
    back.searchParams.set('code', `${back.searchParams.get('code')}#_`);
    assert.ok((await instagram().exchange(asked, back)).access);
  });
});

describe('Instagram through a Facebook Page', () => {
  let harness: Harness;
  const instagram = () => harness.networks.of('instagram-account');

  before(async () => {
    harness = await startHarness({ apps: { ...sandboxApps, instagram: sandboxApps.facebook } });
  });
  after(() => harness.stop());

  it('is used when the administrator set one app for both, and asks for its own scopes', () => {
    assert.ok(instagram().scopes('instagram-account').includes('instagram_basic'));
  });

  it('lists the linked accounts, with the Page’s token, and greys Pages without one', async () => {
    const tokens = await signIn(harness, 'instagram-account', { account: 'Alex Wilber' });
    const accounts = await instagram().accounts('instagram-account', tokens);
    const usable = accounts.filter(({ unusable }) => !unusable).map(({ handle }) => handle);
    assert.deepEqual(usable, ['contoso', 'contoso.events']);
    assert.match(accounts.find(({ unusable }) => unusable)?.unusable ?? '', /No Instagram account is linked/);
    const contoso = accounts.find(({ handle }) => handle === 'contoso');
    assert.ok(contoso?.tokens && !contoso.tokens.grantEndsAt);
    await instagram().check('instagram-account', contoso.tokens, '17841400000000101');
    const another = instagram().check('instagram-account', contoso.tokens, '17841400000000102');
    assert.equal((await troubleOf(harness, another)).kind, 'unknown');
    await instagram().revoke(harness.networks.appFor('instagram-account'), 'instagram-account', contoso.tokens);
    const dead = instagram().check('instagram-account', contoso.tokens, '17841400000000101');
    assert.equal((await troubleOf(harness, dead)).kind, 'dead');
  });
});
