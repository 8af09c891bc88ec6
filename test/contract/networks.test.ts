import assert from 'node:assert/strict';
import { createNetworks } from '../../src/networks/createNetworks.js';
import type { Tokens } from '../../src/networks/network.js';
import { networkOf, typeFacts } from '../../src/networks/types.js';
import type { ProfileType } from '../../src/rules/types.js';
import { appScopedId } from '../../src/sandbox/networks/facebookToken.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { consent, type Harness, signIn, signInOf, startHarness, troubleOf } from './networks-harness.js';

const stories: { type: ProfileType; account: string; id: string; other: string }[] = [
  { type: 'x-user', account: 'contoso', id: '1400000000000000101', other: 'fabrikam' },
  { type: 'facebook-user', account: 'Alex Wilber', id: appScopedId('100000000000001', 'fb-alex'), other: 'Frida Berg' },
  { type: 'facebook-page', account: 'Alex Wilber', id: '200000000000101', other: 'Frida Berg' },
  { type: 'instagram-account', account: 'contoso', id: '17841400000000101', other: 'fabrikam' },
  { type: 'linkedin-member', account: 'Alex Wilber', id: 'aLeX_w1lb3r', other: 'Frida Berg' },
  { type: 'linkedin-page', account: 'Alex Wilber', id: '5001001', other: 'Frida Berg' },
  { type: 'youtube-user', account: 'Contoso', id: 'UCcontoso0000000000000101', other: 'Fabrikam' },
];

for (const { type, account, id, other } of stories) {
  describe(`signing in to ${typeFacts[type].label}`, () => {
    let harness: Harness;
    const network = () => harness.networks.of(type);
    const fault = (kind: Parameters<Harness['fakes']['fault']>[1]) => harness.fakes.fault(networkOf(type), kind);
    const app = () => harness.networks.appFor(type);
    /** The tokens of the account itself: a Page has its own. */
    const tokensOf = async (who: string): Promise<Tokens> => {
      const tokens = await signIn(harness, type, { account: who });
      const found = (await network().accounts(type, tokens)).find(({ externalId }) => externalId === id);
      return found?.tokens ?? tokens;
    };
    /** As the product does it: an old access token is refreshed once. */
    const use = async (tokens: Tokens) => {
      const trouble = await network()
        .check(type, tokens, id)
        .then(
          () => undefined,
          (error) => error,
        );
      if (trouble?.kind !== 'stale') return trouble && Promise.reject(trouble);
      await network().check(type, await network().refresh(app(), type, tokens), id);
    };

    before(async () => {
      harness = await startHarness();
    });
    after(() => harness.stop());
    afterEach(() => fault(undefined));

    it('gives the account chosen on the consent page, and a check of it passes', async () => {
      const tokens = await signIn(harness, type, { account });
      const accounts = await network().accounts(type, tokens);
      const found = accounts.find(({ externalId }) => externalId === id);
      assert.ok(found && !found.unusable, `${id} is among ${accounts.map(({ externalId }) => externalId)}`);
      assert.ok(found.handle && found.name && (found.url ?? 'https://').startsWith('https://'));
      await network().check(type, found.tokens ?? tokens, id);
    });

    it('gives no picture that cannot be opened', async () => {
      const accounts = await network().accounts(type, await signIn(harness, type, { account }));
      const pictures = accounts.flatMap(({ picture }) => picture ?? []);
      // An app for LinkedIn Pages is asked for names alone.
      assert.equal(pictures.length, networkOf(type) === 'linkedin' ? 0 : accounts.length);
      for (const picture of pictures) {
        const { status, headers } = await fetch(harness.outbound(picture));
        assert.deepEqual([status, headers.get('content-type')], [200, 'image/svg+xml; charset=utf-8'], picture);
      }
    });

    it('grants what was asked for', async () => {
      const tokens = await signIn(harness, type, { account });
      assert.deepEqual(tokens.scopes, network().scopes(type));
    });

    it('tells another account from the one that was meant', async () => {
      const tokens = await signIn(harness, type, { account: other });
      const accounts = await network().accounts(type, tokens);
      assert.ok(!accounts.some(({ externalId, unusable }) => externalId === id && !unusable));
      const trouble = await troubleOf(harness, network().check(type, tokens, id));
      assert.notEqual(trouble.kind, 'dead');
    });

    it('is declined when the person says Cancel', async () => {
      const asked = signInOf(harness.networks, type);
      const back = await consent(await network().authorizeUrl(asked), { cancel: true });
      assert.equal((await troubleOf(harness, network().exchange(asked, back))).kind, 'declined');
    });

    it('refuses an answer that carries the state of another sign-in', async () => {
      const asked = signInOf(harness.networks, type);
      const back = await consent(await network().authorizeUrl(asked));
      back.searchParams.set('state', 'of-someone-else');
      assert.equal((await troubleOf(harness, network().exchange(asked, back))).kind, 'unknown');
    });

    it('takes a code once', async () => {
      const asked = signInOf(harness.networks, type);
      const back = await consent(await network().authorizeUrl(asked));
      await network().exchange(asked, back);
      assert.equal((await troubleOf(harness, network().exchange(asked, back))).kind, 'unknown');
    });

    if (typeFacts[type].renewal === 'none') {
      it('has nothing to renew', async () => {
        const tokens = await tokensOf(account);
        const trouble = await troubleOf(harness, network().refresh(app(), type, tokens));
        assert.equal(trouble.kind, 'unsupported');
        await network().check(type, tokens, id);
      });
    } else {
      it('renews 50 times in a row, and the last tokens still work', async () => {
        let tokens = await tokensOf(account);
        for (let turn = 0; turn < 50; turn++) {
          harness.forward(86_400 + 60);
          tokens = await network().refresh(app(), type, tokens);
        }
        await network().check(type, tokens, id);
      });
    }

    it('is dead once the person took the permission back at the network', async () => {
      const tokens = await tokensOf(account);
      fault({ kind: 'revoked' });
      assert.equal((await troubleOf(harness, use(tokens))).kind, 'dead');
    });

    it('waits until the time the network names when it is too fast', async () => {
      const tokens = await tokensOf(account);
      fault({ kind: 'rateLimited', seconds: 600 });
      const trouble = await troubleOf(harness, network().check(type, tokens, id));
      assert.equal(trouble.kind, 'wait');
      const seconds = (Number(trouble.retryAt) - Number(harness.now())) / 1000;
      assert.ok(seconds > 590 && seconds < 610, `about ten minutes, not ${seconds} s`);
    });

    it('passes over an outage of one call by asking again, and reports one that stays', async () => {
      const tokens = await tokensOf(account);
      fault({ kind: 'error', times: 1 });
      await network().check(type, tokens, id);
      fault({ kind: 'error' });
      assert.equal((await troubleOf(harness, network().check(type, tokens, id))).kind, 'passing');
    });

    it('gives up on an answer that does not come', async () => {
      const tokens = await tokensOf(account);
      fault({ kind: 'slow', seconds: 5 });
      const { outbound, now: clock } = harness;
      const hasty = createNetworks({ outbound, clock, apps: sandboxApps, timeoutMs: 100, pause: async () => {} }).of(
        type,
      );
      // An answer that came after all would be none of trouble.
      assert.equal((await troubleOf(harness, hasty.check(type, tokens, id))).kind, 'passing');
    });

    if (type === 'instagram-account') {
      it('cannot be revoked from here, and says so', async () => {
        const trouble = await troubleOf(harness, network().revoke(app(), type, await tokensOf(account)));
        assert.equal(trouble.kind, 'unsupported');
      });
    } else {
      it('is dead after it was revoked from here, and revoking twice does no harm', async () => {
        const tokens = await tokensOf(account);
        await network().revoke(app(), type, tokens);
        assert.equal((await troubleOf(harness, use(tokens))).kind, 'dead');
        await network().revoke(app(), type, tokens);
      });
    }
  });
}
