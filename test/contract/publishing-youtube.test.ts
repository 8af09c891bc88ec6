import assert from 'node:assert/strict';
import type { Aimed, Publishing, Reaction, Target } from '../../src/networks/publishing.js';
import { type Harness, signIn, startHarness } from './networks-harness.js';
import { around, mayPublish, publishingAt, sentWhen, startOdd } from './publishing-harness.js';

const video = 'bikes000001';

describe('reacting as a YouTube channel', () => {
  let harness: Harness;
  let tokens: Awaited<ReturnType<typeof signIn>>;
  const author = { externalId: 'UCcontoso0000000000000101', handle: '@contoso', type: 'youtube-user' as const };
  const react = (reaction: Reaction, to: Target): Publishing =>
    mayPublish(harness.networks.reacting('youtube-user', reaction, to));
  const aimed = (link: { id: string; comment?: string }, reaction: Reaction = 'reply') =>
    harness.networks
      .aiming('youtube-user')
      ?.aim?.(tokens, { author, link: { kind: 'post', ...link }, reaction }) as Promise<Aimed>;
  const page = async () => (await fetch(harness.outbound(`https://www.youtube.com/watch?v=${video}`))).text();

  before(async () => {
    harness = await startHarness();
    tokens = await signIn(harness, 'youtube-user', { account: 'social@contoso.example' });
  });
  after(() => harness.stop());
  afterEach(() => harness.fakes.fault('youtube'));

  it('says beforehand what a link is: a video, a comment, or nothing', async () => {
    assert.deepEqual(await aimed({ id: video }), {
      ...{ kind: 'at', to: { id: video }, by: 'Contoso', text: 'Our new bikes' },
    });
    assert.equal((await aimed({ id: 'nothing0000' })).kind, 'no');
    assert.equal((await aimed({ id: video, comment: 'Ugx1' }, 'like')).kind, 'no');
    assert.equal((await aimed({ id: video, comment: 'Ugx1' })).kind, 'no');
  });

  it('comments, answers a comment, is found there alone, read, and taken back', async () => {
    const reply = react('reply', { id: video });
    const sent = await reply.publish(tokens, { author, wire: 'First <comment> & more' });
    assert(sent.kind === 'there', JSON.stringify(sent));
    assert.match(await page(), /First &lt;comment&gt; &amp; more/);
    const nested = react('reply', { id: video, comment: sent.id });
    const answer = await nested.publish(tokens, { author, wire: 'An answer' });
    assert(answer.kind === 'there' && answer.id.startsWith(`${sent.id}.`));
    const find = async (publishing: Publishing, wire: string) => {
      const found = await publishing.lookUp(tokens, { author, wire, ...around(harness.now()) });
      return found.kind === 'found' ? found.posts.map(({ id }) => id) : found.kind;
    };
    assert.deepEqual(await find(reply, 'First <comment> & more'), [sent.id]);
    assert.deepEqual(await find(reply, 'An answer'), []);
    assert.deepEqual(await find(nested, 'An answer'), [answer.id]);
    assert.deepEqual(
      await reply.read(tokens, { author, id: sent.id }).then((read) => read.kind === 'there' && read.text),
      'First <comment> & more',
    );
    assert.equal((await aimed({ id: video, comment: sent.id })).kind, 'at');
    for (const id of [answer.id, sent.id, sent.id]) {
      assert.deepEqual(await reply.takeBack(tokens, { author, id }), { kind: 'gone' });
    }
    assert.deepEqual(await reply.read(tokens, { author, id: sent.id }), { kind: 'gone' });
  });

  for (const [fault, isThere] of [
    ['lostAnswer', 1],
    ['lostRequest', 0],
    ['pleaseRetry', 1],
    ['postedError', 1],
  ] as const) {
    it(`does not know after ${fault}, and looks`, async () => {
      harness.fakes.fault('youtube', { kind: fault, times: 1 });
      const reply = react('reply', { id: video });
      const wire = `After ${fault}`;
      assert.equal((await reply.publish(tokens, { author, wire })).kind, 'unknown');
      const found = await reply.lookUp(tokens, { author, wire, ...around(harness.now()) });
      assert.equal(found.kind === 'found' && found.posts.length, isThere);
    });
  }

  it('takes a comment that YouTube does not find for gone', async () => {
    const reason = 'commentNotFound';
    const odd = await startOdd((response) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { code: 404, message: 'Not found', errors: [{ reason }] } }));
    });
    try {
      const reply = publishingAt(odd.origin, 'youtube-user', 2000, { reaction: 'reply', to: { id: video } });
      assert.deepEqual(await reply.read(tokens, { author, id: 'Ugx1' }), { kind: 'gone' });
    } finally {
      odd.stop();
    }
  });

  it('does not speak of a comment where a like is refused', async () => {
    const react = { reaction: 'like', to: { id: video } } as const;
    const { sent } = await sentWhen('youtube-user', { status: 400 }, { tokens, author }, react);
    assert.deepEqual(
      [sent.kind, sent.kind === 'notThere' && sent.detail],
      ['notThere', 'YouTube does not accept this.'],
    );
  });

  describe('of a video with more comments than anybody reads', () => {
    const wire = 'Where is it?';
    /** Every page names another one; the second is of last year, as are all that follow. */
    const lookedUp = async (to: Target) => {
      const now = new Date();
      const lastYear = new Date(now.getTime() - 365 * 86_400_000);
      const comment = (id: string, writer: string, made: Date) => {
        const of = { value: writer };
        return { id, snippet: { authorChannelId: of, publishedAt: made.toISOString(), textOriginal: wire } };
      };
      const odd = await startOdd((response, { path }) => {
        const when = path.includes('pageToken') ? lastYear : now;
        // A comment that was pinned stands before newer ones.
        const shown = [comment('pinned', 'UCsomebody', lastYear), comment('Ugx100', author.externalId, when)];
        const items = path.includes('Threads') ? shown.map((one) => ({ snippet: { topLevelComment: one } })) : shown;
        response.end(JSON.stringify({ items, nextPageToken: 'more' }));
      });
      try {
        const reply = publishingAt(odd.origin, 'youtube-user', 2000, { reaction: 'reply', to });
        return { found: await reply.lookUp(tokens, { author, wire, ...around(now) }), calls: odd.heard.length };
      } finally {
        odd.stop();
      }
    };

    it('looks until older ones come, no further, and says what it found', async () => {
      const { found, calls } = await lookedUp({ id: video });
      assert.deepEqual(found.kind === 'found' && found.posts.map(({ id }) => id), ['Ugx100']);
      assert.equal(calls, 2);
    });

    it('looks at answers to a comment up to a bound, since they come in no known order', async () => {
      const { found, calls } = await lookedUp({ id: video, comment: 'Ugx1' });
      assert.deepEqual([found.kind, calls], ['cannot', 5]);
    });
  });

  it('likes a video, twice without harm, and takes it back', async () => {
    const like = react('like', { id: video });
    assert(like.isRepeatable);
    for (const _ of [1, 2])
      assert.deepEqual(await like.publish(tokens, { author, wire: '' }), { kind: 'there', id: video });
    assert.match(await page(), /liked once/);
    assert.deepEqual(await like.takeBack(tokens, { author, id: video }), { kind: 'gone' });
    assert.doesNotMatch(await page(), /liked/);
  });

  it('is told clearly what is refused', async () => {
    const gone = await react('reply', { id: 'nothing0000' }).publish(tokens, { author, wire: 'x' });
    assert.deepEqual([gone.kind, gone.kind === 'notThere' && gone.reason], ['notThere', 'targetGone']);
    const without = { ...tokens, scopes: [] };
    const refused = await react('like', { id: video }).publish(without, { author, wire: '' });
    assert.deepEqual([refused.kind, refused.kind === 'notThere' && refused.reason], ['notThere', 'signIn']);
    assert.equal(react('reply', { id: video }).preview('a'.repeat(10_001)).problems[0]?.code, 'tooLong');
  });
});
