import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { videoFile } from '../contract/videoFiles.js';
import { later } from './publishingKit.js';
import { type Player, Story } from './story.js';
import { pageOf } from './videoKit.js';

/** More than goes out at once. */
const film = videoFile({ mediaBytes: 2_500_000 });

describe('the video of a post that waits for a yes', () => {
  let story: Story;
  let megan: Player;
  let chris: Player;
  beforeEach(async () => {
    story = await Story.open();
    [megan, chris] = [story.player('megan'), story.player('chris.green')];
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
    await megan.says('share chris.green@contoso.example contoso with approval');
    await chris.says('post contoso "Look & see"');
    await chris.clicks('Video');
    await pageOf(String(chris.action('Choose in the browser').url)).choose(film);
    await story.settled();
    await chris.clicks('Send');
  });
  afterEach(() => story.close());

  /** The address that a click on the card gives. */
  async function addressFor(player: Player): Promise<string> {
    await player.clicks('Watch the video');
    player.sees('Watch the video before you decide', 'for you alone');
    return String(player.action('Watch the video').url);
  }
  /** As an old card of theirs would. */
  async function asksToWatch(player: Player): Promise<void> {
    const [intent] = await story.store.intents.find(world.tenant.id, { state: 'toApprove' });
    const asked = { kind: 'watchVideo', intent: intent?.id };
    await player.clicksOn(player.message(), 'watchVideo', { do: asked });
  }
  const bytesAt = (address: string, range?: string) => fetch(`${address}/video`, range ? { headers: { range } } : {});
  /** As a player does: on from where the last answer ended. */
  async function played(address: string): Promise<Buffer> {
    const found: Buffer[] = [];
    for (let at = 0; at < film.length; ) {
      const answer = await bytesAt(address, `bytes=${at}-`);
      assert.equal(answer.status, 206);
      const bytes = Buffer.from(await answer.arrayBuffer());
      assert.equal(answer.headers.get('content-range'), `bytes ${at}-${at + bytes.length - 1}/${film.length}`);
      found.push(bytes);
      at += bytes.length;
    }
    return Buffer.concat(found);
  }

  it('is played by whoever decides, on a page of their own, byte for byte', async () => {
    megan.looksAtChat().sees('Look & see');
    const address = await addressFor(megan);
    const page = await fetch(address);
    assert.equal(page.status, 200);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*media-src 'self'/);
    assert.doesNotMatch(policy, /script-src|unsafe/);
    const text = await page.text();
    assert.match(text, /For <b>Megan Bowen<\/b>[\s\S]*<video controls[\s\S]*<b>Bikes<\/b>[\s\S]*Look &amp; see/);
    assert.doesNotMatch(text, /<script/);
    const { headers } = await bytesAt(address, 'bytes=0-9');
    assert.deepEqual(
      ['content-type', 'content-length', 'cache-control', 'x-content-type-options', 'accept-ranges'].map((name) =>
        headers.get(name),
      ),
      ['video/mp4', '10', 'no-store', 'nosniff', 'bytes'],
    );
    assert((await played(address)).equals(film));
    for (const range of [undefined, 'bytes=99999999-', 'bytes=0-1,5-6'])
      assert.equal((await bytesAt(address, range)).status, 416, range);
    await megan.clicks('Back to the post');
    megan.sees('Look & see');
    assert(megan.buttons().includes('Approve'));
  });

  it('is played by its author too', async () => {
    await asksToWatch(chris);
    assert((await played(String(chris.action('Watch the video').url))).equals(film));
  });

  it('is not there for anybody else, and no longer than it takes to decide', async () => {
    const address = await addressFor(megan.looksAtChat());
    const [lynne, adele] = [story.player('lynne'), story.player('adele')];
    await lynne.says('help');
    await asksToWatch(lynne);
    lynne.sees('Megan Bowen');
    await adele.says('help');
    await asksToWatch(adele);
    adele.sees('That post is not there, or not yours to see.');
    for (const other of [lynne, adele]) assert(!other.buttons().includes('Watch the video'));
    for (const wrong of [`${address.slice(0, -4)}AAAA`, `${address}A`, address.slice(0, -54)])
      for (const answer of [await fetch(wrong), await bytesAt(wrong, 'bytes=0-9')])
        assert([404, 410].includes(answer.status), wrong);
    assert.equal((await bytesAt(address, 'bytes=0-9')).status, 206);
    await megan.clicks('Back to the post');
    await megan.clicks('Decline', { note: 'Too long' });
    const gone = await fetch(address);
    assert.equal(gone.status, 410);
    assert.match(await gone.text(), /the post is decided/);
    assert.equal((await bytesAt(address, 'bytes=0-9')).status, 410);
  });

  it('is not there for an owner who is none any more, or after half an hour', async () => {
    const address = await addressFor(megan.looksAtChat());
    const open = async () => (await bytesAt(address, 'bytes=0-9')).status;
    assert.equal(await open(), 206);
    const [profile] = await story.store.profiles.find(world.tenant.id, {});
    assert(profile);
    await story.store.profiles.replace({ ...profile, version: profile.version + 1, owners: [] }, profile.version);
    assert.equal(await open(), 410);
    const now = await story.store.profiles.get(world.tenant.id, profile.id);
    await story.store.profiles.replace({ ...profile, version: (now?.version ?? 0) + 1 }, now?.version ?? 0);
    assert.equal(await open(), 206);
    story.passes({ minutes: 31 });
    assert.equal(await open(), 410);
    assert.equal((await fetch(address)).status, 410);
    await later(story, { minutes: 1 });
    assert.deepEqual(await story.store.watchPages.find(world.tenant.id, {}), []);
  });
});
