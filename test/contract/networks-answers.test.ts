import assert from 'node:assert/strict';
import type { Account } from '../../src/networks/network.js';
import type { ProfileType } from '../../src/rules/types.js';
import { answering, jsonOf, signIn, startHarness, troubleOf } from './networks-harness.js';

type Answer = () => Response;

/** Signs in as a person would, while addresses with `part` in them get this answer instead of the network's own. */
async function withAnswer<T>(
  type: ProfileType,
  part: string,
  answer: Answer,
  work: (world: Awaited<ReturnType<typeof signedIn>> & { asked: Request[] }) => Promise<T>,
): Promise<T> {
  const stub = answering(part, answer);
  const harness = await startHarness({ fetch: stub.fetch });
  try {
    return await work({ ...(await signedIn(harness, type)), asked: stub.asked });
  } finally {
    await harness.stop();
  }
}

async function signedIn(harness: Awaited<ReturnType<typeof startHarness>>, type: ProfileType) {
  const tokens = await signIn(harness, type);
  return { harness, tokens, network: harness.networks.of(type) };
}

const accountsOf = (type: ProfileType, part: string, answer: Answer): Promise<Account[]> =>
  withAnswer(type, part, answer, ({ network, tokens }) => network.accounts(type, tokens));
const troubleFrom = (type: ProfileType, part: string, answer: Answer) =>
  withAnswer(type, part, answer, ({ harness, network, tokens }) => troubleOf(harness, network.accounts(type, tokens)));

const xUser = (more: Record<string, unknown>) => () =>
  jsonOf(200, { data: { id: '1400000000000000101', username: 'contoso', name: 'Contoso', ...more } });

describe("what a network's answer may hold", () => {
  it('is read up to a megabyte, and no further', async () => {
    let sent = 0;
    const chunk = new TextEncoder().encode(' '.repeat(100_000));
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent += chunk.length;
            controller.enqueue(chunk);
          },
        }),
      );
    const trouble = await troubleFrom('x-user', '/2/users/me', endless);
    assert.deepEqual([trouble.kind, trouble.message], ['unknown', 'X answered more than anyone reads.']);
    assert.ok(sent < 2_000_000, String(sent));
  });

  it('a name is one line of 200 characters at most, without signs that turn its direction', async () => {
    const [long] = await accountsOf('x-user', '/2/users/me', xUser({ name: 'n'.repeat(500_000) }));
    assert.equal(long?.name, 'n'.repeat(200));
    const [odd] = await accountsOf('x-user', '/2/users/me', xUser({ name: '\u202e Con\n\ttoso \u0000' }));
    assert.equal(odd?.name, 'Con toso');
    const [joined] = await accountsOf('x-user', '/2/users/me', xUser({ name: '👩‍🚀 می‌خواهم' }));
    assert.equal(joined?.name, '👩‍🚀 می‌خواهم');
  });

  it('a token longer than any is not kept', async () => {
    const reply = { access_token: 'a'.repeat(500_000), token_type: 'bearer', expires_in: 7200 };
    const harness = await startHarness({ fetch: answering('/2/oauth2/token', () => jsonOf(200, reply)).fetch });
    assert.equal((await troubleOf(harness, signIn(harness, 'x-user'))).kind, 'unknown');
    await harness.stop();
  });

  it('an id that has no form of one is not taken', async () => {
    for (const id of ['../../oauth', '1?x', 'a b', '', '1'.repeat(201), {}, true]) {
      assert.equal((await troubleFrom('x-user', '/2/users/me', xUser({ id }))).kind, 'unknown', String(id));
    }
  });

  it('an id sent as a number keeps every digit', async () => {
    const text = '{"data":{"id":1400000000000000101,"username":"contoso"}}';
    const [account] = await accountsOf('x-user', '/2/users/me', () => new Response(text));
    assert.equal(account?.externalId, '1400000000000000101');
  });

  it('a picture is on https, or there is none', async () => {
    for (const [address, picture] of [
      ['https://pbs.example/a.jpg', 'https://pbs.example/a.jpg'],
      ['http://pbs.example/a.jpg', undefined],
      ['javascript:alert(1)', undefined],
      ['https://user:pass@pbs.example/a.jpg', undefined],
      ['nonsense', undefined],
    ]) {
      const [account] = await accountsOf('x-user', '/2/users/me', xUser({ profile_image_url: address }));
      assert.equal(account?.picture, picture, address);
    }
  });

  it('is no success when it says in its body that it went wrong', async () => {
    const facebook = () => jsonOf(200, { error: { code: 190, error_subcode: 460 } });
    const trouble = await troubleFrom('facebook-user', '/me?', facebook);
    assert.deepEqual([trouble.kind, /password was changed/.test(trouble.message)], ['dead', true]);
  });

  it('a next link over plain http is not followed: the token would go along', async () => {
    const first = { data: [], paging: { next: 'http://graph.facebook.com/v27.0/me/accounts?after=1' } };
    await withAnswer(
      'facebook-page',
      '/me/accounts',
      () => jsonOf(200, first),
      async ({ network, tokens, asked }) => {
        await network.accounts('facebook-page', tokens);
        assert.equal(asked.length, 1);
      },
    );
  });
});

describe('one entry that cannot be read', () => {
  const names = (accounts: Account[]) => accounts.map(({ name, unusable }) => [name, unusable ?? 'usable']);

  it('does not hide the other Pages of Facebook', async () => {
    const page = { id: '1', name: 'Good', access_token: 'EAAG', tasks: ['MANAGE'] };
    const data = [page, { ...page, id: '2', name: undefined }, { name: 'No id' }, 7];
    const found = await accountsOf('facebook-page', '/me/accounts', () => jsonOf(200, { data }));
    const why = 'Facebook sent this Page in a form that this bot cannot read.';
    assert.deepEqual(names(found).slice(0, 4), [
      ['Good', 'usable'],
      ['A Page without a name', why],
      ['No id', why],
      ['A Page without a name', why],
    ]);
  });

  it('does not hide the Pages outside a business that has trouble', async () => {
    const found = await accountsOf('facebook-page', '/owned_pages', () => jsonOf(500, {}));
    assert.ok(found.some(({ name, unusable }) => name === 'Contoso' && !unusable));
    const [missing] = found.filter(({ name }) => name === 'Pages of Contoso Business');
    assert.equal(missing?.unusable, 'Facebook did not show this list just now: sign in again later.');
  });

  it('does not hide the other Pages of LinkedIn', async () => {
    const found = await accountsOf('linkedin-page', '/rest/organizations/5001002', () => jsonOf(500, {}));
    assert.deepEqual(names(found).slice(0, 2), [
      ['Contoso', 'usable'],
      ['Page 5001002', 'LinkedIn did not show this Page just now: sign in again later.'],
    ]);
  });

  it('of LinkedIn is not asked for again once it says "too fast", and all in trouble are no list', async () => {
    const tooFast = () => jsonOf(429, {}, { 'retry-after': '60' });
    await withAnswer('linkedin-page', '/rest/organizations/', tooFast, async ({ harness, network, tokens, asked }) => {
      const trouble = await troubleOf(harness, network.accounts('linkedin-page', tokens));
      assert.equal(trouble.kind, 'wait');
      assert.equal(asked.length, 1);
    });
  });

  it('does not hide the other channels of YouTube', async () => {
    const items = [{ id: 'UC1', snippet: { title: 'Good' } }, { id: 'UC2' }, { snippet: { title: 'No id' } }];
    const found = await accountsOf('youtube-user', '/channels', () => jsonOf(200, { items }));
    const why = 'YouTube sent this channel in a form that this bot cannot read.';
    assert.deepEqual(names(found), [
      ['Good', 'usable'],
      ['A channel without a name', why],
      ['No id', why],
    ]);
  });
});
