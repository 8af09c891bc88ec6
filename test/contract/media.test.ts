import assert from 'node:assert/strict';
import sharp from 'sharp';
import { closeMedia, openMedia } from '../../src/operations/publishing/media.js';
import type { Intent } from '../../src/rules/publishing/intent.js';
import { world } from '../../src/sandbox/world.js';
import { Story } from '../stories/story.js';
import { pageOf } from '../stories/videoKit.js';
import { videoFile } from './videoFiles.js';

describe('the address at which a network fetches a picture', () => {
  let story: Story;
  let intent: Intent;
  beforeEach(async () => {
    story = await Story.open();
    const megan = story.player('megan');
    await megan.adds('contoso', 'instagram');
    const bytes = await sharp({ create: { width: 40, height: 40, channels: 4, background: '#36c8' } })
      .png()
      .toBuffer();
    await megan.says('post contoso "Open"', { files: [{ bytes, type: 'image/png', name: 'bike.png' }] });
    const [asked] = await story.store.intents.find(world.tenant.id, { state: 'asked' });
    assert(asked);
    intent = asked;
  });
  afterEach(() => story.close());
  const media = () => story.store.media.find(world.tenant.id, {});
  const open = async () => (await openMedia(story.app.services, intent))[0] ?? '';

  it('answers at once with what the network takes, and with nothing else', async () => {
    const address = await open();
    const answer = await fetch(address);
    const told = ['content-type', 'cache-control'].map((name) => answer.headers.get(name));
    assert.deepEqual([answer.status, ...told], [200, 'image/jpeg', 'no-store']);
    const { format, hasAlpha } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    assert.deepEqual([format, hasAlpha], ['jpeg', false]);
    const head = await fetch(address, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'image/jpeg']);
    assert(Number(head.headers.get('content-length')) > 100);
    assert.equal((await fetch(address, { method: 'POST' })).status, 405);
  });

  it('is guessed by nobody, and kept as a hash', async () => {
    const address = await open();
    const others = [`${address.slice(0, -3)}AAA`, `${address}A`, address.slice(0, -1), `${story.app.address}/media/`];
    for (const other of [...others, `${story.app.address}/media/${intent.pictureIds?.[0]}`])
      assert.equal((await fetch(other)).status, 404, other);
    assert(!JSON.stringify(await media()).includes(address.split('/').at(-1) ?? 'x'));
  });

  it('is there no more once it is closed, and after a quarter of an hour at most', async () => {
    const address = await open();
    await closeMedia(story.app.services, [address]);
    assert.equal((await fetch(address)).status, 404);
    const left = await open();
    story.passes({ minutes: 16 });
    assert.equal((await fetch(left)).status, 404);
    await story.sweeps();
    assert.deepEqual(await media(), []);
  });
});

describe('the address at which a network fetches a video', () => {
  let story: Story;
  let address: string;
  /** Longer than a part that is read at once. */
  const file = videoFile({ mediaBytes: 2_500_000 });
  before(async () => {
    story = await Story.open();
    const megan = story.player('megan');
    await megan.adds('contoso', 'instagram');
    await megan.says('post contoso "Open"');
    await megan.clicks('Video');
    await pageOf(String(megan.action('Choose in the browser').url)).choose(file);
    await story.settled();
    const intent = (await story.store.intents.find(world.tenant.id, { state: 'asked' })).find(({ video }) => video);
    assert(intent);
    [address = ''] = await openMedia(story.app.services, intent);
  });
  after(() => story.close());

  const rows: [string | undefined, number, [number, number]][] = [
    [undefined, 200, [0, file.length]],
    ['bytes=0-', 206, [0, file.length]],
    ['bytes=0-0', 206, [0, 1]],
    ['bytes=1048570-1048580', 206, [1_048_570, 1_048_581]],
    ['bytes=2000000-99999999', 206, [2_000_000, file.length]],
    ['bytes=-100', 206, [file.length - 100, file.length]],
  ];
  for (const [range, status, [from, to]] of rows) {
    it(`answers ${range ?? 'without a range'} with ${status} and these very bytes`, async () => {
      const answer = await fetch(address, range ? { headers: { range } } : {});
      const told = ['content-type', 'content-length', 'cache-control'].map((name) => answer.headers.get(name));
      assert.deepEqual([answer.status, ...told], [status, 'video/mp4', String(to - from), 'no-store']);
      if (status === 206) assert.equal(answer.headers.get('content-range'), `bytes ${from}-${to - 1}/${file.length}`);
      assert(file.subarray(from, to).equals(Buffer.from(await answer.arrayBuffer())));
    });
  }

  it('answers what is not there, and whoever asks for the head alone', async () => {
    for (const range of [`bytes=${file.length}-`, 'bytes=5-4', 'bytes=0-1,5-6', 'lines=1-2'])
      assert.equal((await fetch(address, { headers: { range } })).status, 416);
    const head = await fetch(address, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(file.length)]);
  });

  it('breaks off when the video is taken away, and is there no more once it is closed', async () => {
    const [{ id } = { id: '' }] = await story.store.videos.find(world.tenant.id, {});
    await story.app.services.files.drop(world.tenant.id, id);
    await assert.rejects((await fetch(address)).arrayBuffer());
    await closeMedia(story.app.services, [address]);
    assert.equal((await fetch(address)).status, 404);
  });
});
