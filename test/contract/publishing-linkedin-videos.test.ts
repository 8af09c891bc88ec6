import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ToSend, VideoToSend } from '../../src/networks/publishing.js';
import { videoToSend } from './carryOver.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, type Heard, mayPublish, networksAt, startOdd } from './publishing-harness.js';
import { postsMade } from './publishingWorld.js';
import { videoFile } from './videoFiles.js';

const part = 4 * 1024 * 1024;
/** Three parts. */
const file = videoFile({ mediaBytes: 2 * part + 1000 });
const hash = createHash('sha256').update(file).digest('base64url');
const toSend = (bytes = file): VideoToSend => ({ ...videoToSend(bytes), title: 'Bikes' });

const rows = [
  ['linkedin-page', '5001001'],
  ['linkedin-member', undefined],
] as const;

for (const [type, externalId] of rows) {
  const isPage = type === 'linkedin-page';

  describe(`a video on LinkedIn, over HTTP, as ${type}`, () => {
    let harness: Harness;
    let linkedin: Awaited<ReturnType<typeof account>>;
    before(async () => {
      harness = await startHarness();
      linkedin = await account(harness, type, 'Alex Wilber', externalId);
    });
    after(() => harness.stop());
    afterEach(() => harness.fakes.fault('linkedin'));

    /** One try. `kept`: the sessions that were written down, the last of which it goes on from. */
    async function tryOnce(wire: string, kept: string[], video = toSend()) {
      const { author, tokens, publishing } = linkedin;
      const keep = async (one: string) => {
        kept.push(one);
        return true;
      };
      const session = kept.at(-1);
      const done = await publishing.videos?.upload(tokens, {
        ...{ author, wire, video, keep },
        ...(session ? { session } : {}),
      });
      assert(done);
      return done;
    }
    /** As many tries as it takes, each at its time. */
    async function carried(wire: string, kept: string[] = [], video = toSend()) {
      let done = await tryOnce(wire, kept, video);
      for (let tries = 0; done.kind === 'later' && tries < 6; tries++) {
        harness.forward(20);
        done = await tryOnce(wire, kept, video);
      }
      const uploads = done.kind === 'ready' ? done.ids : [];
      return { done, kept, video: { ...video, session: kept.at(-1) ?? '', uploads } };
    }
    const publish = (wire: string, video?: ToSend['video']) =>
      linkedin.publishing.publish(linkedin.tokens, { author: linkedin.author, wire, ...(video ? { video } : {}) });
    const made = (text: string) => postsMade(harness.dataDir).filter(({ post }) => post.text === text);
    const processed = () => harness.forward(20);

    it('is there with its post and not before, byte for byte, and is named on the public page', async () => {
      const { done, kept, video } = await carried(`Whole ${type}`);
      processed();
      assert.match(done.kind === 'ready' ? done.ids.join() : '', /^urn:li:video:\w+$/);
      // Before the first byte, after each of three parts, and when all of it was there.
      assert.equal(kept.length, 5);
      assert(kept.every((one) => one.length < 3000));
      assert.doesNotMatch(kept.at(-1) ?? '', /https/);
      assert.deepEqual(made(`Whole ${type}`), []);
      const sent = await publish(`Whole ${type}`, video);
      assert(sent.kind === 'there', JSON.stringify(sent));
      const [{ post } = { post: undefined }] = made(`Whole ${type}`);
      assert.deepEqual(post?.video, { title: 'Bikes', bytes: file.length, hash });
      const page = await (await fetch(linkedin.publishing.permalink(linkedin.author, sent.id))).text();
      assert.match(page, /<h2 class="video">Bikes<\/h2>[\s\S]*Video: 8\.4 MB/);
      const { author, tokens, publishing } = linkedin;
      if (isPage) {
        const found = await publishing.lookUp(tokens, { author, wire: `Whole ${type}`, ...around(harness.now()) });
        assert.deepEqual(found.kind === 'found' && found.posts.map(({ id }) => id), [sent.id]);
      }
      assert.deepEqual(await publishing.takeBack(tokens, { author, id: sent.id }), { kind: 'gone' });
    });

    it('needs no title', async () => {
      const { title: _, ...untitled } = toSend();
      const { video } = await carried(`Untitled ${type}`, [], untitled);
      processed();
      assert.equal((await publish(`Untitled ${type}`, video)).kind, 'there');
      assert.deepEqual(made(`Untitled ${type}`)[0]?.post.video, { bytes: file.length, hash });
    });

    it('is waited for while LinkedIn processes it: nothing is posted meanwhile', async () => {
      const kept: string[] = [];
      const first = await tryOnce('Processing', kept);
      const inSeconds = (at?: Date) => Math.round((Number(at) - Number(harness.now())) / 1000);
      if (isPage) assert.deepEqual([first.kind, first.kind === 'later' && inSeconds(first.at)], ['later', 5]);
      else assert.equal(first.kind, 'ready');
      const [, video] = /"video":"([^"]+)"/.exec(kept.at(-1) ?? '') ?? [];
      const early = await publish('Processing', { ...toSend(), session: kept.at(-1) ?? '', uploads: [video ?? ''] });
      assert(early.kind === 'notThere' && early.reason === 'wait' && early.hold === 'profile' && !early.isForgotten);
      assert.deepEqual([inSeconds(early.retryAt), early.trouble], [5, undefined]);
      assert.deepEqual(made('Processing'), []);
      harness.forward(8);
      if (isPage) {
        const second = await tryOnce('Processing', kept);
        assert(second.kind === 'later' && inSeconds(second.at) >= 8, JSON.stringify(second));
      }
      harness.forward(8);
      const { video: whole } = await carried('Processing', kept);
      assert.equal((await publish('Processing', whole)).kind, 'there');
      assert.equal(made('Processing').length, 1);
    });

    it('that LinkedIn cannot read ends in words of ours', async () => {
      const { done, video } = await carried(`Unreadable ${type}`, [], toSend(Buffer.alloc(100_000, 'no video ')));
      const why = /LinkedIn cannot read the video\. Save it as MP4/;
      if (isPage) return assert.match(done.kind === 'cannot' ? done.why : '', why);
      processed();
      const sent = await publish(`Unreadable ${type}`, video);
      assert.match(sent.kind === 'notThere' && sent.reason === 'refused' ? sent.detail : '', why);
    });

    /** Calls 1 to 5: begin, three parts, finish; a Page's sign-in asks after that. */
    for (const fault of ['uploadLost', 'error', 'uploadForgotten'] as const) {
      for (const at of isPage ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5]) {
        it(`goes on after ${fault} at call ${at}, and is there whole, once`, async () => {
          const wire = `${fault} ${at} ${type}`;
          const kept: string[] = [];
          let calls = 0;
          const spoil = () => {
            if (++calls === at) harness.fakes.fault('linkedin', { kind: fault, times: 1 });
          };
          const { author, tokens, publishing } = linkedin;
          spoil();
          const video = toSend();
          const first = await publishing.videos?.upload(tokens, {
            ...{ author, wire },
            video: {
              ...video,
              read: async (from, to) => {
                spoil();
                return video.read(from, to);
              },
            },
            keep: async (session) => {
              kept.push(session);
              if (/"parts":\[\]|"since"/.test(session)) spoil();
              return true;
            },
          });
          assert.equal(first?.kind, 'later');
          const { done, video: whole } = await carried(wire, kept);
          assert.equal(done.kind, 'ready');
          processed();
          assert.equal((await publish(wire, whole)).kind, 'there');
          assert.deepEqual([made(wire).length, made(wire)[0]?.post.video?.hash], [1, hash]);
        });
      }
    }

    it('that LinkedIn has forgotten before the post is carried over anew', async () => {
      const wire = `Forgotten ${type}`;
      const { video } = await carried(wire);
      processed();
      harness.fakes.fault('linkedin', { kind: 'uploadForgotten', times: 1 });
      const sent = await publish(wire, video);
      assert(sent.kind === 'notThere' && sent.isForgotten && sent.hold === 'profile');
      const anew = await carried(wire);
      assert.notDeepEqual(anew.video.uploads, video.uploads);
      processed();
      assert.equal((await publish(wire, anew.video)).kind, 'there');
      assert.equal(made(wire).length, 1);
      const none = await publish('Never carried over', { ...toSend(), uploads: [] });
      assert(none.kind === 'notThere' && none.isForgotten);
    });

    it('that LinkedIn never goes on with is not begun for ever', async () => {
      const kept: string[] = [];
      const { done: first } = await carried('For ever', kept, {
        ...toSend(),
        read: async (from, to) => {
          harness.fakes.fault('linkedin', { kind: 'uploadForgotten', times: 1 });
          return toSend().read(from, to);
        },
      });
      assert.deepEqual(first, { kind: 'cannot', why: 'LinkedIn does not take this video.' });
      assert.equal(kept.length, 6);
    });

    it('is refused in words of ours, and of somebody else not taken', async () => {
      harness.fakes.fault('linkedin', { kind: 'uploadRefused', times: 1 });
      const { done } = await carried('Refused');
      assert.deepEqual(done, { kind: 'cannot', why: 'LinkedIn does not take this video.' });
      const sent = await publish('Not mine', { ...toSend(), uploads: ['urn:li:video:D4E1'] });
      assert(sent.kind === 'notThere' && sent.isForgotten);
    });

    it('is not begun where nobody wants it any more, or its bytes are gone', async () => {
      const { author, tokens, publishing } = linkedin;
      const what = { author, wire: 'Not wanted', video: toSend() };
      assert.equal((await publishing.videos?.upload(tokens, { ...what, keep: async () => false }))?.kind, 'later');
      const gone = { ...toSend(), read: async () => undefined };
      assert.equal((await tryOnce('Gone', [], gone)).kind, 'later');
    });

    for (const [fault, isThere] of [
      ['lostAnswer', 1],
      ['postedError', 1],
      ['lostRequest', 0],
    ] as const) {
      it(`after ${fault} to its post is unknown, and nothing is sent twice`, async () => {
        const wire = `${fault} ${type}`;
        const { video } = await carried(wire);
        processed();
        harness.fakes.fault('linkedin', { kind: fault, times: 1 });
        assert.equal((await publish(wire, video)).kind, 'unknown');
        assert.equal(made(wire).length, isThere);
      });
    }

    it('goes with a post alone, not with one that shares another on or comments on it', () => {
      for (const reaction of ['reply', 'share'] as const) {
        const to = { id: 'urn:li:share:7001' };
        const way = mayPublish(harness.networks.reacting(type, reaction, to));
        assert.equal(way.videos, undefined, reaction);
      }
    });
  });
}

describe('what is said to LinkedIn for a video', () => {
  const author = { externalId: '5001001', handle: 'contoso', type: 'linkedin-page' as const };
  const tokens = { access: 'secret-token', refresh: 'r', scopes: ['w_organization_social'], givenAt: new Date(0) };
  const small = toSend(file.subarray(0, 1000));
  const where = (at: number) => `https://www.linkedin.com/dms-uploads/sp/a/uploaded-video/${at}?ut=s`;
  const begun = (instructions: object[]) => ({
    value: { video: 'urn:li:video:a', uploadToken: '', uploadInstructions: instructions },
  });
  const two = [
    { uploadUrl: where(0), firstByte: 0, lastByte: 599 },
    { uploadUrl: where(1), firstByte: 600, lastByte: 999 },
  ];

  async function heardWhen(instructions: object[], status = 'AVAILABLE', session?: string) {
    const odd = await startOdd((response, { method, path }) => {
      const isPut = method === 'PUT';
      const body = path.includes('initializeUpload') ? begun(instructions) : { status };
      response.writeHead(200, { 'content-type': 'application/json', ...(isPut ? { etag: '"/tag/1"' } : {}) });
      response.end(isPut ? '' : JSON.stringify(body));
    });
    try {
      const { videos } = mayPublish(networksAt(odd.origin).publishing('linkedin-page'));
      const what = { author, wire: 'x', video: small, keep: async () => true, ...(session ? { session } : {}) };
      return { done: await videos?.upload(tokens, what), heard: odd.heard };
    } finally {
      odd.stop();
    }
  }
  const told = ({ method, path, headers, body }: Heard) => ({
    asked: `${method} ${path}`,
    bearer: headers.authorization,
    version: headers['linkedin-version'],
    type: headers['content-type'],
    body: method === 'POST' ? (JSON.parse(body) as unknown) : body.length,
  });
  const rest = { bearer: 'Bearer secret-token', version: '202607' };

  it('is what its books say; no token goes with the bytes', async () => {
    const { done, heard } = await heardWhen(two);
    assert.deepEqual(done, { kind: 'ready', ids: ['urn:li:video:a'] });
    const none = { bearer: undefined, version: undefined, type: 'application/octet-stream' };
    const put = (at: number) => `PUT /www.linkedin.com/dms-uploads/sp/a/uploaded-video/${at}?ut=s`;
    assert.deepEqual(heard.map(told), [
      {
        ...{ asked: 'POST /api.linkedin.com/rest/videos?action=initializeUpload', ...rest, type: 'application/json' },
        body: {
          initializeUploadRequest: {
            ...{ owner: 'urn:li:organization:5001001', fileSizeBytes: 1000 },
            ...{ uploadCaptions: false, uploadThumbnail: false },
          },
        },
      },
      { asked: put(0), ...none, body: 600 },
      { asked: put(1), ...none, body: 400 },
      {
        ...{ asked: 'POST /api.linkedin.com/rest/videos?action=finalizeUpload', ...rest, type: 'application/json' },
        body: {
          finalizeUploadRequest: { video: 'urn:li:video:a', uploadToken: '', uploadedPartIds: ['/tag/1', '/tag/1'] },
        },
      },
      { asked: 'GET /api.linkedin.com/rest/videos/urn%3Ali%3Avideo%3Aa', ...rest, type: undefined, body: 0 },
    ]);
  });

  it('goes to LinkedIn’s own hosts alone, and takes every byte once', async () => {
    const [first, second] = two as [object, object];
    const odd: [string, object[]][] = [
      ['another host', [first, { ...second, uploadUrl: 'https://evil.example/dms-uploads/1' }]],
      ['one that only ends alike', [first, { ...second, uploadUrl: 'https://evillinkedin.com/1' }]],
      ['no https', [first, { ...second, uploadUrl: 'http://www.linkedin.com/1' }]],
      ['a gap', [first, { ...second, firstByte: 601 }]],
      ['too little', [first]],
      ['too much', [first, { ...second, lastByte: 1000 }]],
      ['the wrong order', [second, first]],
      ['nothing', []],
    ];
    for (const [what, instructions] of odd) {
      const { done, heard } = await heardWhen(instructions);
      assert.deepEqual([done?.kind, heard.length], ['cannot', 1], what);
    }
  });

  it('goes on from what was written down; what is of no use there begins anew', async () => {
    const going = { begun: 1, video: 'urn:li:video:b', token: 't', tags: ['/tag/0'] };
    const left = [{ url: where(1), from: 600, to: 1000 }];
    const calls = async (session: string) =>
      (await heardWhen(two, 'AVAILABLE', session)).heard.map(({ method }) => method).join(' ');
    assert.equal(await calls(JSON.stringify({ ...going, parts: left })), 'PUT POST GET');
    assert.equal(await calls(JSON.stringify({ begun: 1, video: 'urn:li:video:b', since: 1 })), 'GET');
    const anew = 'POST PUT PUT POST GET';
    for (const session of ['', 'no JSON', '{}', '[]', JSON.stringify({ begun: 2 })])
      assert.equal(await calls(session), anew, session);
    for (const url of ['https://evil.example/1', 'x'])
      assert.equal(await calls(JSON.stringify({ ...going, parts: [{ ...left[0], url }] })), anew, url);
  });

  it('waits where LinkedIn names a state that nobody knows', async () => {
    assert.equal((await heardWhen(two, 'DREAMING')).done?.kind, 'later');
    assert.equal((await heardWhen(two, 'PROCESSING_FAILED')).done?.kind, 'cannot');
  });

  it('is kept as far as it is not too long, and begins anew after that', async () => {
    const kept: string[] = [];
    const long = Array.from({ length: 100 }, (_, at) => ({
      ...{ uploadUrl: `${where(at)}${'s'.repeat(2500)}`, firstByte: at * 10, lastByte: at * 10 + 9 },
    }));
    const odd = await startOdd((response) => {
      response.writeHead(200, { 'content-type': 'application/json', etag: '"t"' });
      response.end(JSON.stringify(begun(long)));
    });
    try {
      const { videos } = mayPublish(networksAt(odd.origin).publishing('linkedin-page'));
      const keep = async (one: string) => kept.push(one) > 0;
      const done = await videos?.upload(tokens, { author, wire: 'x', video: small, keep });
      assert.equal(done?.kind, 'later');
      assert.deepEqual([kept[0], kept.length], ['{"begun":1}', 102]);
      assert(kept.every((one) => one.length <= 200_000));
    } finally {
      odd.stop();
    }
  });
});
