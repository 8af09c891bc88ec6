import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ToSend, VideoToSend } from '../../src/networks/publishing.js';
import { isSessionAddress } from '../../src/networks/youtube/session.js';
import { carryOver, videoToSend } from './carryOver.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, mayPublish, networksAt, startOdd } from './publishing-harness.js';
import { postsMade } from './publishingWorld.js';
import { videoFile } from './videoFiles.js';

const chunkBytes = 256 * 1024;
const file = videoFile({ mediaBytes: 3 * chunkBytes });
const said = { title: 'Bikes', privacy: 'unlisted', madeForKids: false } as const;
const toSend = (bytes = file): VideoToSend => ({ ...videoToSend(bytes), ...said });
const where = 'https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&upload_id=a';

describe('a video on YouTube, over HTTP', () => {
  let harness: Harness;
  let youtube: Awaited<ReturnType<typeof account>>;
  before(async () => {
    harness = await startHarness({ chunkBytes });
    youtube = await account(harness, 'youtube-user', 'social@contoso.example');
  });
  after(() => harness.stop());
  afterEach(() => harness.fakes.fault('youtube'));

  /** Carried over in as many tries as it takes; the sessions that were written down. */
  async function carried(wire: string, session?: string, video = toSend()) {
    const { done, kept } = await carryOver(youtube, wire, { video, ...(session ? { session } : {}) });
    return { done, kept, video: { ...video, session: kept.at(-1) ?? '' } };
  }
  const publish = (wire: string, video: ToSend['video']) =>
    youtube.publishing.publish(youtube.tokens, { author: youtube.author, wire, ...(video ? { video } : {}) });
  const made = (text: string) => postsMade(harness.dataDir).filter(({ post }) => post.text === text);
  const find = async (wire: string, video: { session?: string }) => {
    const what = {
      author: youtube.author,
      wire,
      ...around(harness.now()),
      video: { title: 'Bikes', bytes: file.length, ...video },
    };
    const found = await youtube.publishing.lookUp(youtube.tokens, what);
    return found.kind === 'found' ? found.posts.map(({ id }) => id) : found.kind;
  };

  it('is there with its last bytes and not before, byte for byte; is read, found, and taken back', async () => {
    const { done, kept, video } = await carried('Whole');
    assert.deepEqual([done, kept.length], [{ kind: 'ready', ids: [] }, 1]);
    assert.deepEqual(made('Whole'), []);
    assert.deepEqual(await find('Whole', video), []);
    const sent = await publish('Whole', video);
    assert(sent.kind === 'there', JSON.stringify(sent));
    const [{ post } = { post: undefined }] = made('Whole');
    const hash = createHash('sha256').update(file).digest('base64url');
    assert.deepEqual(post?.video, { ...said, bytes: file.length, hash });
    // Both ways to find it: by its session, and among the channel's own.
    assert.deepEqual(await find('Whole', video), [sent.id]);
    assert.deepEqual(await find('Whole', {}), [sent.id]);
    assert.deepEqual(await find('Other', {}), []);
    const { author, tokens, publishing } = youtube;
    const read = await publishing.read(tokens, { author, id: sent.id });
    assert(read.kind === 'there' && read.text === 'Whole');
    for (let turn = 0; turn < 2; turn++)
      assert.deepEqual(await publishing.takeBack(tokens, { author, id: sent.id }), { kind: 'gone' });
    assert.deepEqual(await publishing.read(tokens, { author, id: sent.id }), { kind: 'gone' });
  });

  it('sent once more on the same session is the same video', async () => {
    const { video } = await carried('Twice');
    const [first, second] = [await publish('Twice', video), await publish('Twice', video)];
    assert.deepEqual(first, second);
    assert.equal(made('Twice').length, 1);
    assert.deepEqual((await carried('Twice', video.session)).done, { kind: 'ready', ids: [] });
    assert.equal(made('Twice').length, 1);
  });

  for (const [fault, isThere] of [
    ['lostAnswer', 1],
    ['postedError', 1],
    ['pleaseRetry', 1],
    ['lostRequest', 0],
  ] as const) {
    it(`after ${fault} is asked for where it went`, async () => {
      const { video } = await carried(fault);
      harness.fakes.fault('youtube', { kind: fault, times: 1 });
      assert.equal((await publish(fault, video)).kind, 'unknown');
      assert.deepEqual([(await find(fault, video)).length, made(fault).length], [isThere, isThere]);
      assert.equal((await publish(fault, video)).kind, 'there');
      assert.equal(made(fault).length, 1);
    });
  }

  for (const fault of ['uploadLost', 'error'] as const) {
    for (const at of [1, 2, 3]) {
      it(`goes on from what is there after ${fault}, at call ${at}`, async () => {
        const wire = `${fault} ${at}`;
        let calls = 0;
        const video = toSend();
        const read: VideoToSend['read'] = async (from, to) => {
          if (++calls === at) harness.fakes.fault('youtube', { kind: fault, times: 1 });
          return video.read(from, to);
        };
        const { done, kept, video: left } = await carried(wire, undefined, { ...video, read });
        assert.deepEqual([done?.kind, kept.length], ['ready', 1]);
        assert.equal((await publish(wire, left)).kind, 'there');
        assert.equal(made(wire)[0]?.post.video?.hash, createHash('sha256').update(file).digest('base64url'));
      });
    }
  }

  it('that YouTube has forgotten begins anew, and nothing of the old one is sent', async () => {
    const { video } = await carried('Forgotten');
    harness.fakes.fault('youtube', { kind: 'uploadForgotten', times: 1 });
    const sent = await publish('Forgotten', video);
    assert(sent.kind === 'notThere' && sent.isForgotten && sent.hold === 'profile');
    const anew = await carried('Forgotten', video.session);
    assert.equal(anew.kept.length, 2);
    assert.equal((await publish('Forgotten', anew.video)).kind, 'there');
    assert.equal(made('Forgotten').length, 1);
  });

  it('is not begun where nobody wants it any more, or its bytes are gone', async () => {
    const { author, tokens, publishing } = youtube;
    const what = { author, wire: 'Not wanted', video: toSend() };
    assert.equal((await publishing.videos?.upload(tokens, { ...what, keep: async () => false }))?.kind, 'later');
    const gone = { ...toSend(), read: async () => undefined };
    assert.equal((await carried('Gone', undefined, gone)).done?.kind, 'later');
    const { video } = await carried('Gone at last');
    assert.equal((await publish('Gone at last', { ...video, read: async () => undefined })).kind, 'notThere');
    assert.equal((await publish('No video', undefined)).kind, 'notThere');
  });

  it('is refused in words of ours', async () => {
    harness.fakes.fault('youtube', { kind: 'uploadRefused' });
    const { done } = await carried('Refused');
    assert.match(done?.kind === 'cannot' ? done.why : '', /no more videos of this channel today/);
    harness.fakes.fault('youtube');
    const titled = await carried('Refused', undefined, { ...toSend(), title: 'a > b' });
    assert.match(titled.done?.kind === 'cannot' ? titled.done.why : '', /does not take this title/);
    const { tokens, author, publishing } = youtube;
    const poor = { ...tokens, scopes: tokens.scopes.filter((scope) => !scope.endsWith('youtube.upload')) };
    const none = { author, wire: 'Poor', video: toSend(), keep: async () => true };
    assert.equal((await publishing.videos?.upload(poor, none))?.kind, 'cannot');
    const sent = await publishing.publish(poor, { author, wire: 'Poor', video: toSend() });
    assert(sent.kind === 'notThere' && sent.reason === 'signIn');
  });

  it('counts its text in bytes, and says which signs it may not have', () => {
    const preview = (text: string) => youtube.publishing.preview(text);
    assert.deepEqual([preview('é').count, preview('é').limit, preview('é').unit], [2, 5000, 'bytes']);
    assert.deepEqual(preview('Fine').problems, []);
    assert.match(preview('a < b').problems[0]?.sentence ?? '', /YouTube takes no < in the text of a video/);
    assert.match(preview('é'.repeat(2501)).problems[0]?.sentence ?? '', /The text is 2 too long: 5002 of 5000 bytes/);
  });

  it('asks for a session as the books say, and believes an address of Google’s alone', async () => {
    const rows: [string, boolean][] = [
      [where, true],
      [where.replace('www.', 'youtube.'), true],
      [where.replace('https', 'http'), false],
      [where.replace('www.googleapis.com', 'googleapis.com.evil.example'), false],
      [where.replace('www.googleapis.com', 'evilgoogleapis.com'), false],
      [where.replace('www.', 'user@www.'), false],
      [where.replace('.com/', '.com:444/'), false],
      [where.replace('videos', 'captions'), false],
      ['', false],
    ];
    for (const [address, isOne] of rows) assert.equal(isSessionAddress(address), isOne, address);
    for (const [location, isOpened] of [
      [where, true],
      ['https://evil.example/upload/youtube/v3/videos', false],
    ] as const) {
      const odd = await startOdd((response, { method }) => {
        response.writeHead(method === 'POST' ? 200 : 308, method === 'POST' ? { location } : {}).end();
      });
      try {
        const publishing = mayPublish(networksAt(odd.origin).publishing('youtube-user'));
        const small = toSend(file.subarray(0, 1000));
        const what = { author: youtube.author, wire: 'Words', video: small, keep: async () => true };
        const done = await publishing.videos?.upload(youtube.tokens, what);
        assert.equal(done?.kind, isOpened ? 'ready' : 'cannot');
        assert.equal(odd.heard.length, 1);
        const [heard] = odd.heard;
        assert.equal(
          heard?.path,
          '/www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet%2Cstatus',
        );
        assert.equal(heard?.headers['x-upload-content-length'], '1000');
        assert.equal(heard?.headers['x-upload-content-type'], 'video/mp4');
        assert.deepEqual(JSON.parse(heard?.body ?? ''), {
          snippet: { title: 'Bikes', description: 'Words', categoryId: '22' },
          status: { privacyStatus: 'unlisted', selfDeclaredMadeForKids: false },
        });
      } finally {
        odd.stop();
      }
    }
  });

  /** What comes of the last bytes when YouTube says this to them; to the question before it says that nothing is there. */
  const answers: [string, { status: number; body?: object; headers?: Record<string, string> }, string][] = [
    ['200 with an id', { status: 200, body: { id: 'abcdefghijk' } }, 'there'],
    ['201 with an id', { status: 201, body: { id: 'abcdefghijk' } }, 'there'],
    ['200 without one', { status: 200, body: {} }, 'unknown'],
    ['308: not all of it', { status: 308, headers: { range: 'bytes=0-99' } }, 'notThere wait'],
    ['404', { status: 404 }, 'unknown'],
    ['410', { status: 410 }, 'unknown'],
    ['503', { status: 503 }, 'unknown'],
    ['401', { status: 401 }, 'notThere signIn'],
    ['403 quota', { status: 403, body: { error: { errors: [{ reason: 'quotaExceeded' }] } } }, 'notThere wait'],
    ['400', { status: 400 }, 'notThere refused'],
  ];
  for (const [name, { status, body, headers }, kind] of answers) {
    it(`reads the answer to the last bytes: ${name}`, async () => {
      const odd = await startOdd((response, heard) => {
        const isAsked = String(heard.headers['content-range']).startsWith('bytes */');
        response.writeHead(isAsked ? 308 : status, { 'content-type': 'application/json', ...(isAsked ? {} : headers) });
        response.end(isAsked ? '' : JSON.stringify(body ?? {}));
      });
      try {
        const publishing = mayPublish(networksAt(odd.origin).publishing('youtube-user'));
        const video = { ...toSend(file.subarray(0, 1000)), session: where };
        const tokens = { ...youtube.tokens, givenAt: new Date(0) };
        const sent = await publishing.publish(tokens, { author: youtube.author, wire: 'x', video });
        assert.equal(sent.kind === 'notThere' ? `notThere ${sent.reason}` : sent.kind, kind);
        assert.deepEqual(
          odd.heard.map(({ headers: heard }) => heard['content-range']),
          ['bytes */1000', 'bytes 0-999/1000'],
        );
      } finally {
        odd.stop();
      }
    });
  }
});
