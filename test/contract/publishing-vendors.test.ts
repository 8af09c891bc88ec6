import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { RestliClient } from 'linkedin-api-client';
import { ApiResponseError, TwitterApi } from 'twitter-api-v2';
import { littleText } from '../../src/networks/linkedin/littleText.js';
import { type Harness, startHarness } from './networks-harness.js';
import { sendEverythingTo } from './networks-redirect.js';
import { account, around } from './publishing-harness.js';

const require = createRequire(import.meta.url);
const text = 'Hello (world) & https://example.com/a_b, <3 #tag 🐦';

/** What one writes the other reads: the pretend networks are true to clients that nobody here wrote, and so are we. */
describe("vendors' own clients publish and read at the pretend networks", () => {
  let harness: Harness;
  let restore: () => void;

  before(async () => {
    harness = await startHarness();
    restore = sendEverythingTo(harness.outbound);
  });
  after(async () => {
    restore();
    await harness.stop();
  });

  it('twitter-api-v2 finds our post, reads it, is told of duplicates, and deletes', async () => {
    const { author, tokens, publishing } = await account(harness, 'x-user', 'contoso');
    const { v2 } = new TwitterApi(tokens.access);
    const sent = await publishing.publish(tokens, { author, wire: text });
    assert.ok(sent.kind === 'there');
    const fields = { 'tweet.fields': ['created_at', 'entities'] as const };
    const one = await v2.singleTweet(sent.id, { 'tweet.fields': [...fields['tweet.fields']] });
    assert.equal(one.data.entities?.urls[0]?.expanded_url, 'https://example.com/a_b');
    const timeline = await v2.userTimeline(author.externalId, { max_results: 5 });
    assert.equal(timeline.data.data[0]?.id, sent.id);
    await assert.rejects(v2.tweet(text), (error) => error instanceof ApiResponseError && error.code === 403);
    await assert.rejects(v2.tweet('a'.repeat(281)), (error) => error instanceof ApiResponseError && error.code === 403);
    assert.equal((await v2.deleteTweet(sent.id)).data.deleted, true);
    assert.deepEqual(await publishing.read(tokens, { author, id: sent.id }), { kind: 'gone' });
  });

  it('twitter-api-v2 writes, and we find, read and take back', async () => {
    const { author, tokens, publishing } = await account(harness, 'x-user', 'contoso_support');
    const { data } = await new TwitterApi(tokens.access).v2.tweet(text);
    const found = await publishing.lookUp(tokens, { author, wire: text, ...around(harness.now()) });
    assert.deepEqual(found.kind === 'found' && found.posts.map(({ id }) => id), [data.id]);
    assert.deepEqual(await publishing.takeBack(tokens, { author, id: data.id }), { kind: 'gone' });
  });

  it('facebook-nodejs-business-sdk writes to a Page, lists and deletes, and each finds what the other wrote', async () => {
    const { author, tokens, publishing } = await account(harness, 'facebook-page', 'Alex Wilber', '200000000000101');
    const { FacebookAdsApi, Page, PagePost } = require('facebook-nodejs-business-sdk') as FacebookSdk;
    const page = new Page(author.externalId, {}, undefined, new FacebookAdsApi(tokens.access));
    const made = await page.createFeed([], { message: text });
    const found = await publishing.lookUp(tokens, { author, wire: text, ...around(harness.now()) });
    assert.deepEqual(found.kind === 'found' && found.posts.map(({ id }) => id), [made.id]);
    const sent = await publishing.publish(tokens, { author, wire: `${text} again` });
    assert.ok(sent.kind === 'there');
    const posts = await page.getPublishedPosts(['id', 'message'], { limit: 10 });
    assert.deepEqual(
      posts.map(({ id, message }) => [id, message]),
      [
        [sent.id, `${text} again`],
        [made.id, text],
      ],
    );
    await new PagePost(sent.id, {}, undefined, new FacebookAdsApi(tokens.access)).delete([]);
    assert.deepEqual(await publishing.read(tokens, { author, id: sent.id }), { kind: 'gone' });
  });

  it('linkedin-api-client writes as a Page and as a member, finds and deletes; we read the same text', async () => {
    const rest = new RestliClient();
    const { author, tokens, publishing } = await account(harness, 'linkedin-page', 'Alex Wilber', '5001001');
    const call = { versionString: '202607', accessToken: tokens.access };
    const entity = {
      author: 'urn:li:organization:5001001',
      commentary: littleText(text),
      visibility: 'PUBLIC',
      distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
      lifecycleState: 'PUBLISHED',
    };
    const made = await rest.create({ resourcePath: '/posts', entity, ...call });
    const id = String(made.createdEntityId);
    assert.match(id, /^urn:li:share:\d+$/);
    const shown = await publishing.read(tokens, { author, id });
    assert.equal(shown.kind === 'there' && shown.text, text);
    const found = await rest.finder({
      resourcePath: '/posts',
      finderName: 'author',
      queryParams: { author: entity.author },
      ...call,
    });
    assert.deepEqual(
      (found.data.elements as { id: string }[]).map((post) => post.id),
      [id],
    );
    const one = await rest.get({ resourcePath: '/posts/{id}', pathKeys: { id }, ...call });
    assert.equal((one.data as { commentary?: string }).commentary, text);
    await rest.delete({ resourcePath: '/posts/{id}', pathKeys: { id }, ...call });
    assert.deepEqual(await publishing.read(tokens, { author, id }), { kind: 'gone' });

    const cut = { ...entity, commentary: 'Cut (here)' };
    const short = String((await rest.create({ resourcePath: '/posts', entity: cut, ...call })).createdEntityId);
    const read = await publishing.read(tokens, { author, id: short });
    assert.equal(read.kind === 'there' && read.text, 'Cut ');

    const asMember = { ...entity, author: 'urn:li:person:aLeX_w1lb3r' };
    const own = await rest.create({ resourcePath: '/posts', entity: asMember, ...call });
    assert.match(String(own.createdEntityId), /^urn:li:share:\d+$/);
  });
});

/** The part of Meta's client that is used here: it brings no types. */
type FacebookPost = { id: string; message?: string };
type NodeClass<T> = new (id: string, data: object, parent: undefined, api: object) => T;
type FacebookSdk = {
  FacebookAdsApi: new (token: string) => object;
  Page: NodeClass<{
    createFeed: (fields: string[], params: object) => Promise<FacebookPost>;
    getPublishedPosts: (fields: string[], params: object) => Promise<FacebookPost[]>;
  }>;
  PagePost: NodeClass<{ delete: (fields: string[]) => Promise<unknown> }>;
};
