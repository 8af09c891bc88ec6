import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { RestliClient } from 'linkedin-api-client';
import { carryOver, videoToSend } from './carryOver.js';
import { type Harness, startHarness } from './networks-harness.js';
import { sendEverythingTo } from './networks-redirect.js';
import { account } from './publishing-harness.js';

const require = createRequire(import.meta.url);
const said = { title: 'Bikes', privacy: 'unlisted', madeForKids: false } as const;

/** twitter-api-v2 is shown the same in publishing-x-videos.test.ts, where it also carries a video over by itself. */
describe("vendors' own clients read back the videos that we publish at the pretend networks", () => {
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

  type Signed = Awaited<ReturnType<typeof account>>;
  /** Carried over and published: its id there, and what was carried over. */
  async function published(signed: Signed, wire: string): Promise<{ id: string; uploads: string[] }> {
    const video = { ...videoToSend(), ...said };
    let { done, kept } = await carryOver(signed, wire, { video });
    for (let tries = 0; done?.kind === 'later' && tries < 6; tries++) {
      harness.forward(20);
      const session = kept.at(-1);
      ({ done, kept } = await carryOver(signed, wire, { video, ...(session ? { session } : {}) }));
    }
    assert(done?.kind === 'ready', JSON.stringify(done));
    const carried = { ...video, session: kept.at(-1) ?? '', uploads: done.ids };
    const sent = await signed.publishing.publish(signed.tokens, { author: signed.author, wire, video: carried });
    assert(sent.kind === 'there', JSON.stringify(sent));
    return { id: sent.id, uploads: done.ids };
  }
  const isGone = async ({ publishing, tokens, author }: Signed, id: string) =>
    assert.deepEqual(await publishing.read(tokens, { author, id }), { kind: 'gone' });

  it('@googleapis/youtube: title, text and who may see it; deletes it', async () => {
    const signed = await account(harness, 'youtube-user', 'social@contoso.example');
    const { id } = await published(signed, 'In motion');
    const { auth, youtube } = require('@googleapis/youtube') as typeof import('@googleapis/youtube');
    const client = new auth.OAuth2();
    client.setCredentials({ access_token: signed.tokens.access });
    const { videos } = youtube({ version: 'v3', auth: client });
    const { data } = await videos.list({ part: ['snippet', 'status'], id: [id] });
    const [shown] = data.items ?? [];
    assert.deepEqual(
      [shown?.snippet?.title, shown?.snippet?.description, shown?.status?.privacyStatus],
      ['Bikes', 'In motion', 'unlisted'],
    );
    assert.equal((await videos.delete({ id })).status, 204);
    await isGone(signed, id);
  });

  it('facebook-nodejs-business-sdk: lists it among the videos of the Page, and deletes it', async () => {
    const signed = await account(harness, 'facebook-page', 'Alex Wilber', '200000000000101');
    const { id } = await published(signed, 'In motion');
    const { FacebookAdsApi, AdVideo, Page } = require('facebook-nodejs-business-sdk') as FacebookSdk;
    const api = new FacebookAdsApi(signed.tokens.access);
    const videos = await new Page(signed.author.externalId, {}, undefined, api).getVideos(['id', 'description'], {});
    assert.deepEqual(
      videos.map((one) => [one.id, one.description]),
      [[id, 'In motion']],
    );
    await new AdVideo(id, {}, undefined, api).delete([]);
    await isGone(signed, id);
  });

  it('linkedin-api-client: the post names the video, which is there', async () => {
    const signed = await account(harness, 'linkedin-page', 'Alex Wilber', '5001001');
    const { id, uploads } = await published(signed, 'In motion');
    const rest = new RestliClient();
    const call = { versionString: '202607', accessToken: signed.tokens.access };
    const post = await rest.get({ resourcePath: '/posts/{id}', pathKeys: { id }, ...call });
    const { content } = post.data as { content?: { media?: { id?: string; title?: string } } };
    assert.deepEqual(content?.media, { id: uploads[0], title: 'Bikes' });
    const video = await rest.get({ resourcePath: '/videos/{id}', pathKeys: { id: uploads[0] ?? '' }, ...call });
    assert.equal((video.data as { status?: string }).status, 'AVAILABLE');
  });
});

/** The part of Meta's client that is used here: it brings no types. */
type FacebookVideo = { id: string; description?: string };
type NodeClass<T> = new (id: string, data: object, parent: undefined, api: object) => T;
type FacebookSdk = {
  FacebookAdsApi: new (token: string) => object;
  Page: NodeClass<{ getVideos: (fields: string[], params: object) => Promise<FacebookVideo[]> }>;
  AdVideo: NodeClass<{ delete: (fields: string[]) => Promise<unknown> }>;
};
