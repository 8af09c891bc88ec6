import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { profileView } from '../../src/bot/cards/profile.js';
import { createNetworks } from '../../src/networks/createNetworks.js';
import { factsOf } from '../../src/operations/answers/profileFacts.js';
import { outboundThrough } from '../../src/platform/outbound.js';
import { profileTypes } from '../../src/rules/types.js';
import { readSettings } from '../../src/settings.js';
import { actor, now, owner, profile } from './world.js';

const organisation = {
  MicrosoftAppId: '22222222-2222-4222-8222-222222222222',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: '11111111-1111-4111-8111-111111111111',
  BASE_URL: 'https://social.contoso.example/',
  TOKEN_KEYS: `a:${randomBytes(32).toString('base64')}`,
};

/** What an administrator set, as the bot reads it. */
const set = (env: Record<string, string>) => {
  const { apps } = readSettings({ ...organisation, ...env });
  return createNetworks({ outbound: outboundThrough(undefined), clock: () => now, apps });
};

describe('what a card says that a profile may do', () => {
  const no =
    'Instagram lets apps like only through a Facebook Page, with a permission that an admin of this bot has to get.';
  const own = { INSTAGRAM_CLIENT_ID: 'i', INSTAGRAM_CLIENT_SECRET: 's' };
  const throughPage = {
    ...{ FACEBOOK_CLIENT_ID: 'f', FACEBOOK_CLIENT_SECRET: 's' },
    ...{ INSTAGRAM_CLIENT_ID: 'f', INSTAGRAM_CLIENT_SECRET: 's' },
  };
  const cases: [string, Record<string, string>, boolean][] = [
    ['with its own sign-in', own, false],
    ['with its own sign-in, which the permission opens nothing for', { ...own, INSTAGRAM_LIKES: 'yes' }, false],
    ['through a Page', throughPage, false],
    ['through a Page, without the permission', { ...throughPage, INSTAGRAM_LIKES: 'no' }, false],
    ['through a Page, with the permission', { ...throughPage, INSTAGRAM_LIKES: 'yes' }, true],
  ];
  for (const [title, env, likes] of cases) {
    it(`an Instagram account ${likes ? 'likes' : 'does not like'} ${title}`, () => {
      const { opened } = set(env);
      const facts = factsOf(profile({ type: 'instagram-account', owners: [owner('ann')] }), [], actor('ann'), now);
      const reader = { id: 'ann', timeZone: 'UTC', now, admin: false, reader: false, opened };
      const [can = '', ...rest] = profileView({ kind: 'profile', facts }, reader).abilities;
      assert.equal(/ reply, like, send messages /.test(can), likes, can);
      assert.equal(rest.join(' ').includes(no), !likes, rest.join(' '));
      for (const type of profileTypes.filter((one) => one !== 'instagram-account')) assert.deepEqual(opened(type), []);
    });
  }
});
