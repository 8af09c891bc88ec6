import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createNetworks } from '../../src/networks/createNetworks.js';
import { type Account, NetworkTrouble, type Tokens } from '../../src/networks/network.js';
import { networkOf } from '../../src/networks/types.js';
import { profileTypes } from '../../src/rules/types.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';

/** Words that networks' answers are made of, so that what chance makes of them is often nearly right. */
const keys = fc.constantFrom(
  ...['id', 'data', 'items', 'elements', 'paging', 'next', 'total', 'error', 'errors', 'code', 'error_subcode', 'name'],
  ...['username', 'snippet', 'title', 'customUrl', 'user_id', 'sub', 'organization', 'role', 'access_token', 'scope'],
  ...['token_type', 'expires_in', 'refresh_token', 'refresh_token_expires_in', 'expires_at', 'scopes', 'permissions'],
  ...['picture', 'url', 'tasks', 'reason', 'type', 'account_type', 'localizedName', 'vanityName', 'nextPageToken'],
  ...['toString', 'valueOf', 'constructor', '__proto__', 'length'],
);
const leaf = fc.constantFrom<unknown>(
  ...['1', '1400000000000000101', 'a'.repeat(20_000), '', 'bearer', 'https://graph.facebook.com/x', 'javascript:x'],
  ...['urn:li:organization:5', 'ADMINISTRATOR', 'CREATE_CONTENT', '\u202e\u0000', '../..', 'invalid_grant', 'PERSONAL'],
  ...[0, 1, -1, 190, 3600, 1e300, null, true, {}, []],
  // Has no value as a number or a text: making one of it throws.
  { toString: null, valueOf: null },
);
const json = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    leaf,
    fc.dictionary(keys, tie('any'), { maxKeys: 7 }),
    fc.array(tie('any'), { maxLength: 4 }),
  ),
})).any;
/** The shapes of real answers, with anything in their places. */
const page = fc.record({
  id: leaf,
  name: leaf,
  username: leaf,
  access_token: leaf,
  tasks: fc.array(leaf, { maxLength: 2 }),
});
const role = fc.record({ organization: leaf, role: leaf });
const channel = fc.record({ id: leaf, snippet: fc.record({ title: leaf, customUrl: leaf }) });
const several = { maxLength: 3 };
const shaped = fc.oneof(
  fc.record({ error: fc.record({ code: leaf, error_subcode: leaf, errors: fc.array(fc.record({ reason: leaf })) }) }),
  fc.record({
    data: fc.record({ id: leaf, username: leaf, name: leaf, user_id: leaf, expires_at: leaf, scopes: leaf }),
  }),
  fc.record({ id: leaf, sub: leaf, name: leaf, username: leaf, user_id: leaf, localizedName: leaf, vanityName: leaf }),
  fc.record({
    access_token: leaf,
    token_type: leaf,
    expires_in: leaf,
    refresh_token: leaf,
    scope: leaf,
    user_id: leaf,
  }),
  fc.record({ data: fc.array(page, several), paging: fc.record({ next: leaf }) }),
  fc.record({ elements: fc.array(role, several), paging: fc.record({ total: leaf }) }),
  fc.record({ items: fc.array(channel, several), nextPageToken: leaf }),
);
const status = fc.constantFrom(200, 200, 200, 204, 301, 400, 401, 403, 429, 500);
const said = fc.oneof(json, shaped).map((value) => JSON.stringify(value));
const body = fc.oneof({ weight: 9, arbitrary: said }, fc.string());
/** What a network answers, call by call. */
const answers = fc.array(fc.record({ status, body }), { minLength: 1, maxLength: 4 });

describe('whatever a network answers', () => {
  const now = new Date('2026-11-27T12:00:00Z');

  for (const type of profileTypes) {
    it(`is read, or is trouble of a known kind, never a surprise: ${type}`, async () => {
      await fc.assert(
        fc.asyncProperty(answers, async (said) => {
          let calls = 0;
          const networks = createNetworks({
            outbound: (url) => new URL(url),
            clock: () => now,
            apps: sandboxApps,
            pause: () => Promise.resolve(),
            fetch: async () => {
              const { status, body } = said[calls++ % said.length] ?? assert.fail();
              const headers = { 'content-type': 'application/json' };
              return new Response(status === 204 ? null : body, { status, headers });
            },
          });
          const network = networks.of(type);
          const app = networks.appFor(type);
          const redirectUri = `https://bot.example/link/callback/${networkOf(type)}`;
          const asked = { type, app, redirectUri, state: 's'.repeat(43), verifier: 'v'.repeat(43) };
          const tokens: Tokens = {
            access: 'a',
            refresh: 'r',
            scopes: ['openid', 'business_management'],
            extra: { user: '1' },
          };
          const accounts = await orTrouble(network.accounts(type, tokens));
          for (const account of accounts ?? []) isBounded(account);
          const checked = await orTrouble(network.check(type, tokens, '1'));
          if (checked) isBounded(checked);
          const exchanged = await orTrouble(
            network.exchange(asked, new URL(`${redirectUri}?code=c&state=${asked.state}`)),
          );
          if (exchanged) areTokens(exchanged);
          const refreshed = await orTrouble(network.refresh(app, type, tokens));
          if (refreshed) areTokens(refreshed);
          await orTrouble(network.revoke(app, type, tokens));
        }),
        { numRuns: 400 },
      );
    });
  }

  async function orTrouble<T>(work: Promise<T>): Promise<T | undefined> {
    return work.catch((error: unknown) => {
      if (!(error instanceof NetworkTrouble)) throw error;
      if (error.retryAt) assert.ok(error.retryAt > now && error.retryAt.getTime() - now.getTime() <= 86_400_000 * 2);
      return undefined;
    });
  }

  function isBounded({ externalId, handle, name, picture, url }: Account): void {
    assert.match(externalId, /^[\w.:~-]{1,200}$/);
    for (const text of [handle, name]) {
      assert.ok(text.length > 0 && text.length <= 400 && !/[\p{Cc}\u202a-\u202e]/u.test(text), text);
    }
    for (const address of [picture, url]) if (address) assert.match(address, /^https:\/\//);
  }

  function areTokens({ access, refresh, scopes, accessEndsAt, grantEndsAt }: Tokens): void {
    assert.ok(access.length > 0 && access.length <= 10_000 && (refresh ?? '').length <= 10_000);
    assert.ok(scopes.every((scope) => typeof scope === 'string'));
    for (const date of [accessEndsAt, grantEndsAt]) if (date) assert.ok(!Number.isNaN(date.getTime()));
  }
});
