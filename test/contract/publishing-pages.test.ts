import assert from 'node:assert/strict';
import type { ProfileType } from '../../src/rules/types.js';
import { createNetworkFakes } from '../../src/sandbox/networks/index.js';
import { type Harness, serve, startHarness } from './networks-harness.js';
import { account } from './publishing-harness.js';

const accounts: { type: ProfileType; who: string; id: string; path: string; name: string }[] = [
  { type: 'x-user', who: 'contoso', id: '1400000000000000101', path: '/x.com/contoso', name: 'Contoso on X' },
  {
    type: 'facebook-page',
    who: 'Alex Wilber',
    id: '200000000000101',
    path: '/www.facebook.com/contoso',
    name: 'Contoso on Facebook',
  },
  {
    type: 'linkedin-page',
    who: 'Alex Wilber',
    id: '5001001',
    path: '/www.linkedin.com/company/contoso',
    name: 'Contoso on LinkedIn',
  },
  {
    type: 'linkedin-member',
    who: 'Megan Bowen',
    id: 'mEgAn-b0w3n',
    path: '/www.linkedin.com/in/megan-bowen',
    name: 'Megan Bowen on LinkedIn',
  },
];

describe('the public pages of the pretend networks', () => {
  let harness: Harness;
  const open = async (path: string, origin = harness.origin) => {
    const answer = await fetch(`${origin}${path}`, { headers: { accept: 'text/html' } });
    const html = await answer.text();
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /Pretend/);
    return {
      status: answer.status,
      html,
      texts: [...html.matchAll(/<p class="text">([\s\S]*?)<\/p>/g)].map((one) => one[1]),
    };
  };

  before(async () => {
    harness = await startHarness();
  });
  after(() => harness.stop());

  it('of an account that published nothing says so, and the page of all accounts too', async () => {
    for (const { path } of accounts) {
      const { status, html } = await open(path);
      assert.equal(status, 200);
      assert.match(html, /Nothing has been published here yet/);
    }
    assert.match((await open('/sandbox/networks')).html, /Nothing yet/);
  });

  for (const { type, who, id, path, name } of accounts) {
    it(`${name}: shows its posts to anybody, newest first, each with a page of its own, and no others`, async () => {
      const { author, tokens, publishing } = await account(harness, type, who, id);
      const send = async (text: string) => {
        const sent = await publishing.publish(tokens, { author, wire: publishing.preview(text).wire });
        assert.ok(sent.kind === 'there');
        return sent.id;
      };
      await send('First');
      const second = await send('Second <b>&amp;');
      assert.deepEqual((await open(path)).texts, ['Second &lt;b&gt;&amp;amp;', 'First']);
      const [, link = ''] = /<p class="handle"><a href="([^"]+)">/.exec((await open(path)).html) ?? [];
      assert.deepEqual((await open(link)).texts, ['Second &lt;b&gt;&amp;amp;']);
      assert.equal(
        decodeURIComponent(new URL(publishing.permalink(author, second)).pathname),
        decodeURIComponent(link),
      );
      const list = (await open('/sandbox/networks')).html;
      assert.ok(list.includes(`<a href="${path}">${name}</a>: 2 posts`), list.slice(-900));
      await publishing.takeBack(tokens, { author, id: second });
      assert.deepEqual((await open(path)).texts, ['First']);
      assert.equal((await open(link)).status, 404);
    });
  }

  it('of a YouTube channel shows its own videos, and is where the page of each video leads', async () => {
    for (const [video, channel, title] of [
      ['bikes000001', 'UCcontoso0000000000000101', 'Our new bikes'],
      ['fabrikam001', 'UCfabrikam000000000000201', 'How Fabrikam is made'],
    ]) {
      const { html } = await open(`/www.youtube.com/watch?v=${video}`);
      assert.ok(html.includes(`<a href="/www.youtube.com/channel/${channel}">`), html.slice(-600));
      assert.deepEqual((await open(`/www.youtube.com/channel/${channel}`)).texts, [title]);
    }
    assert.deepEqual((await open('/www.youtube.com/channel/UCcontoso0000000000000104')).texts, []);
  });

  it('survive a restart', async () => {
    const again = createNetworkFakes({ dataDir: harness.dataDir, clock: harness.now });
    const { server, origin } = await serve(again);
    for (const { path } of accounts) assert.deepEqual((await open(path, origin)).texts, ['First']);
    server.close();
  });

  it('of an account that is not there, or a post that never was, says so', async () => {
    const nowhere = [
      '/x.com/nobody',
      '/x.com/contoso/status/1',
      '/x.com/i/web/status/1',
      '/www.facebook.com/nobody',
      '/www.facebook.com/200000000000101/posts/1',
      '/www.linkedin.com/company/nobody',
      '/www.linkedin.com/feed/update/urn:li:share:1',
      '/www.youtube.com/channel/nobody',
    ];
    for (const path of nowhere) {
      const { status, html } = await open(path);
      assert.equal(status, 404, path);
      assert.match(html, /Nothing is here/);
    }
  });

  it('are left alone by the dial', async () => {
    harness.fakes.fault('x', { kind: 'error' });
    assert.equal((await open('/x.com/contoso')).status, 200);
    harness.fakes.fault('x');
  });
});
