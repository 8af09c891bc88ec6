import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { TwitterApi } from 'twitter-api-v2';
import type { ToSend, VideoToSend } from '../../src/networks/publishing.js';
import type { FaultKind } from '../../src/sandbox/networks/faults.js';
import { carryOver, videoToSend } from './carryOver.js';
import { type Harness, startHarness } from './networks-harness.js';
import { sendEverythingTo } from './networks-redirect.js';
import { account, around, mayPublish } from './publishing-harness.js';
import { postsMade } from './publishingWorld.js';
import { videoFile } from './videoFiles.js';

const chunkBytes = 64 * 1024;
const file = videoFile({ mediaBytes: 3 * chunkBytes });
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url');
const toSend = (bytes = file): VideoToSend => videoToSend(bytes);
const idIn = (session = '') => session.split(' ')[0] ?? '';

describe('a video on X, over HTTP', () => {
  let harness: Harness;
  let x: Awaited<ReturnType<typeof account>>;
  before(async () => {
    harness = await startHarness({ chunkBytes });
    x = await account(harness, 'x-user', 'contoso');
  });
  after(() => harness.stop());
  afterEach(() => harness.fakes.fault('x'));

  const uploadOnce = (video: VideoToSend, session?: string, keep = async (_: string) => true) =>
    x.publishing.videos?.upload(x.tokens, { author: x.author, wire: '', video, keep, ...(session ? { session } : {}) });

  /** Carried over in as many tries as it takes; what was written down on the way. */
  async function carried({ video = toSend(), session = '', tries = 4 } = {}) {
    const { done, kept } = await carryOver(x, '', { video, session, tries });
    const uploads = done?.kind === 'ready' ? done.ids : [];
    return { done, kept, video: { ...video, session: kept.at(-1) ?? '', uploads } };
  }
  const publish = (wire: string, video: ToSend['video'], more: Partial<ToSend> = {}) =>
    x.publishing.publish(x.tokens, { author: x.author, wire, ...(video ? { video } : {}), ...more });
  const made = (text: string) => postsMade(harness.dataDir).filter(({ post }) => post.text === text);
  const find = async (wire: string) => {
    const found = await x.publishing.lookUp(x.tokens, { author: x.author, wire, ...around(harness.now()) });
    return found.kind === 'found' ? found.posts.map(({ id }) => id) : found.kind;
  };
  /** Some fault, once this many parts were asked for. */
  const faulty = (kind: FaultKind, at: number, bytes = file): VideoToSend => {
    let calls = 0;
    const read: VideoToSend['read'] = async (from, to) => {
      if (++calls === at) harness.fakes.fault('x', { kind, times: 1 });
      return bytes.subarray(from, to);
    };
    return { ...toSend(bytes), read };
  };

  it('is carried over unseen, byte for byte, and goes out with the text; is read, found, and taken back', async () => {
    const { done, kept, video } = await carried();
    assert.deepEqual(done, { kind: 'ready', ids: [idIn(kept[0])] });
    assert.deepEqual(made('Whole https://example.com/a'), []);
    const wire = 'Whole https://example.com/a';
    const sent = await publish(wire, video);
    assert(sent.kind === 'there', JSON.stringify(sent));
    assert.deepEqual(made(wire)[0]?.post.video, { bytes: file.length, hash: hashOf(file) });
    const page = await (await fetch(x.publishing.permalink(x.author, sent.id))).text();
    assert.match(page, /Video: 198 KB/);
    // X puts a link to the video behind the text.
    const read = await x.publishing.read(x.tokens, { author: x.author, id: sent.id });
    assert(read.kind === 'there' && x.publishing.isSame(wire, read.text), JSON.stringify(read));
    assert.deepEqual(await find(wire), [sent.id]);
    for (let turn = 0; turn < 2; turn++)
      assert.deepEqual(await x.publishing.takeBack(x.tokens, { author: x.author, id: sent.id }), { kind: 'gone' });
    assert.deepEqual(await find(wire), []);
  });

  it('is shown to twitter-api-v2, and goes out with the video that it carried over', async () => {
    const restore = sendEverythingTo(harness.outbound);
    try {
      const { v2 } = new TwitterApi(x.tokens.access);
      const { video } = await carried();
      const sent = await publish('Shown', video);
      assert(sent.kind === 'there');
      const one = await v2.singleTweet(sent.id, { 'tweet.fields': ['attachments', 'entities'] });
      assert.deepEqual(one.data.attachments?.media_keys, [`7_${video.uploads[0]}`]);
      assert.match(one.data.entities?.urls[0]?.expanded_url ?? '', /\/video\/1$/);
      const id = await v2.uploadMedia(
        file,
        { media_type: 'video/mp4' as never, media_category: 'tweet_video' },
        70_000,
      );
      const theirs = await publish('Theirs', { ...toSend(), uploads: [id] });
      assert.equal(theirs.kind, 'there');
      assert.equal(made('Theirs')[0]?.post.video?.hash, hashOf(file));
    } finally {
      restore();
    }
  });

  for (const [fault, isThere] of [
    ['lostAnswer', 1],
    ['postedError', 1],
    ['pleaseRetry', 1],
    ['lostRequest', 0],
  ] as const) {
    it(`after ${fault} is looked for by its text`, async () => {
      const { video } = await carried();
      harness.fakes.fault('x', { kind: fault, times: 1 });
      assert.equal((await publish(fault, video)).kind, 'unknown');
      assert.deepEqual([(await find(fault)).length, made(fault).length], [isThere, isThere]);
    });
  }

  for (const kind of ['uploadLost', 'error', 'rateLimited'] as const) {
    for (const at of [1, 2, 3, 4]) {
      it(`goes on with the same media id after ${kind}, at part ${at}`, async () => {
        const { done, kept, video } = await carried({ video: faulty(kind, at) });
        assert.equal(done?.kind, 'ready');
        assert.equal(new Set(kept.map(idIn)).size, 1, kept.join());
        assert.equal((await publish(`${kind} ${at}`, video)).kind, 'there');
        assert.equal(made(`${kind} ${at}`)[0]?.post.video?.hash, hashOf(file));
      });
    }
  }

  /** Only what is told here goes wrong, at the call behind the last part. */
  const behindParts = (kind: FaultKind) => {
    const keep = async (one: string, kept: string[]) => {
      if (kept.push(one) === 2) harness.fakes.fault('x', { kind, times: 1 });
      return true;
    };
    return keep;
  };
  for (const kind of ['uploadLost', 'error'] as const) {
    it(`is asked for after ${kind} at its end, and no part goes twice`, async () => {
      const kept: string[] = [];
      const keep = behindParts(kind);
      assert.equal((await uploadOnce(toSend(), undefined, (one) => keep(one, kept)))?.kind, 'later');
      assert.equal(kept.length, 2);
      const unread = { ...toSend(), read: async () => assert.fail('a part goes twice') };
      assert.deepEqual(await uploadOnce(unread, kept.at(-1)), { kind: 'ready', ids: [idIn(kept[0])] });
    });
  }

  it('writes down how far it is, and goes on from there', async () => {
    const large = videoFile({ mediaBytes: 40 * chunkBytes });
    const asked: number[] = [];
    const troubled = faulty('error', 36, large);
    const read: VideoToSend['read'] = (from, to) => {
      asked.push(from / chunkBytes);
      return troubled.read(from, to);
    };
    const { done, video } = await carried({ video: { ...troubled, read } });
    assert.equal(done?.kind, 'ready');
    assert.deepEqual([asked[35], asked[36], asked.at(-1)], [35, 32, 40]);
    assert.equal((await publish('Large', video)).kind, 'there');
    assert.equal(made('Large')[0]?.post.video?.hash, hashOf(large));
  });

  it('that X has forgotten on the way begins anew', async () => {
    for (const at of [1, 3]) {
      const { kept: begun } = await carried({ video: faulty('error', at), tries: 1 });
      harness.fakes.fault('x', { kind: 'uploadForgotten', times: 1 });
      const { done, kept, video } = await carried({ session: begun.at(-1) ?? '' });
      assert.equal(done?.kind, 'ready');
      assert.equal(new Set(kept.map(idIn)).size, 2);
      assert.equal((await publish(`Forgotten ${at}`, video)).kind, 'there');
    }
  });

  it('that X has forgotten before the post is carried over anew, and is not posted without', async () => {
    const { video } = await carried();
    harness.fakes.fault('x', { kind: 'uploadForgotten', times: 1 });
    const sent = await publish('Forgotten', video);
    assert(sent.kind === 'notThere' && sent.isForgotten && sent.hold === 'profile', JSON.stringify(sent));
    const without = await publish('Forgotten', { ...video, uploads: [] });
    assert(without.kind === 'notThere' && without.isForgotten);
    assert.deepEqual(made('Forgotten'), []);
    const anew = await carried({ session: video.session });
    assert.notEqual(idIn(anew.video.session), idIn(video.session));
    assert.equal((await publish('Forgotten', anew.video)).kind, 'there');
  });

  it('that was begun most of a day ago is begun anew: it would not last', async () => {
    const { video } = await carried();
    harness.forward(20 * 3600 + 1);
    x = await account(harness, 'x-user', 'contoso');
    assert.notEqual(idIn((await carried({ session: video.session })).video.session), idIn(video.session));
  });

  it('is not begun where nobody wants it any more, or its bytes are gone', async () => {
    assert.equal((await uploadOnce(toSend(), undefined, async () => false))?.kind, 'later');
    assert.equal((await uploadOnce({ ...toSend(), read: async () => undefined }))?.kind, 'later');
    assert.equal((await uploadOnce(toSend(), undefined, async (one) => one.split(' ')[1] === '0'))?.kind, 'later');
  });

  it('is refused in words of ours, wherever X refuses it', async () => {
    const why = (done: Awaited<ReturnType<typeof uploadOnce>>) => (done?.kind === 'cannot' ? done.why : done?.kind);
    harness.fakes.fault('x', { kind: 'uploadRefused', times: 1 });
    assert.equal(why((await carried()).done), 'X does not take this video.');
    assert.equal(why((await carried({ video: faulty('uploadRefused', 2) })).done), 'X does not take this video.');
    const { tokens, author, publishing } = x;
    const poor = { ...tokens, scopes: tokens.scopes.filter((scope) => scope !== 'media.write') };
    const none = { author, wire: 'Poor', video: toSend(), keep: async () => true };
    assert.match(why(await publishing.videos?.upload(poor, none)) ?? '', /does not let us add videos on X/);
  });

  it('is alone in its post, its own, and not in a reply', async () => {
    const { video } = await carried();
    const other = await account(harness, 'x-user', 'contoso_support');
    const foreign = await other.publishing.publish(other.tokens, { author: other.author, wire: 'Not mine', video });
    assert(foreign.kind === 'notThere');
    const reply = mayPublish(harness.networks.reacting('x-user', 'reply', { id: '1' }));
    assert.equal(reply.videos, undefined);
  });

  describe('the pretend X', () => {
    const call = async (path: string, body?: FormData | object, who = x) => {
      const headers = { authorization: `Bearer ${who.tokens.access}` };
      const json = { ...headers, 'content-type': 'application/json' };
      const init = body instanceof FormData ? { headers, body } : { headers: json, body: JSON.stringify(body ?? {}) };
      const answer = await fetch(harness.outbound(`https://api.x.com/2/media/upload/${path}`), {
        method: 'POST',
        ...init,
      });
      return { status: answer.status, body: (await answer.json()) as { data?: { id?: string } } };
    };
    const right = { media_type: 'video/mp4', total_bytes: 20, media_category: 'tweet_video' };
    const begin = async () => (await call('initialize', right)).body.data?.id ?? '';
    const part = (segment: number, bytes = 10) => {
      const form = new FormData();
      form.set('segment_index', String(segment));
      form.set('media', new Blob([new Uint8Array(bytes)]), 'part');
      return form;
    };

    for (const wrong of [
      { media_category: 'tweet_image' },
      { media_category: undefined },
      { media_type: 'video/avi' },
      { total_bytes: 0 },
      { total_bytes: 512_000_001 },
    ]) {
      it(`begins with no ${JSON.stringify(wrong)}`, async () => {
        assert.equal((await call('initialize', { ...right, ...wrong })).status, 400);
      });
    }

    it('takes parts in their order, up to what was announced, and only all of them make a video', async () => {
      const id = await begin();
      assert.equal((await call(`${id}/append`, part(1))).status, 400);
      assert.equal((await call(`${id}/append`, part(0))).status, 200);
      assert.equal((await call(`${id}/finalize`)).status, 400);
      assert.equal((await call(`${id}/append`, part(1, 11))).status, 400);
      assert.equal((await call(`${id}/append`, part(1))).status, 200);
      // The same place again: what is behind it is to come again, too.
      assert.equal((await call(`${id}/append`, part(0))).status, 200);
      assert.equal((await call(`${id}/finalize`)).status, 400);
      assert.equal((await call(`${id}/append`, part(1))).status, 200);
      assert.equal((await call(`${id}/finalize`)).status, 200);
      assert.equal((await call(`${id}/append`, part(1))).status, 400);
    });

    it('knows a video of its own account alone, and posts it once it is ready', async () => {
      const id = await begin();
      const other = await account(harness, 'x-user', 'contoso_support');
      assert.equal((await call(`${id}/append`, part(0), other)).status, 400);
      assert.equal((await call(`${id}/append`, part(0, 20))).status, 200);
      assert.equal((await call(`${id}/finalize`)).status, 200);
      const early = await publish('Early', { ...toSend(), uploads: [id] });
      assert(early.kind === 'notThere' && early.reason === 'wait' && !early.isForgotten, JSON.stringify(early));
      assert.equal((await publish('Early', { ...toSend(), uploads: [id] })).kind, 'notThere');
      assert.equal((await publish('Early', { ...toSend(), uploads: [id] })).kind, 'there');
    });
  });
});
