import assert from 'node:assert/strict';
import { isSession } from '../../src/networks/facebook/videos.js';
import type { ToSend, VideoToSend } from '../../src/networks/publishing.js';
import { sandboxApps } from '../../src/sandbox/networks/index.js';
import { carryOver, file, hashOfFile, videoToSend } from './carryOver.js';
import { type Harness, startHarness } from './networks-harness.js';
import { account, around, type Heard, mayPublish, networksAt, type Said, startOdd } from './publishing-harness.js';
import { postsMade } from './publishingWorld.js';

const page = '200000000000101';

describe('a video on a Facebook Page, over HTTP', () => {
  let harness: Harness;
  let facebook: Awaited<ReturnType<typeof account>>;
  before(async () => {
    harness = await startHarness({ chunkBytes: 200_000 });
    facebook = await account(harness, 'facebook-page', 'Alex Wilber', page);
  });
  after(() => harness.stop());
  afterEach(() => harness.fakes.fault('facebook'));

  const carried = (wire: string, more: Parameters<typeof carryOver>[2] = {}) => carryOver(facebook, wire, more);
  const idsOf = ({ done }: Awaited<ReturnType<typeof carried>>) => {
    assert(done?.kind === 'ready', JSON.stringify(done));
    return done.ids;
  };
  const publish = (wire: string, uploads: string[], more: Partial<ToSend> & { title?: string } = {}) => {
    const { title, ...rest } = more;
    const video = { ...videoToSend(), uploads, ...(title ? { title } : {}) };
    return facebook.publishing.publish(facebook.tokens, { author: facebook.author, wire, video, ...rest });
  };
  const made = (text: string) => postsMade(harness.dataDir).filter(({ post }) => post.text === text);
  const find = async (wire: string, video: object = videoToSend()) => {
    const what = { author: facebook.author, wire, ...around(harness.now()), video: video as VideoToSend };
    const found = await facebook.publishing.lookUp(facebook.tokens, what);
    return found.kind === 'found' ? found.posts.map(({ id }) => id) : found.kind;
  };

  it('is there with the last call and not before, byte for byte; is found, read and taken back by its own number', async () => {
    const ids = idsOf(await carried('Whole'));
    assert.deepEqual([made('Whole'), await find('Whole')], [[], []]);
    const sent = await publish('Whole', ids, { title: 'Bikes' });
    assert(sent.kind === 'there' && /^\d+$/.test(sent.id), JSON.stringify(sent));
    const video = { title: 'Bikes', bytes: file.length, hash: hashOfFile };
    assert.deepEqual(
      made('Whole').map(({ post }) => post.video),
      [video],
    );
    assert.deepEqual([await find('Whole'), await find('Other')], [[sent.id], []]);
    const { author, tokens, publishing } = facebook;
    const read = await publishing.read(tokens, { author, id: sent.id });
    assert(read.kind === 'there' && read.text === 'Whole' && read.at, JSON.stringify(read));
    const link = publishing.permalink(author, sent.id);
    assert.match(link, new RegExp(`/www\\.facebook\\.com/${page}/videos/${sent.id}$`));
    assert.match(await (await fetch(link)).text(), /Bikes<\/h2>[\s\S]*Video: 701 KB[\s\S]*Whole/);
    for (let turn = 0; turn < 2; turn++)
      assert.deepEqual(await publishing.takeBack(tokens, { author, id: sent.id }), { kind: 'gone' });
    assert.deepEqual(await publishing.read(tokens, { author, id: sent.id }), { kind: 'gone' });
    assert.deepEqual(await find('Whole'), []);
  });

  for (const [fault, isThere] of [
    ['lostAnswer', 1],
    ['postedError', 1],
    ['pleaseRetry', 1],
    ['lostRequest', 0],
  ] as const) {
    it(`after ${fault} is looked for among the Page's videos`, async () => {
      const ids = idsOf(await carried(fault));
      harness.fakes.fault('facebook', { kind: fault, times: 1 });
      assert.equal((await publish(fault, ids)).kind, 'unknown');
      assert.deepEqual([(await find(fault)).length, made(fault).length], [isThere, isThere]);
    });
  }

  it('is found without the mentions that Facebook takes out, and not among posts that have none', async () => {
    const wire = 'With @[123] and more';
    assert.equal((await publish(wire, idsOf(await carried(wire)))).kind, 'there');
    assert.equal((await find(wire)).length, 1);
    const { author, tokens, publishing } = facebook;
    assert.equal((await publishing.publish(tokens, { author, wire: 'Words alone' })).kind, 'there');
    assert.deepEqual(await find('Words alone'), []);
  });

  for (const fault of ['uploadLost', 'error', 'uploadForgotten'] as const) {
    for (const at of [1, 3]) {
      it(`goes on after ${fault}, ${at === 1 ? 'at its first byte' : 'in the middle'}`, async () => {
        const wire = `${fault} ${at}`;
        let calls = 0;
        const read: VideoToSend['read'] = async (from, to) => {
          if (++calls === at) harness.fakes.fault('facebook', { kind: fault, times: 1 });
          return file.subarray(from, to);
        };
        const all = await carried(wire, { video: { ...videoToSend(), read } });
        assert.equal(new Set(all.kept).size, fault === 'uploadForgotten' ? 2 : 1);
        assert.equal((await publish(wire, idsOf(all))).kind, 'there');
        assert.deepEqual(
          made(wire).map(({ post }) => post.video?.hash),
          [hashOfFile],
        );
      });
    }
  }

  it('is begun anew where all of it is there and nobody knows what it is called', async () => {
    const first = await carried('Handle lost');
    const again = await carried('Handle lost', { session: first.kept.at(-1) ?? '' });
    assert.equal(again.kept.length, 2);
    assert.notDeepEqual(idsOf(again), idsOf(first));
  });

  it('that Facebook has forgotten by the time of the post is carried over anew', async () => {
    const ids = idsOf(await carried('Forgotten'));
    harness.fakes.fault('facebook', { kind: 'uploadForgotten', times: 1 });
    for (const sent of [await publish('Forgotten', ids), await publish('Forgotten', [])])
      assert(sent.kind === 'notThere' && sent.isForgotten && sent.hold === 'profile', JSON.stringify(sent));
    assert.equal((await publish('Forgotten', idsOf(await carried('Forgotten')))).kind, 'there');
    assert.equal(made('Forgotten').length, 1);
  });

  it('is refused in words of ours, and is not begun where nobody wants it or its bytes are gone', async () => {
    harness.fakes.fault('facebook', { kind: 'uploadRefused', times: 1 });
    assert.deepEqual((await carried('Refused')).done, { kind: 'cannot', why: 'Facebook does not take this video.' });
    const { author, tokens, publishing } = facebook;
    let reads = 0;
    const read: VideoToSend['read'] = async (from, to) => {
      reads++;
      return file.subarray(from, to);
    };
    const what = { author, wire: 'Not wanted', video: { ...videoToSend(), read }, keep: async () => false };
    assert.deepEqual([await publishing.videos?.upload(tokens, what), reads], [{ kind: 'later' }, 0]);
    const gone = { ...videoToSend(), read: async () => undefined };
    assert.equal((await carried('Gone', { video: gone })).done?.kind, 'later');
    const poor = { ...tokens, scopes: ['pages_read_engagement'] };
    const sent = await publishing.publish(poor, {
      author,
      wire: 'Poor',
      video: { ...videoToSend(), uploads: ['4:a'] },
    });
    assert(sent.kind === 'notThere' && sent.reason === 'signIn');
  });
});

describe('what goes to Facebook with a video', () => {
  const author = { externalId: page, handle: 'contoso', type: 'facebook-page' as const };
  const tokens = { access: 't', scopes: ['pages_manage_posts', 'pages_read_engagement'] };
  const small = file.subarray(0, 1000);
  async function withOdd<T>(
    said: (heard: Heard) => Said,
    ask: (publishing: ReturnType<typeof mayPublish>) => Promise<T>,
  ) {
    const odd = await startOdd((response, heard) => {
      const { status, body } = said(heard);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
    });
    try {
      return { done: await ask(mayPublish(networksAt(odd.origin).publishing('facebook-page'))), heard: odd.heard };
    } finally {
      odd.stop();
    }
  }
  const upload = (id: string, session?: string) =>
    withOdd(
      ({ method, path }) => {
        if (method === 'GET') return { status: 200, body: { id, file_offset: 400 } };
        return { status: 200, body: path.endsWith('/uploads') ? { id } : { h: '4:handle' } };
      },
      async (publishing) =>
        publishing.videos?.upload(tokens, {
          ...{ author, wire: 'Words', video: videoToSend(small), keep: async () => true },
          ...(session ? { session } : {}),
        }),
    );

  it('says how long it is, then sends it in one piece, from where Facebook stands', async () => {
    const id = 'upload:MTphdHRh?sig=ARZq';
    const { done, heard } = await upload(id);
    assert.deepEqual(done, { kind: 'ready', ids: ['4:handle'] });
    const [opened, sent] = heard;
    assert.equal(opened?.path, `/graph.facebook.com/v27.0/${sandboxApps.facebook.clientId}/uploads`);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(opened?.body)), {
      ...{ file_name: 'video.mp4', file_length: '1000', file_type: 'video/mp4' },
    });
    const head = ({ headers }: Heard) => [headers.authorization, headers.file_offset, headers['content-length']];
    assert(sent);
    assert.deepEqual([sent.method, sent.path], ['POST', `/graph.facebook.com/v27.0/${id}`]);
    assert.deepEqual([head(sent), sent.body], [['OAuth t', '0', '1000'], small.toString()]);
    const more = await upload(id, id);
    const [asked, rest] = more.heard;
    assert(rest);
    assert.deepEqual([asked?.method, asked?.path, more.heard.length], ['GET', `/graph.facebook.com/v27.0/${id}`, 2]);
    assert.deepEqual([head(rest), rest.body], [['OAuth t', '400', '600'], small.subarray(400).toString()]);
  });

  it('believes no session that leads elsewhere', async () => {
    const rows: [string, boolean][] = [
      ['upload:MTphdHRh', true],
      ['upload:MTphdHRh=?sig=ARZq_-', true],
      ['upload:../me', false],
      ['upload:a?access_token=b', false],
      ['https://evil.example/', false],
      ['', false],
    ];
    for (const [session, isOne] of rows) assert.equal(isSession(session), isOne, session);
    const { done, heard } = await upload('upload:../me');
    assert.deepEqual([done?.kind, heard.length], ['cannot', 1]);
  });

  const publish = (said: Said, title?: string) =>
    withOdd(
      () => said,
      (publishing) => {
        const video = { ...videoToSend(), ...(title ? { title } : {}), uploads: ['4:handle'] };
        return publishing.publish(tokens, { author, wire: 'Words', video });
      },
    );

  it('is published by one call, with a title where there is one', async () => {
    for (const title of ['Bikes', undefined]) {
      const { done, heard } = await publish({ status: 200, body: { id: '77' } }, title);
      assert.deepEqual([done, heard.length], [{ kind: 'there', id: '77' }, 1]);
      assert.equal(heard[0]?.path, `/graph-video.facebook.com/v27.0/${page}/videos`);
      assert.equal(heard[0]?.headers.authorization, 'Bearer t');
      assert.deepEqual(Object.fromEntries(new URLSearchParams(heard[0]?.body)), {
        ...{ description: 'Words', fbuploader_video_file_chunk: '4:handle' },
        ...(title ? { title } : {}),
      });
    }
  });

  const error = (code: number, subcode?: number) => ({
    error: { message: 'x', code, ...(subcode ? { error_subcode: subcode } : {}) },
  });
  const answers: [string, Said, string][] = [
    ['an id', { status: 200, body: { id: '77' } }, 'there'],
    ['no id', { status: 200, body: {} }, 'unknown'],
    ['code 1', { status: 400, body: error(1) }, 'unknown'],
    ['code 2, "please retry"', { status: 500, body: error(2) }, 'unknown'],
    ['6000, "there was a problem uploading"', { status: 400, body: error(6000) }, 'unknown'],
    ['503', { status: 503 }, 'unknown'],
    ['100', { status: 400, body: error(100) }, 'notThere refused'],
    ['352, a form it does not take', { status: 400, body: error(352) }, 'notThere refused'],
    ['382, too small', { status: 400, body: error(382) }, 'notThere refused'],
    ['506, the same', { status: 400, body: error(506) }, 'notThere duplicate'],
    ['1363030, an upload that timed out', { status: 400, body: error(6000, 1363030) }, 'notThere wait forgotten'],
    ['200, a permission that is missing', { status: 403, body: error(200) }, 'notThere notAllowed'],
    ['190', { status: 400, body: error(190) }, 'notThere signIn'],
    ['80001, too fast', { status: 400, body: error(80001) }, 'notThere wait'],
  ];
  for (const [what, said, kind] of answers) {
    it(`reads the answer to it: ${what}`, async () => {
      const { done } = await publish(said);
      const words = done.kind === 'notThere' ? [done.reason, ...(done.isForgotten ? ['forgotten'] : [])] : [];
      assert.equal([done.kind, ...words].join(' '), kind);
    });
  }

  it('that Facebook could not do anything with is not there', async () => {
    for (const [state, kind] of [
      ['ready', 'there'],
      ['processing', 'there'],
      ['error', 'gone'],
    ] as const) {
      const body = { id: '77', description: 'Words', created_time: '2026-11-27T12:00:00+0000' };
      const said = { status: 200, body: { ...body, status: { video_status: state } } };
      const { done, heard } = await withOdd(
        () => said,
        (publishing) => publishing.read(tokens, { author, id: '77' }),
      );
      assert.equal(done.kind, kind, state);
      assert.match(heard[0]?.path ?? '', /\/77\?fields=id%2Cdescription%2Ccreated_time%2Cstatus$/);
    }
  });
});
