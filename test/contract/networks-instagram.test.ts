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
    assert.equal((await troubleOf(harness, another)).kind, 'notAllowed');
    await instagram().revoke(harness.networks.appFor('instagram-account'), 'instagram-account', contoso.tokens);
    const dead = instagram().check('instagram-account', contoso.tokens, '17841400000000101');
    assert.equal((await troubleOf(harness, dead)).kind, 'dead');
  });
});
