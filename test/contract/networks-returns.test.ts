import assert from 'node:assert/strict';
import type { TroubleKind } from '../../src/networks/network.js';
import { type ProfileType, profileTypes } from '../../src/rules/types.js';
import {
  answering,
  consent,
  type Harness,
  jsonOf,
  signIn,
  signInNow,
  signInOf,
  startHarness,
  troubleOf,
} from './networks-harness.js';

/** One type of each network, and of each way in. */
const types: readonly ProfileType[] = profileTypes;

describe('what comes back from a sign-in page', () => {
  let harness: Harness;
  let calls: string[];
  before(async () => {
    calls = [];
    harness = await startHarness({
      fetch: async (input, init) => {
        calls.push(String(input));
        return fetch(input, init);
      },
    });
  });
  after(() => harness.stop());

  /** What the network is said to have sent back, beside the state: as trouble. */
  const returned = async (type: ProfileType, query: Record<string, string>) => {
    const asked = signInOf(harness.networks, type);
    const url = new URL(asked.redirectUri);
    for (const [name, value] of Object.entries({ ...query, state: asked.state })) url.searchParams.set(name, value);
    return troubleOf(harness, harness.networks.of(type).exchange(asked, url));
  };

  const rows: [string, Record<string, string>, TroubleKind, readonly ProfileType[]][] = [
    ['nothing but the state', {}, 'unknown', types],
    ['an empty code', { code: '' }, 'unknown', types],
    ['words that nobody knows', { oops: 'constructor' }, 'unknown', types],
    ['an error that nobody knows', { error: 'constructor' }, 'unknown', types],
    ['a no', { error: 'access_denied' }, 'declined', types],
    ["LinkedIn's no", { error: 'user_cancelled_authorize' }, 'declined', ['linkedin-member', 'linkedin-page']],
    ["Meta's no", { error_reason: 'user_denied' }, 'declined', ['facebook-user', 'facebook-page', 'instagram-account']],
    ["Meta's trouble of its own", { error_code: '2' }, 'passing', ['facebook-page', 'instagram-account']],
    ['an app that is not live at Meta', { error_code: '1349187' }, 'notSetUp', ['facebook-page', 'instagram-account']],
    [
      'an app without a product',
      { error: 'unauthorized_scope_error' },
      'notSetUp',
      ['linkedin-member', 'linkedin-page'],
    ],
    ['an app that may not ask for this', { error: 'invalid_scope' }, 'notSetUp', types],
    ['a network in trouble', { error: 'temporarily_unavailable' }, 'passing', types],
    ['an answer of another issuer', { code: 'c', iss: 'https://evil.example' }, 'unknown', types],
  ];
  for (const [what, query, kind, meant] of rows) {
    it(`${what} is ${kind}, and no token is asked for`, async () => {
      for (const type of meant) {
        calls.length = 0;
        assert.equal((await returned(type, query)).kind, kind, type);
        assert.deepEqual(calls, [], type);
      }
    });
  }
});

describe('a refresh that is answered 200 with an error in it', () => {
  for (const [type, part, body] of [
    ['x-user', '/2/oauth2/token', { error: 'invalid_grant' }],
    ['linkedin-page', '/oauth/v2/accessToken', { error: 'invalid_grant' }],
    ['youtube-user', 'oauth2.googleapis.com/token', { error: 'invalid_grant' }],
    ['instagram-account', '/refresh_access_token', { error: { code: 190, message: 'x' } }],
  ] as const) {
    it(`is dead, as it says: ${type}`, async () => {
      let refreshing = false;
      const stub = answering(part, () => jsonOf(200, body));
      const harness = await startHarness({
        fetch: (input, init) => (refreshing ? stub.fetch(input, init) : fetch(input, init)),
      });
      const tokens = await signIn(harness, type);
      harness.forward(2 * 86_400);
      refreshing = true;
      const refresh = harness.networks.of(type).refresh(harness.networks.appFor(type), type, tokens);
      assert.equal((await troubleOf(harness, refresh)).kind, 'dead');
      await harness.stop();
    });
  }
});

describe('a token that the network does not know yet in the seconds after it gave it', () => {
  const dead: Partial<Record<string, () => Response>> = {
    facebook: () => jsonOf(400, { error: { code: 190, message: 'x' } }),
    instagram: () => jsonOf(400, { error: { code: 190, message: 'x' } }),
    linkedin: () => jsonOf(401, { serviceErrorCode: 65601, code: 'REVOKED_ACCESS_TOKEN' }),
  };
  const reads: Record<ProfileType, string> = {
    'x-user': '/2/users/me',
    'facebook-user': '/me?',
    'facebook-page': '/me/accounts',
    'instagram-account': '/me?',
    'linkedin-member': '/v2/me',
    'linkedin-page': '/rest/organizationAcls',
    'youtube-user': '/channels',
  };

  for (const type of profileTypes) {
    const refusal = dead[type.split('-')[0] ?? ''] ?? (() => jsonOf(401, {}));

    it(`is asked with again, and works: ${type}`, async () => {
      let refused = 0;
      const stub = answering(reads[type], refusal);
      const refuseTwice: typeof fetch = (input, init) => {
        if (refused === 2 || !String(input).includes(reads[type])) return fetch(input, init);
        refused++;
        return stub.fetch(input, init);
      };
      const harness = await startHarness({ fetch: refuseTwice });
      const tokens = await signInNow(harness, type);
      assert.ok((await harness.networks.of(type).accounts(type, tokens)).length > 0);
      assert.equal(refused, 2);
      await harness.stop();
    });

    it(`is early while it is refused, and dead or stale only afterwards: ${type}`, async () => {
      const stub = answering(reads[type], refusal);
      const harness = await startHarness({ fetch: stub.fetch });
      const tokens = await signInNow(harness, type);
      const ask = () => troubleOf(harness, harness.networks.of(type).accounts(type, tokens));
      const trouble = await ask();
      assert.equal(trouble.kind, 'early');
      assert.ok(Number(trouble.retryAt) > Number(harness.now()));
      harness.forward(20);
      assert.ok(['dead', 'stale'].includes((await ask()).kind));
      await harness.stop();
    });
  }

  for (const [type, part] of [
    ['facebook-user', 'fb_exchange_token'],
    ['facebook-page', '/debug_token'],
    ['instagram-account', '/access_token?grant_type=ig_exchange_token'],
  ] as const) {
    it(`is asked with again within the sign-in itself: ${type}, ${part}`, async () => {
      let refused = 0;
      const refuseTwice: typeof fetch = (input, init) => {
        if (refused === 2 || !String(input).includes(part)) return fetch(input, init);
        refused++;
        return Promise.resolve(jsonOf(400, { error: { code: 190, message: 'x' } }));
      };
      const harness = await startHarness({ fetch: refuseTwice });
      assert.ok((await signInNow(harness, type)).access);
      assert.equal(refused, 2);
      await harness.stop();
    });
  }

  it('is as young as the sign-in where it is a Page’s own', async () => {
    const harness = await startHarness();
    const tokens = await signInNow(harness, 'facebook-page');
    const [page] = await harness.networks.of('facebook-page').accounts('facebook-page', tokens);
    assert.deepEqual(page?.tokens?.givenAt, tokens.givenAt);
    assert.ok(tokens.givenAt);
    await harness.stop();
  });
});

describe('an app that is not set up', () => {
  const rows: [string, ProfileType, string, () => Response][] = [
    ['X without credits', 'x-user', '/2/users/me', () => jsonOf(402, {})],
    ['X outside a project', 'x-user', '/2/users/me', () => jsonOf(403, { reason: 'client-not-enrolled' })],
    ['Meta: a capability is missing', 'facebook-user', '/me?', () => jsonOf(400, { error: { code: 3 } })],
    ['LinkedIn: no version', 'linkedin-page', '/rest/organizationAcls', () => jsonOf(400, { code: 'VERSION_MISSING' })],
    [
      'Google: the API is not enabled',
      'youtube-user',
      '/channels',
      () => jsonOf(403, { error: { errors: [{ reason: 'accessNotConfigured' }] } }),
    ],
  ];
  for (const [what, type, part, answer] of rows) {
    it(`is told apart from a person who may not: ${what}`, async () => {
      const harness = await startHarness({ fetch: answering(part, answer).fetch });
      const tokens = await signIn(harness, type);
      const trouble = await troubleOf(harness, harness.networks.of(type).accounts(type, tokens));
      assert.equal(trouble.kind, 'notSetUp');
      await harness.stop();
    });
  }

  it('has a secret that the network refuses', async () => {
    const harness = await startHarness();
    const asked = signInOf(harness.networks, 'x-user');
    const network = harness.networks.of('x-user');
    const back = await consent(await network.authorizeUrl(asked));
    const wrong = { ...asked, app: { ...asked.app, clientSecret: 'wrong' } };
    assert.equal((await troubleOf(harness, network.exchange(wrong, back))).kind, 'notSetUp');
    await harness.stop();
  });
});
