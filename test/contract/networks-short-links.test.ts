import assert from 'node:assert/strict';
import { answering, type Harness, startHarness } from './networks-harness.js';
import { account } from './publishing-harness.js';

describe('a pasted short link', () => {
  const to =
    (location: string, status = 301) =>
    () =>
      new Response(null, { status, headers: { location } });
  const followed = async (pasted: string, answer: () => Response) => {
    const stub = answering('/', answer);
    const harness = await startHarness({ fetch: stub.fetch });
    const found = await harness.networks.followLink(pasted);
    await harness.stop();
    return { found, asked: stub.asked };
  };

  it('is followed one hop, by a question without a body or a cookie, at the network’s own host', async () => {
    const { found, asked } = await followed(
      'https://lnkd.in/eAbC',
      to('https://www.linkedin.com/feed/update/urn:li:share:7'),
    );
    assert.deepEqual([found.kind, 'id' in found && found.id], ['post', 'urn:li:share:7']);
    assert.deepEqual(
      asked.map(({ method, url }) => [method, new URL(url).pathname]),
      [['HEAD', '/lnkd.in/eAbC']],
    );
    assert.equal(asked[0]?.headers.get('cookie'), null);
    assert.equal(asked[0]?.headers.get('authorization'), null);
  });

  it('that leads to another short link, to this machine, to another site, or nowhere, leads nowhere, and is opened no further', async () => {
    const places = [
      'https://t.co/other',
      'http://127.0.0.1/admin',
      'http://169.254.169.254/latest',
      'https://example.com/1',
      'file:///etc',
      '',
      '/feed',
    ];
    for (const place of places) {
      const { found, asked } = await followed('https://t.co/AbC', to(place));
      assert.deepEqual([found, asked.length], [{ kind: 'nowhere' }, 1], place);
    }
    assert.deepEqual((await followed('https://t.co/AbC', to('https://x.com/a/status/1', 200))).found, {
      kind: 'nowhere',
    });
  });

  it('that cannot be asked now is asked later', async () => {
    const broken = () => {
      throw new TypeError('fetch failed');
    };
    assert.deepEqual((await followed('https://t.co/AbC', broken)).found, { kind: 'later' });
  });

  it('is not asked for what needs no asking', async () => {
    const { found, asked } = await followed('https://x.com/contoso/status/12', to('https://example.com'));
    assert.deepEqual([found.kind, asked.length], ['post', 0]);
    assert.deepEqual((await followed('hello', to('https://example.com'))).found, { kind: 'nowhere' });
  });

  describe('in the sandbox', () => {
    let harness: Harness;
    before(async () => {
      harness = await startHarness();
    });
    after(() => harness.stop());

    it('of X leads to the post it was made for; a permalink is read as it stands in the browser', async () => {
      const { author, tokens, publishing } = await account(harness, 'x-user', 'contoso');
      const first = await publishing.publish(tokens, { author, wire: 'First' });
      assert.ok(first.kind === 'there');
      const link = publishing.permalink(author, first.id);
      assert.deepEqual(await harness.networks.followLink(link), {
        network: 'x',
        url: `https://x.com/contoso/status/${first.id}`,
        kind: 'post',
        id: first.id,
      });
      const second = await publishing.publish(tokens, { author, wire: `See https://x.com/contoso/status/${first.id}` });
      assert.ok(second.kind === 'there');
      const found = await harness.networks.followLink(`https://t.co/${second.id}x0`);
      assert.deepEqual([found.kind, 'id' in found && found.id], ['post', first.id]);
      assert.deepEqual(await harness.networks.followLink('https://t.co/1x0'), { kind: 'nowhere' });
    });
  });
});
