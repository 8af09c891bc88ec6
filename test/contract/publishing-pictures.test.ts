import assert from 'node:assert/strict';
import { RestliClient } from 'linkedin-api-client';
import sharp from 'sharp';
import { TwitterApi } from 'twitter-api-v2';
import type { PictureToSend } from '../../src/networks/publishing.js';
import { type Harness, startHarness } from './networks-harness.js';
import { sendEverythingTo } from './networks-redirect.js';
import { account, around } from './publishing-harness.js';

const rows = [
  ['x-user', 'contoso'],
  ['facebook-page', 'Alex Wilber', '200000000000101'],
  ['linkedin-page', 'Alex Wilber', '5001001'],
  ['linkedin-member', 'Alex Wilber'],
] as const;

describe('pictures at a network', () => {
  let harness: Harness;
  let restore: () => void;
  let picture: PictureToSend;
  before(async () => {
    harness = await startHarness();
    restore = sendEverythingTo(harness.outbound);
    const bytes = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#36c' } })
      .png()
      .toBuffer();
    picture = { bytes, type: 'image/png', alt: 'A blue <field> & "sky"' };
  });
  after(async () => {
    restore();
    await harness.stop();
  });

  for (const [type, handle, id] of rows) {
    describe(`as ${type}`, () => {
      const open = async () => {
        const { author, tokens, publishing } = await account(harness, type, handle, id);
        const { pictures } = publishing;
        assert(pictures);
        return { author, tokens, publishing, pictures };
      };

      it('are carried over unseen, go out with the text, and say in words what they show', async () => {
        const { author, tokens, publishing, pictures } = await open();
        const done = await pictures.upload(tokens, {
          author,
          wire: '',
          pictures: [picture, { ...picture, alt: 'Second' }],
        });
        assert(done.kind === 'ready', JSON.stringify(done));
        assert.equal(new Set(done.ids).size, 2);
        const alts = ['A blue <field> & "sky"', 'Second'];
        const beside = done.ids.map((one, at) => ({ id: one, alt: alts[at] ?? '' }));
        const wire = publishing.preview(`With pictures, ${type}`).wire;
        const sent = await publishing.publish(tokens, { author, wire, pictures: beside });
        assert(sent.kind === 'there', JSON.stringify(sent));
        const page = await (await fetch(publishing.permalink(author, sent.id))).text();
        assert.match(page, /alt="A blue &lt;field&gt; &amp; &quot;sky&quot;"/);
        assert.match(page, /alt="Second"/);
      });

      it('change nothing of how the post is found and read', async () => {
        const { author, tokens, publishing, pictures } = await open();
        const done = await pictures.upload(tokens, { author, wire: '', pictures: [picture] });
        assert(done.kind === 'ready');
        const wire = publishing.preview(`Found again, ${type}`).wire;
        const beside = [{ id: done.ids[0] ?? '', alt: '' }];
        const sent = await publishing.publish(tokens, { author, wire, pictures: beside });
        assert(sent.kind === 'there');
        if (type === 'linkedin-member') return;
        const read = await publishing.read(tokens, { author, id: sent.id });
        assert(read.kind === 'there' && publishing.isSame(wire, read.text), JSON.stringify(read));
        const found = await publishing.lookUp(tokens, { author, wire, ...around(harness.now()) });
        assert.deepEqual(found.kind === 'found' && found.posts.map((post) => post.id), [sent.id]);
      });

      it('that are lost on the way may be carried over again; refused ones say so', async () => {
        const { author, tokens, pictures } = await open();
        const network = type.split('-')[0] as 'x' | 'facebook' | 'linkedin';
        harness.fakes.fault(network, { kind: 'uploadLost', times: 1 });
        assert.equal((await pictures.upload(tokens, { author, wire: '', pictures: [picture] })).kind, 'later');
        assert.equal((await pictures.upload(tokens, { author, wire: '', pictures: [picture] })).kind, 'ready');
        harness.fakes.fault(network, { kind: 'uploadRefused', times: 1 });
        assert.equal((await pictures.upload(tokens, { author, wire: '', pictures: [picture] })).kind, 'cannot');
      });

      it('of somebody else are not taken', async () => {
        const { author, tokens, publishing } = await open();
        const sent = await publishing.publish(tokens, { author, wire: 'Not mine', pictures: [{ id: '17', alt: '' }] });
        assert.deepEqual([sent.kind, sent.kind === 'notThere' && sent.reason], ['notThere', 'refused']);
      });
    });
  }

  it('are read by twitter-api-v2, which writes words that we send on', async () => {
    const { author, tokens, publishing } = await account(harness, 'x-user', 'contoso_support');
    const { v2 } = new TwitterApi(tokens.access);
    const done = await publishing.pictures?.upload(tokens, { author, wire: '', pictures: [{ ...picture, alt: '' }] });
    assert(done?.kind === 'ready');
    await v2.createMediaMetadata(done.ids[0] ?? '', { alt_text: { text: 'By another client' } });
    const sent = await publishing.publish(tokens, {
      author,
      wire: 'Look',
      pictures: [{ id: done.ids[0] ?? '', alt: '' }],
    });
    assert(sent.kind === 'there');
    const one = await v2.singleTweet(sent.id, { 'tweet.fields': ['attachments', 'entities'] });
    assert.deepEqual(one.data.attachments?.media_keys, [`3_${done.ids[0]}`]);
    assert.match(await (await fetch(publishing.permalink(author, sent.id))).text(), /alt="By another client"/);
  });

  it('are begun by linkedin-api-client as we do, and shown to it once they are there', async () => {
    const rest = new RestliClient();
    const { author, tokens, publishing } = await account(harness, 'linkedin-page', 'Alex Wilber', '5001001');
    const call = { versionString: '202607', accessToken: tokens.access };
    const data = { initializeUploadRequest: { owner: 'urn:li:organization:5001001' } };
    const begun = await rest.action({ resourcePath: '/images', actionName: 'initializeUpload', data, ...call });
    const { image } = (begun.data as { value: { image: string } }).value;
    const state = async (id: string) =>
      ((await rest.get({ resourcePath: '/images/{id}', pathKeys: { id }, ...call })).data as { status: string }).status;
    assert.equal(await state(image), 'WAITING_UPLOAD');
    const early = await publishing.publish(tokens, { author, wire: 'Too early', pictures: [{ id: image, alt: '' }] });
    assert.deepEqual(
      [early.kind, early.kind === 'notThere' && [early.reason, early.hold]],
      ['notThere', ['wait', 'profile']],
    );
    const done = await publishing.pictures?.upload(tokens, { author, wire: '', pictures: [picture] });
    assert(done?.kind === 'ready');
    assert.equal(await state(done.ids[0] ?? ''), 'AVAILABLE');
  });
});
