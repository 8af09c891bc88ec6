import assert from 'node:assert/strict';
import { linkedInMemberApp, sandboxApps } from '../../src/sandbox/networks/index.js';
import { answering, daysUntil, type Harness, jsonOf, signIn, startHarness, troubleOf } from './networks-harness.js';

const alex = 'aLeX_w1lb3r';

describe('what is odd about LinkedIn', () => {
  let harness: Harness;
  const linkedIn = () => harness.networks.of('linkedin-page');
  const app = () => harness.networks.appFor('linkedin-page');

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('asks for the same full set for members and Pages on one app, so that neither ends the other', async () => {
    const scopes = (type: 'linkedin-member' | 'linkedin-page') => linkedIn().scopes(type);
    assert.deepEqual(scopes('linkedin-member'), scopes('linkedin-page'));
    const member = await signIn(harness, 'linkedin-member');
    await signIn(harness, 'linkedin-page');
    await linkedIn().check('linkedin-member', member, alex);
  });

  it('asking for another set on the same app ends the earlier sign-in', async () => {
    const member = await signIn(harness, 'linkedin-member');
    harness.fakes.fault('linkedin', { kind: 'missingScope', scope: 'r_organization_social', times: 1 });
    await signIn(harness, 'linkedin-member');
    const trouble = await troubleOf(harness, linkedIn().check('linkedin-member', member, alex));
    assert.equal(trouble.kind, 'dead');
  });

  it('lists every Page over all result pages, each once, only with an approved role', async () => {
    const tokens = await signIn(harness, 'linkedin-page');
    const pages = await linkedIn().accounts('linkedin-page', tokens);
    assert.deepEqual(
      pages.map(({ handle }) => handle),
      ['contoso', 'contoso-careers', 'Page 5001003', 'contoso-emea'],
    );
    assert.match(pages[2]?.unusable ?? '', /role on this Page does not let you publish/);
  });

  it('a Page whose role was lost is not allowed, and the sign-in stays', async () => {
    const tokens = await signIn(harness, 'linkedin-page');
    const trouble = await troubleOf(harness, linkedIn().check('linkedin-page', tokens, '5001003'));
    assert.equal(trouble.kind, 'notAllowed');
  });

  it('a refresh token stays the same, and its end a year after the first sign-in does not move', async () => {
    const tokens = await signIn(harness, 'linkedin-page');
    assert.equal(daysUntil(harness, tokens.accessEndsAt), 60);
    assert.equal(daysUntil(harness, tokens.grantEndsAt), 365);
    harness.forward(350 * 86_400);
    const renewed = await linkedIn().refresh(app(), 'linkedin-page', tokens);
    assert.equal(renewed.refresh, tokens.refresh);
    assert.deepEqual([daysUntil(harness, renewed.grantEndsAt), daysUntil(harness, renewed.accessEndsAt)], [15, 15]);
    harness.forward(16 * 86_400);
    assert.equal((await troubleOf(harness, linkedIn().refresh(app(), 'linkedin-page', renewed))).kind, 'dead');
  });

  it('a revoked token is dead at once, without asking for a refresh first', async () => {
    const tokens = await signIn(harness, 'linkedin-member');
    await linkedIn().revoke(app(), 'linkedin-member', tokens);
    assert.equal((await troubleOf(harness, linkedIn().check('linkedin-member', tokens, alex))).kind, 'dead');
  });

  it('an old version (426) is for whoever runs this, and a daily limit ends at midnight UTC', async () => {
    const answers = [jsonOf(426, { status: 426, code: 'NONEXISTENT_VERSION' }), jsonOf(429, { status: 429 })];
    const stub = answering('organizationAcls', () => answers.shift() ?? jsonOf(500, {}));
    const other = await startHarness({ fetch: stub.fetch });
    const tokens = await signIn(other, 'linkedin-page');
    const check = () => troubleOf(other, other.networks.of('linkedin-page').check('linkedin-page', tokens, '5001001'));
    const old = await check();
    assert.deepEqual([old.kind, /update this bot/.test(old.message)], ['notSetUp', true]);
    const limit = await check();
    assert.equal(limit.kind, 'wait');
    assert.match(limit.retryAt?.toISOString() ?? '', /T00:00:00.000Z$/);
    assert.equal(stub.asked[0]?.headers.get('linkedin-version'), '202607');
    await other.stop();
  });
});

describe('LinkedIn with two apps', () => {
  let harness: Harness;
  before(async () => {
    const apps = { linkedin: linkedInMemberApp, 'linkedin-page': sandboxApps.linkedin };
    harness = await startHarness({ apps });
  });
  after(() => harness.stop());

  it('each asks for its own scopes on its own app, and neither ends the other', async () => {
    const member = await signIn(harness, 'linkedin-member');
    const page = await signIn(harness, 'linkedin-page');
    assert.deepEqual(member.scopes, ['openid', 'profile', 'w_member_social']);
    assert.ok(page.scopes.includes('rw_organization_admin'));
    await harness.networks.of('linkedin-member').check('linkedin-member', member, alex);
    await harness.networks.of('linkedin-page').check('linkedin-page', page, '5001001');
  });

  it('an app that is no approved partner has no refresh: the sign-in ends after 60 days', async () => {
    const tokens = await signIn(harness, 'linkedin-member');
    const network = harness.networks.of('linkedin-member');
    assert.equal(tokens.refresh, undefined);
    assert.equal(daysUntil(harness, tokens.grantEndsAt), 60);
    const renewal = network.refresh(harness.networks.appFor('linkedin-member'), 'linkedin-member', tokens);
    assert.equal((await troubleOf(harness, renewal)).kind, 'unsupported');
    harness.forward(61 * 86_400);
    assert.equal((await troubleOf(harness, network.check('linkedin-member', tokens, alex))).kind, 'dead');
  });

  it('an app without the Pages product offers members only', async () => {
    const other = await startHarness({ apps: { linkedin: linkedInMemberApp, 'linkedin-page': 'none' } });
    assert.deepEqual(other.networks.offered, ['linkedin-member']);
    const tokens = await signIn(other, 'linkedin-member');
    assert.deepEqual(tokens.scopes, ['openid', 'profile', 'w_member_social']);
    assert.throws(() => other.networks.of('linkedin-page'));
    await other.stop();
  });
});
