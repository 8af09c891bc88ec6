import type { Publishing as NetworkPublishing, TakesVideos } from '../../src/networks/publishing.js';
import { exactHash } from '../../src/operations/publishing/exactly.js';
import { pictureProblems } from '../../src/operations/publishing/pictureProblems.js';
import { videoProblems } from '../../src/operations/publishing/videoProblems.js';
import { isForGood } from '../../src/rules/publishing/hindrance.js';
import type { Draft, Intent, Picture } from '../../src/rules/publishing/intent.js';
import { lengthWords, type Video } from '../../src/rules/publishing/video.js';
import { refuse } from '../../src/rules/refusals.js';
import { ann, ben, given, same } from './effects.js';
import { days, intentOf, now, profile, seconds, shareWith } from './world.js';

const about = profile({ shares: [shareWith('person', 'ben')] });
const draft: Draft = { profile: about, handle: '@contoso (X profile)', wire: 'Hi', hash: 'h', problems: [] };
const video: Video = {
  ...{ id: 'v1', hash: 'v', type: 'video/mp4', bytes: 5_000_000, seconds: 12.5, width: 1920, height: 1080 },
  ...{ codecs: ['H.264', 'AAC'], title: 'Bikes', privacy: 'private', madeForKids: false },
};
const picture: Picture = { id: 'p', hash: 'p', type: 'image/png', width: 4, height: 3, bytes: 9, alt: '' };
const loaded = (what: { video?: Video; pictures?: Picture[] }, intents: Intent[] = []) => ({
  publishing: { drafts: [draft], intents, profiles: new Map([['p1', about]]), ...what },
});
const post = { kind: 'post', profiles: ['p1'], text: 'Hi', video: 'v1' } as const;

describe('the video of a post', () => {
  it('is in the preview, and found again by its id', () => {
    given(undefined, loaded({ video }))
      .when(ben, { ...post, profiles: ['p1'] })
      .gives({
        intents: [
          {
            set: {
              ...{ tenant: 't', id: 'op1.p1', posting: 'op1', profile: 'p1', type: 'x-user' },
              ...{ handle: '@contoso (X profile)', author: { id: 'ben', name: 'Ben' }, authorId: 'ben' },
              ...{ timeZone: 'UTC', text: 'Hi', video, videoId: 'v1', wire: 'Hi', hash: 'h' },
              ...{ state: 'asked', askedAt: now, attempts: 0, expires: days(1) },
            },
            audit: [],
            told: [],
            card: false,
          },
        ],
      });
  });

  it('that is not kept any more, or stands beside pictures, makes no preview', () => {
    given(undefined, loaded({}))
      .when(ben, { ...post, profiles: ['p1'] })
      .gives({ refused: refuse('videoGone') });
    given(undefined, loaded({ video, pictures: [picture] }))
      .when(ben, { ...post, profiles: ['p1'], pictures: ['p'] })
      .gives({ refused: refuse('picturesOrVideo') });
  });

  it('is carried over as soon as the post is held', () => {
    const asked = intentOf({ askedAt: days(-1), expires: days(1), video, videoId: 'v1' });
    given(undefined, loaded({ video }, [asked]))
      .when(ann, { kind: 'send', posting: 'q' })
      .gives({
        intents: [
          {
            set: { state: 'held', at: seconds(20), due: now, expires: undefined, under: { as: 'owner' } },
            audit: [['post', 'asked to send a post']],
            receipt: { under: 'owner' },
            told: [],
            card: true,
          },
        ],
      });
  });

  it('that the network refuses ends the post', () => {
    same(isForGood({ code: 'videoRefused' }), true);
  });

  it('is part of what somebody says yes to: its bytes, and whatever is said of it', () => {
    const hash = (one?: Video) => exactHash(intentOf(one ? { video: one } : {}));
    const others: Video[] = [
      { ...video, hash: 'w' },
      { ...video, title: 'Other' },
      { ...video, privacy: 'public' },
      { ...video, madeForKids: true },
    ];
    const hashes = [undefined, video, ...others].map(hash);
    same(new Set(hashes).size, hashes.length);
    same(hash({ ...video, id: 'v2' }), hash(video));
  });

  const takes = {
    ...{ isNeeded: true, leastBytes: 100_000, mostBytes: 6_000_000, leastSeconds: 3, mostSeconds: 60 },
    ...{ sides: { least: 1 / 3, most: 2 }, mp4Only: true, codecs: ['H.264', 'AAC'] },
    ...{ title: { most: 5, without: '<>', isNeeded: true }, asksAudience: true },
  } as const;
  const { title: _, privacy: __, madeForKids: ___, ...unsaid } = video;
  const way = (videos?: TakesVideos) => ({ videos }) as unknown as NetworkPublishing;
  const rows: [string, Video | undefined, boolean, string[]][] = [
    ['fits', video, true, []],
    ['none, where one is needed', undefined, true, ['It needs a video there.']],
    ['none', undefined, false, []],
    ['where none is taken', video, false, ['This bot sends no videos there.']],
    ['too large', { ...video, bytes: 6_100_000 }, true, ['The video has 6.1 MB, and 6.0 MB are allowed there.']],
    ['too long', { ...video, seconds: 3661 }, true, ['The video is 1 h 1 min long, and 1 min 0 s are allowed there.']],
    ['no title', { ...video, title: ' ' }, true, ['The video has no title.']],
    ['a long title', { ...video, title: 'Bicycle' }, true, ['The title has 7 of 5 characters.']],
    ['emoji in its title, each one sign', { ...video, title: '🚲🚲🚲🚲🚲' }, true, []],
    ['too small', { ...video, bytes: 99_000 }, true, ['The video has 99 KB, and it has to have 100 KB there.']],
    ['too short', { ...video, seconds: 2 }, true, ['The video is 2 s long, and it has to be 3 s there.']],
    ['a MOV', { ...video, type: 'video/quicktime' }, true, ['The video is a MOV file, and MP4 is taken there.']],
    [
      ...(['other codecs', { ...video, codecs: ['HEVC', 'AAC'] }, true] as const),
      ['The video is in HEVC, and H.264 and AAC are taken there.'],
    ],
    [
      ...(['too wide', { ...video, height: 400 }, true] as const),
      ['The video is too wide: 1920 × 400, and its width may be 0.33 to 2 times its height.'],
    ],
    [
      ...(['too high', { ...video, width: 300 }, true] as const),
      ['The video is too high: 300 × 1080, and its width may be 0.33 to 2 times its height.'],
    ],
    [
      ...(['nothing said of it', unsaid, true] as const),
      ['The video has no title.', 'Nobody has said who may see the video, and whether it is made for children.'],
    ],
    ['signs in its title', { ...video, title: '<b>' }, true, ['The title has < and > in it.']],
  ];
  for (const [name, one, isTaken, sentences] of rows) {
    it(`is judged for a network: ${name}`, () => {
      const found = videoProblems(way(isTaken ? (takes as unknown as TakesVideos) : undefined), one);
      same([found.map(({ sentence }) => sentence), found.every(({ stops, fix }) => stops && fix)], [sentences, true]);
    });
  }

  it('is asked for nothing where it may have nothing', () => {
    const plain: TakesVideos = { mostBytes: 9_000_000, mostSeconds: 60, upload: async () => ({ kind: 'later' }) };
    same(videoProblems(way(plain), unsaid), []);
    const wanted: TakesVideos = { ...plain, title: { most: 5 } };
    same(videoProblems(way(wanted), unsaid), []);
    same(videoProblems(way(wanted), video), []);
  });

  it('stands in for the pictures that a network needs', () => {
    const needy = {
      ...way(takes as unknown as TakesVideos),
      pictures: { least: 1, most: 4, altLimit: 9 },
    } as NetworkPublishing;
    same(pictureProblems(needy, [], video), []);
    const said = (of: NetworkPublishing) => pictureProblems(of).map(({ sentence }) => sentence);
    same(said(needy), ['It needs a picture or a video there.']);
    const { videos: _none, ...stills } = needy;
    same(said(stills), ['It needs a picture there.']);
  });

  it('has its length in words that are no time of day', () => {
    same([0.4, 59.6, 65, 3605].map(lengthWords), ['0 s', '1 min 0 s', '1 min 5 s', '1 h 0 min']);
  });
});
