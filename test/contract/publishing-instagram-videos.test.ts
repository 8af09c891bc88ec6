import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isUploadAddress } from '../../src/networks/instagram/videos.js';
import type { VideoToSend } from '../../src/networks/publishing.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { carryOver, file, hashOfFile, videoToSend } from './carryOver.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, mayPublish, networksAt, startOdd } from './publishing-harness.js';
import { postsMade } from './publishingWorld.js';

const chunkBytes = 200_000;
const throughPage = { ...sandboxApps, instagram: sandboxApps.facebook };
const doors = [
  ['its own sign-in', {}, 'contoso'],
  ['a Facebook Page', { apps: throughPage }, 'Alex Wilber'],
] as const;

/** Where the pretend Instagram fetches it. */
async function serve(): Promise<{ server: Server; origin: string }> {
  const server = createServer(({ url }, response) => {
    if (url === '/gone') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

for (const [door, options, who] of doors) {
  describe(`a reel on Instagram, through ${door}, over HTTP`, () => {
    let harness: Harness;
    let instagram: Awaited<ReturnType<typeof account>>;
    let media: Awaited<ReturnType<typeof serve>>;
    const isSent = door === 'a Facebook Page';
    before(async () => {
      media = await serve();
      harness = await startHarness({ chunkBytes, ...options });
      instagram = await account(harness, 'instagram-account', who, '17841400000000101');
    });
    after(async () => {
      media.server.close();
      await harness.stop();
    });
    afterEach(() => harness.fakes.fault('instagram'));

    const at = (path = '/video', read?: VideoToSend['read']): VideoToSend => {
      const video = { ...videoToSend(), address: async () => media.origin + path };
      return read ? { ...video, read } : video;
    };
    const carried = (wire: string, more: Parameters<typeof carryOver>[2] = {}) =>
      carryOver(instagram, wire, { video: at(), ...more });
    const idsOf = ({ done }: Awaited<ReturnType<typeof carried>>) => {
      assert(done?.kind === 'ready', JSON.stringify(done));
      return done.ids;
    };
    const publish = (wire: string, uploads: string[], firstSentAt?: Date) =>
      instagram.publishing.publish(instagram.tokens, {
        ...{ author: instagram.author, wire, video: { ...at(), uploads } },
        ...(firstSentAt ? { firstSentAt } : {}),
      });
    const made = (text: string) => postsMade(harness.dataDir).filter(({ post }) => post.text === text);
    const find = async (wire: string, uploads: string[]) => {
      const what = { author: instagram.author, wire, uploads, ...around(harness.now()) };
      const found = await instagram.publishing.lookUp(instagram.tokens, what);
      return found.kind === 'found' ? found.posts.map(({ id }) => id) : found.kind;
    };

    it('is there with the last call and not before, byte for byte; is found and read', async () => {
      const ids = idsOf(await carried('Whole'));
      assert.deepEqual([made('Whole'), await find('Whole', ids)], [[], []]);
      const sent = await publish('Whole', ids);
      assert(sent.kind === 'there', JSON.stringify(sent));
      assert.deepEqual(
        made('Whole').map(({ post }) => post.video),
        [{ bytes: file.length, hash: hashOfFile }],
      );
      assert.deepEqual(await find('Whole', ids), [sent.id]);
      const { author, tokens, publishing } = instagram;
      const read = await publishing.read(tokens, { author, id: sent.id });
      assert(read.kind === 'there' && read.text === 'Whole');
      assert.match(await (await fetch(read.url ?? '')).text(), /Video: 701 KB[\s\S]*Whole/);
      assert.equal((await publishing.takeBack(tokens, { author, id: sent.id })).kind, 'cannot');
    });

    it('is not published twice with one container, and that is no reason to carry it over anew', async () => {
      const all = await carried('Twice');
      const ids = idsOf(all);
      assert.equal((await publish('Twice', ids)).kind, 'there');
      assert.equal((await publish('Twice', ids, new Date())).kind, 'unknown');
      assert.deepEqual(idsOf(await carried('Twice', { session: all.kept.at(-1) ?? '' })), ids);
      assert.equal(made('Twice').length, 1);
    });

    for (const [fault, isThere] of [
      ['lostAnswer', 1],
      ['postedError', 1],
      ['pleaseRetry', 1],
      ['lostRequest', 0],
    ] as const) {
      it(`after ${fault} its container says what became of it`, async () => {
        const ids = idsOf(await carried(fault));
        harness.fakes.fault('instagram', { kind: fault, times: 1 });
        assert.equal((await publish(fault, ids)).kind, 'unknown');
        assert.deepEqual([(await find(fault, ids)).length, made(fault).length], [isThere, isThere]);
        assert.equal((await publish(fault, ids, new Date())).kind, isThere ? 'unknown' : 'there');
        assert.equal(made(fault).length, 1);
      });
    }

    it('goes on after a connection that broke, with what is there already', async () => {
      harness.fakes.fault('instagram', { kind: 'uploadLost', times: 1 });
      const all = await carried('Broke');
      assert.deepEqual([all.done?.kind, all.times], ['ready', 2]);
      if (!isSent) return;
      const asked: number[] = [];
      const read: VideoToSend['read'] = async (from, to) => {
        asked.push(from);
        if (asked.length === 3) harness.fakes.fault('instagram', { kind: 'uploadLost', times: 2 });
        return file.subarray(from, to);
      };
      const second = await carried('Half way', { video: at('/video', read) });
      assert.equal(idsOf(second).length, 1);
      // The container is lost once, then the bytes once: the rest of them follow from the middle.
      assert(asked.includes(Math.floor(file.length / 2)), asked.join());
      assert.equal((await publish('Half way', idsOf(second))).kind, 'there');
      assert.equal(made('Half way')[0]?.post.video?.hash, hashOfFile);
    });

    it('is begun anew when Instagram has forgotten it', async () => {
      harness.fakes.fault('instagram', { kind: 'uploadForgotten', times: 1 });
      const all = await carried('Forgotten on the way');
      assert.equal(new Set(all.kept.map((one) => JSON.parse(one).id)).size, 2);
      assert.equal((await publish('Forgotten on the way', idsOf(all))).kind, 'there');
      const before = await carried('Forgotten at last');
      harness.fakes.fault('instagram', { kind: 'uploadForgotten', times: 1 });
      const sent = await publish('Forgotten at last', idsOf(before));
      assert(sent.kind === 'notThere' && sent.isForgotten && sent.hold === 'profile', JSON.stringify(sent));
      const anew = await carried('Forgotten at last');
      assert.equal((await publish('Forgotten at last', idsOf(anew))).kind, 'there');
      assert.equal(made('Forgotten at last').length, 1);
    });

    it('is begun anew before its container ends, unless it is out', async () => {
      const [old, out] = [await carried('Old'), await carried('Out')];
      assert.equal((await publish('Out', idsOf(out))).kind, 'there');
      harness.forward(21 * 3600);
      assert.notDeepEqual(idsOf(await carried('Old', { session: old.kept.at(-1) ?? '' })), idsOf(old));
      assert.deepEqual(idsOf(await carried('Out', { session: out.kept.at(-1) ?? '' })), idsOf(out));
    });

    it('is refused in words of ours', async () => {
      const why = async (more: Parameters<typeof carryOver>[2] = {}, wire = 'Refused') => {
        const { done } = await carried(wire, more);
        return done?.kind === 'cannot' ? done.why : JSON.stringify(done);
      };
      harness.fakes.fault('instagram', { kind: 'uploadRefused' });
      assert.match(await why(), /does not take a video of this form\. It wants MP4 or MOV/);
      harness.fakes.fault('instagram');
      assert.match(await why({}, 'x'.repeat(2201)), /text is too long/);
      if (!isSent) assert.match(await why({ video: at('/gone') }), /could not fetch a video from this bot's address/);
    });

    it('is not begun where nobody wants it any more, or its bytes are gone', async () => {
      const { author, tokens, publishing } = instagram;
      let reads = 0;
      const read: VideoToSend['read'] = async (from, to) => {
        reads++;
        return file.subarray(from, to);
      };
      const what = { author, wire: 'Not wanted', video: at('/video', read), keep: async () => false };
      assert.deepEqual([await publishing.videos?.upload(tokens, what), reads], [{ kind: 'later' }, 0]);
      if (!isSent) return;
      const gone = await carried('Gone', { video: at('/video', async () => undefined) });
      assert.equal(gone.done?.kind, 'later');
    });
  });
}

describe('what goes to Instagram with a reel', () => {
  const author = { externalId: '17841400000000101', handle: 'contoso', type: 'instagram-account' as const };
  const tokens = { access: 't', scopes: ['instagram_content_publish', 'pages_read_engagement'] };
  const small = file.subarray(0, 1000);

  /** What is heard, and what comes of it, when the container's address is this and its states are these. */
  async function heardWith(
    uri: string | undefined,
    states: object[],
    apps: typeof sandboxApps = throughPage,
    { session, said = { success: true } }: { session?: object; said?: object } = {},
  ) {
    let looks = 0;
    const odd = await startOdd((response, { method, path }) => {
      const state = () => states[Math.min(looks++, states.length - 1)];
      const made = { id: '55', ...(uri ? { uri } : {}) };
      const body = method === 'GET' ? state() : path.includes('ig-api-upload') ? said : made;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    try {
      const publishing = mayPublish(networksAt(odd.origin, 2000, apps).publishing('instagram-account'));
      const video = { ...videoToSend(small), address: async () => 'https://bot.example/media/a' };
      const known = session ? { session: JSON.stringify(session) } : {};
      const what = { author, wire: 'Words', video, keep: async () => true, ...known };
      return { done: await publishing.videos?.upload(tokens, what), heard: odd.heard, looks };
    } finally {
      odd.stop();
    }
  }
  const finished = { status_code: 'FINISHED' };

  it('says what it is, sends the bytes in one piece to Meta alone, and asks how far they are', async () => {
    const uri = 'https://rupload.facebook.com/ig-api-upload/v27.0/55';
    for (const given of [uri, undefined]) {
      const { done, heard } = await heardWith(given, [finished]);
      assert.deepEqual(done, { kind: 'ready', ids: ['55'] });
      const [made, sent, asked] = heard;
      assert.equal(made?.path, '/graph.facebook.com/v27.0/17841400000000101/media');
      assert.deepEqual(Object.fromEntries(new URLSearchParams(made?.body)), {
        ...{ media_type: 'REELS', caption: 'Words', upload_type: 'resumable' },
      });
      assert.deepEqual([sent?.method, sent?.path], ['POST', '/rupload.facebook.com/ig-api-upload/v27.0/55']);
      const { authorization, offset, file_size, 'content-length': length } = sent?.headers ?? {};
      assert.deepEqual([authorization, offset, file_size, length], ['OAuth t', '0', '1000', '1000']);
      assert.equal(sent?.body, small.toString());
      assert.equal(asked?.path, '/graph.facebook.com/v27.0/55?fields=status_code%2Cstatus');
    }
    const odd = await heardWith('https://evil.example/ig-api-upload/v27.0/55', [finished]);
    assert.deepEqual([odd.done?.kind, odd.heard.length], ['cannot', 1]);
  });

  it('gives an address where Instagram has its own sign-in', async () => {
    const { done, heard } = await heardWith(undefined, [finished], sandboxApps);
    assert.deepEqual([done?.kind, heard.length], ['ready', 2]);
    assert.match(heard[0]?.path ?? '', /^\/graph\.instagram\.com\/v\d+\.0\/17841400000000101\/media$/);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(heard[0]?.body)), {
      ...{ media_type: 'REELS', caption: 'Words', video_url: 'https://bot.example/media/a' },
    });
  });

  it('goes on from the byte that Instagram says, whatever it says beside', async () => {
    const session = { id: '55', uri: 'https://rupload.facebook.com/ig-api-upload/v27.0/55', since: Date.now() };
    const phase = (status: string, bytes: object) => ({ uploading_phase: { status, ...bytes } });
    for (const [status_code, video_status, rest] of [
      ['IN_PROGRESS', phase('in_progress', { bytes_transferred: 400 }), 600],
      ['IN_PROGRESS', phase('in_progress', { bytes_transfered: 400 }), 600],
      ['PUBLISHED', phase('in_progress', { bytes_transferred: 400 }), 600],
      ['IN_PROGRESS', undefined, 1000],
      ['IN_PROGRESS', phase('complete', { bytes_transferred: 1000 }), 0],
      ['FINISHED', phase('complete', { bytes_transferred: 1000 }), 0],
      ['PUBLISHED', phase('complete', { bytes_transferred: 1000 }), 0],
    ] as const) {
      const state = { status_code, ...(video_status ? { video_status } : {}) };
      const { done, heard } = await heardWith(undefined, [state, finished], throughPage, { session });
      assert.deepEqual(done, { kind: 'ready', ids: ['55'] });
      assert.equal(heard[0]?.path, '/graph.facebook.com/v27.0/55?fields=status_code%2Cstatus%2Cvideo_status');
      const sent = heard.filter(({ method }) => method === 'POST').map(({ body }) => body.length);
      assert.deepEqual(sent, rest > 0 ? [rest] : [], JSON.stringify(state));
    }
  });

  it('begins anew once where its bytes are refused, and says so; a sign-in that may not is no refusal', async () => {
    const refusal = (type: string, message = 'x') => ({ said: { debug_info: { retriable: false, type, message } } });
    const refused = await heardWith(undefined, [finished], throughPage, refusal('ProcessingFailedError'));
    assert.deepEqual([refused.done?.kind, refused.heard.length], ['cannot', 4]);
    const words = '{"success":false,"error":{"message":"unauthorized user request"}}';
    const no = await heardWith(undefined, [finished], throughPage, refusal('ProcessingFailedError', words));
    assert.deepEqual(no.done, { kind: 'cannot', why: 'Instagram does not let this sign-in send it a video.' });
  });

  it('is waited for while Instagram works on it, for a while', async () => {
    const busy = { status_code: 'IN_PROGRESS' };
    assert.deepEqual((await heardWith(undefined, [busy, busy, finished])).done, { kind: 'ready', ids: ['55'] });
    const { done, looks } = await heardWith(undefined, [busy]);
    assert.deepEqual([done, looks], [{ kind: 'later' }, 6]);
  });

  it('ends with the reason that Instagram has, in words of ours', async () => {
    const why = async (status?: string) => {
      const { done } = await heardWith(undefined, [{ status_code: 'ERROR', ...(status ? { status } : {}) }]);
      return done?.kind === 'cannot' ? done.why : done?.kind;
    };
    assert.match((await why('Error: Media upload has failed with error code 2207026')) ?? '', /of this form/);
    assert.match((await why('Error: Media upload has failed with error code 2207052')) ?? '', /could not fetch/);
    for (const odd of [undefined, 'Error code 2207999', 'secret words'])
      assert.equal(await why(odd), 'Instagram could not do anything with the video.');
  });

  it('believes an address of Meta’s alone', () => {
    const where = 'https://rupload.facebook.com/ig-api-upload/v27.0/55';
    const rows: [string, boolean][] = [
      [where, true],
      [where.replace('https', 'http'), false],
      [where.replace('.com/', '.com.evil.example/'), false],
      [where.replace('rupload.', 'evil-rupload.'), false],
      [where.replace('rupload.', 'user@rupload.'), false],
      [where.replace('.com/', '.com:444/'), false],
      [where.replace('ig-api-upload', 'other'), false],
      ['', false],
    ];
    for (const [address, isOne] of rows) assert.equal(isUploadAddress(address), isOne, address);
  });
});
