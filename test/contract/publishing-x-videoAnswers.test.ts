import assert from 'node:assert/strict';
import type { Tokens } from '../../src/networks/network.js';
import type { Author, VideoToSend } from '../../src/networks/publishing.js';
import { type Heard, mayPublish, networksAt, type Said, startOdd } from './publishing-harness.js';

const author: Author = { externalId: '1', handle: 'contoso', type: 'x-user' };
const tokens: Tokens = {
  access: 't',
  refresh: 'r',
  scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write'],
};
const file = Buffer.alloc(1000, 'video ');
const video: VideoToSend = {
  ...{ type: 'video/mp4', bytes: file.length, seconds: 12.5, width: 1920, height: 1080, codecs: ['H.264', 'AAC'] },
  read: async (from, to) => file.subarray(from, to),
};

describe("X's answers on the way of a video", () => {
  /** What X answers to each call, by what stands at the end of its path. */
  async function against(
    answers: Record<string, Said | Said[]>,
    work: (at: ReturnType<typeof networksAt>) => Promise<void>,
  ) {
    const heard: Heard[] = [];
    const odd = await startOdd((response, one) => {
      heard.push(one);
      const key = Object.keys(answers).find((name) => one.path.includes(name)) ?? '';
      const given = answers[key];
      const said = Array.isArray(given) ? (given.length > 1 ? given.shift() : given[0]) : given;
      response.writeHead(said?.status ?? 404, { 'content-type': 'application/json', ...said?.headers });
      response.end(said?.body === undefined ? '' : JSON.stringify(said.body));
    });
    try {
      await work(networksAt(odd.origin));
    } finally {
      odd.stop();
    }
    return heard;
  }
  const begun = { status: 200, body: { data: { id: '1990', media_key: '7_1990' } } };
  const info = (state: string, more = {}) => ({
    status: 200,
    body: { data: { id: '1990', processing_info: { state, ...more } } },
  });
  const uploadAt = (networks: ReturnType<typeof networksAt>, session?: string) =>
    mayPublish(networks.publishing('x-user')).videos?.upload(tokens, {
      ...{ author, wire: '', video, keep: async () => true },
      ...(session ? { session } : {}),
    });

  it('asks as the books say', async () => {
    const finalize = info('pending', { check_after_secs: 1 });
    const answers = { initialize: begun, append: { status: 204 }, finalize, STATUS: info('succeeded') };
    const heard = await against(answers, async (at) => {
      assert.deepEqual(await uploadAt(at), { kind: 'ready', ids: ['1990'] });
    });
    assert.deepEqual(
      heard.map(({ method, path }) => `${method} ${path}`),
      [
        'POST /api.x.com/2/media/upload/initialize',
        'POST /api.x.com/2/media/upload/1990/append',
        'POST /api.x.com/2/media/upload/1990/finalize',
        'GET /api.x.com/2/media/upload?command=STATUS&media_id=1990',
      ],
    );
    const [initialize, append, finalized] = heard;
    assert.deepEqual(JSON.parse(initialize?.body ?? ''), {
      ...{ media_type: 'video/mp4', total_bytes: 1000, media_category: 'tweet_video' },
    });
    assert.match(String(append?.headers['content-type']), /^multipart\/form-data; boundary=/);
    assert.match(append?.body ?? '', /name="segment_index"\r\n\r\n0\r\n[\s\S]*name="media"; filename=/);
    assert.equal(finalized?.body, '');
    assert(heard.every(({ headers }) => headers.authorization === `Bearer ${tokens.access}`));
  });

  const far = { check_after_secs: 40 };
  const gone = { status: 400, body: { errors: [{ message: 'BadRequest: Not found' }], title: 'Invalid Request' } };
  /** What comes of it, and how often X was asked, when the parts are there and X says this. */
  const ends: [string, Record<string, Said | Said[]>, string, number][] = [
    ['nothing of any work', { finalize: { status: 200, body: { data: { id: '1990' } } } }, 'ready', 3],
    ['a moment of work', { finalize: info('pending'), STATUS: [info('in_progress'), info('succeeded')] }, 'ready', 5],
    ['work that then is not told of', { finalize: info('pending'), STATUS: begun }, 'ready', 4],
    ['a longer wait', { finalize: info('in_progress', far) }, 'later 40', 3],
    ['a wait of hours', { finalize: info('pending', { check_after_secs: 9e9 }) }, 'later 300', 3],
    [
      'waits without an end',
      { finalize: info('pending'), STATUS: info('in_progress', { check_after_secs: 9 }) },
      'later 9',
      6,
    ],
    [
      'that it failed',
      { finalize: info('pending'), STATUS: info('failed') },
      'X could not do anything with this video.',
      4,
    ],
    ['that it failed at once', { finalize: info('failed') }, 'X could not do anything with this video.', 3],
    ['that parts are missing', { finalize: gone }, 'X does not take this video.', 3],
    ['that it is none', { append: gone }, 'X does not take this video.', 2],
    ['that it does not begin', { initialize: gone }, 'X does not take this video.', 1],
    ['an outage at the end', { finalize: { status: 503 } }, 'later', 3],
    ['no more credits', { initialize: { status: 402 } }, "The credits of this app's X plan are used up.", 1],
    ['that this app may not', { append: { status: 403 } }, 'X does not allow this.', 2],
  ];
  for (const [name, answers, end, calls] of ends) {
    it(`hears ${name}`, async () => {
      const all = { initialize: begun, append: { status: 200 }, finalize: info('succeeded'), ...answers };
      const heard = await against(all, async (at) => {
        const started = Date.now();
        const done = await uploadAt(at);
        const seconds = done?.kind === 'later' && done.at ? Math.round((done.at.getTime() - started) / 1000) : '';
        assert.equal(done?.kind === 'cannot' ? done.why : `${done?.kind} ${seconds}`.trim(), end);
      });
      assert.equal(heard.length, calls);
    });
  }

  /** A later try, for which all parts are there. */
  const whole = `1980 1 ${Date.now()}`;
  const agains: [string, string, Record<string, Said | Said[]>, string[]][] = [
    ['ready', whole, { STATUS: info('succeeded') }, ['STATUS']],
    ['busy', whole, { STATUS: [info('pending'), info('succeeded')] }, ['STATUS', 'STATUS']],
    ['not told that it is whole', whole, { STATUS: gone }, ['STATUS', 'finalize']],
    ['silent of any work', whole, { STATUS: begun }, ['STATUS', 'finalize']],
    [
      'without it',
      whole,
      { STATUS: gone, finalize: [gone, info('succeeded')] },
      ['STATUS', 'finalize', 'initialize', 'append', 'finalize'],
    ],
    [
      'without its parts',
      `1980 0 ${Date.now()}`,
      { append: [gone, { status: 200 }] },
      ['append', 'initialize', 'append', 'finalize'],
    ],
    ['asked with something odd', 'https://evil.example 1', {}, ['initialize', 'append', 'finalize']],
  ];
  for (const [name, session, answers, calls] of agains) {
    it(`goes on where X is ${name}`, async () => {
      const all = { initialize: begun, append: { status: 200 }, finalize: info('succeeded'), ...answers };
      const heard = await against(all, async (at) => assert.equal((await uploadAt(at, session))?.kind, 'ready'));
      assert.deepEqual(
        heard.map(({ path }) =>
          path.split(/[/=&]/).find((word) => word in { STATUS: 0, append: 0, finalize: 0, initialize: 0 }),
        ),
        calls,
      );
    });
  }

  const refusal = {
    status: 400,
    body: {
      errors: [{ parameters: { 'media.media_ids': ['1990'] }, message: 'Your media IDs are invalid.' }],
      title: 'Invalid Request',
    },
  };
  /** What a refused post means, by what X says of its video then. */
  const refused: [string, Said, Said | undefined, string, 'again'?][] = [
    ['forgotten', refusal, gone, 'wait X has forgotten the video that was carried over. anew'],
    ['busy', refusal, info('in_progress'), 'wait X is not ready with the video yet.'],
    ['in an outage', refusal, { status: 503 }, 'wait X is not ready with the video yet.'],
    ['in an outage, again', refusal, { status: 503 }, 'wait X is not ready with the video yet.', 'again'],
    ['known', refusal, info('succeeded'), 'wait X is not ready with the video yet.'],
    ['known, again', refusal, info('succeeded'), 'refused X does not take what goes with this text.', 'again'],
    ['known, and failed', refusal, info('failed'), 'refused X does not take what goes with this text.'],
    [
      'too long',
      { status: 403, body: { detail: 'This user is not allowed to post a video longer than 2 minutes' } },
      info('succeeded'),
      'refused X takes no video of that length from this profile.',
    ],
    [
      'not asked about',
      { status: 403, body: { type: 'https://api.x.com/2/problems/client-forbidden' } },
      undefined,
      'signIn This sign-in does not let us publish on X. Sign in again.',
    ],
  ];
  for (const [name, said, status, end, again] of refused) {
    it(`that is ${name} after a refusal of the post: ${end}`, async () => {
      const heard = await against({ tweets: said, ...(status ? { STATUS: status } : {}) }, async (at) => {
        const carried = { ...video, uploads: ['1990'] };
        const sent = await mayPublish(at.publishing('x-user')).publish(tokens, {
          author,
          wire: 'Hello',
          video: carried,
          ...(again ? { firstSentAt: new Date() } : {}),
        });
        assert(sent.kind === 'notThere');
        assert.equal(`${sent.reason} ${sent.detail}${sent.isForgotten ? ' anew' : ''}`, end);
        if (sent.reason === 'wait') assert.equal(sent.hold, 'profile');
      });
      assert.deepEqual(JSON.parse(heard[0]?.body ?? ''), { text: 'Hello', media: { media_ids: ['1990'] } });
      assert.equal(heard.length, status ? 2 : 1);
    });
  }
});
