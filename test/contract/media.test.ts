import assert from 'node:assert/strict';
import sharp from 'sharp';
import { closeMedia, openMedia } from '../../src/operations/publishing/media.js';
import type { Intent } from '../../src/rules/publishing/intent.js';
import { world } from '../../src/sandbox/world.js';
import { Story } from '../stories/story.js';

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
