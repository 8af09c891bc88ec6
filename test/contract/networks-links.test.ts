import assert from 'node:assert/strict';
import { readLink } from '../../src/networks/links.js';

const urn = 'urn:li:activity:7100000000000000001';
const eleven = 'dQw4w9WgXcQ';

/** Every form of the links that people paste: what it leads to, as the network's calls want it. */
const rows: [string, object][] = [
  ['https://x.com/contoso/status/1990000000000000001', { network: 'x', kind: 'post', id: '1990000000000000001' }],
  ['https://www.x.com/contoso/status/12', { network: 'x', kind: 'post', id: '12' }],
  ['https://mobile.twitter.com/contoso/status/12', { network: 'x', kind: 'post', id: '12' }],
  ['https://twitter.com/contoso/status/12?s=20&t=abc', { network: 'x', kind: 'post', id: '12' }],
  ['https://x.com/contoso/status/12/photo/1', { network: 'x', kind: 'post', id: '12' }],
  ['https://x.com/i/status/12', { network: 'x', kind: 'post', id: '12' }],
  ['https://x.com/i/web/status/12/', { network: 'x', kind: 'post', id: '12' }],
  ['https://t.co/AbC1', { network: 'x', kind: 'short' }],
  ['https://x.com/i/spaces/1abc', { network: 'x', kind: 'no' }],
  ['https://x.com/i/broadcasts/1abc', { network: 'x', kind: 'no' }],
  ['https://x.com/i/articles/12', { network: 'x', kind: 'no' }],
  [`https://www.linkedin.com/feed/update/${urn}`, { network: 'linkedin', kind: 'post', id: urn }],
  [
    `https://www.linkedin.com/feed/update/${encodeURIComponent(urn)}/?x=1`,
    { network: 'linkedin', kind: 'post', id: urn },
  ],
  [
    'https://www.linkedin.com/embed/feed/update/urn:li:share:71',
    { network: 'linkedin', kind: 'post', id: 'urn:li:share:71' },
  ],
  [
    'https://linkedin.com/feed/update/urn:li:ugcPost:72',
    { network: 'linkedin', kind: 'post', id: 'urn:li:ugcPost:72' },
  ],
  [
    'https://www.linkedin.com/posts/contoso_we-are-hiring-activity-7100-AbCd?utm_source=share',
    { network: 'linkedin', kind: 'post', id: 'urn:li:activity:7100' },
  ],
  [
    'https://de.linkedin.com/posts/contoso_jobs-share-7101-x_y1',
    { network: 'linkedin', kind: 'post', id: 'urn:li:share:7101' },
  ],
  [
    'https://www.linkedin.com/posts/contoso_jobs-ugcPost-7102-aaaa/',
    { network: 'linkedin', kind: 'post', id: 'urn:li:ugcPost:7102' },
  ],
  [
    `https://www.linkedin.com/feed/update/${urn}?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A71%2C99%29`,
    { network: 'linkedin', kind: 'post', id: urn, comment: 'urn:li:comment:(urn:li:activity:71,99)' },
  ],
  ['https://lnkd.in/eAbC', { network: 'linkedin', kind: 'short' }],
  ['https://www.linkedin.com/pulse/why-ann', { network: 'linkedin', kind: 'no' }],
  ['https://www.linkedin.com/newsletters/weekly-71', { network: 'linkedin', kind: 'no' }],
  [
    'https://www.facebook.com/200000000000101/posts/33',
    { network: 'facebook', kind: 'post', id: '200000000000101_33' },
  ],
  ['https://m.facebook.com/contoso/posts/33', { network: 'facebook', kind: 'post', id: '33', owner: 'contoso' }],
  [
    'https://de-de.facebook.com/contoso/posts/we-are-hiring/33',
    { network: 'facebook', kind: 'post', id: '33', owner: 'contoso' },
  ],
  ['https://www.facebook.com/permalink.php?story_fbid=33&id=44', { network: 'facebook', kind: 'post', id: '44_33' }],
  ['https://www.facebook.com/story.php?story_fbid=33&id=44', { network: 'facebook', kind: 'post', id: '44_33' }],
  ['https://www.facebook.com/photo/?fbid=55&set=a.1', { network: 'facebook', kind: 'media', id: '55' }],
  ['https://www.facebook.com/photo.php?fbid=55', { network: 'facebook', kind: 'media', id: '55' }],
  ['https://www.facebook.com/contoso/photos/a.1/55', { network: 'facebook', kind: 'media', id: '55' }],
  ['https://www.facebook.com/contoso/videos/66', { network: 'facebook', kind: 'media', id: '66' }],
  ['https://www.facebook.com/contoso/videos/a-title/66/', { network: 'facebook', kind: 'media', id: '66' }],
  ['https://www.facebook.com/watch/?v=66', { network: 'facebook', kind: 'media', id: '66' }],
  ['https://www.facebook.com/reel/66', { network: 'facebook', kind: 'media', id: '66' }],
  ['https://www.facebook.com/contoso/posts/pfbid02AbC', { network: 'facebook', kind: 'opaque' }],
  ['https://www.facebook.com/permalink.php?story_fbid=pfbid02AbC&id=44', { network: 'facebook', kind: 'opaque' }],
  ['https://www.facebook.com/share/p/1AbC/', { network: 'facebook', kind: 'opaque' }],
  ['https://www.facebook.com/share/r/1AbC/', { network: 'facebook', kind: 'opaque' }],
  ['https://www.facebook.com/share/v/1AbC/', { network: 'facebook', kind: 'opaque' }],
  ['https://fb.watch/abc/', { network: 'facebook', kind: 'opaque' }],
  ['https://www.facebook.com/groups/1/posts/2', { network: 'facebook', kind: 'no' }],
  [
    'https://www.facebook.com/44/posts/33?comment_id=77',
    { network: 'facebook', kind: 'post', id: '44_33', comment: '33_77' },
  ],
  [
    'https://www.facebook.com/44/posts/33?comment_id=77&reply_comment_id=88',
    { network: 'facebook', kind: 'post', id: '44_33', comment: '33_88' },
  ],
  ['https://www.instagram.com/p/C1-a_B/', { network: 'instagram', kind: 'code', code: 'C1-a_B' }],
  ['https://instagram.com/reel/C1/', { network: 'instagram', kind: 'code', code: 'C1' }],
  ['https://www.instagram.com/reels/C1/', { network: 'instagram', kind: 'code', code: 'C1' }],
  ['https://www.instagram.com/tv/C1/', { network: 'instagram', kind: 'code', code: 'C1' }],
  ['https://www.instagram.com/contoso.events/p/C1/?img_index=1', { network: 'instagram', kind: 'code', code: 'C1' }],
  ['https://www.instagram.com/p/C1/c/179/', { network: 'instagram', kind: 'code', code: 'C1', comment: '179' }],
  ['https://www.instagram.com/p/C1/c/179/r/180/', { network: 'instagram', kind: 'code', code: 'C1', comment: '180' }],
  ['https://www.instagram.com/stories/contoso/33', { network: 'instagram', kind: 'no' }],
  ['https://www.instagram.com/share/AbC', { network: 'instagram', kind: 'no' }],
  [`https://www.youtube.com/watch?v=${eleven}&t=3s`, { network: 'youtube', kind: 'post', id: eleven }],
  [`https://youtu.be/${eleven}?si=abc`, { network: 'youtube', kind: 'post', id: eleven }],
  [`https://youtube.com/shorts/${eleven}`, { network: 'youtube', kind: 'post', id: eleven }],
  [`https://m.youtube.com/live/${eleven}`, { network: 'youtube', kind: 'post', id: eleven }],
  [`https://www.youtube-nocookie.com/embed/${eleven}`, { network: 'youtube', kind: 'post', id: eleven }],
  [`https://music.youtube.com/watch?v=${eleven}`, { network: 'youtube', kind: 'post', id: eleven }],
  [
    `https://www.youtube.com/watch?v=${eleven}&lc=Ugx1`,
    { network: 'youtube', kind: 'post', id: eleven, comment: 'Ugx1' },
  ],
  [
    `https://www.youtube.com/watch?v=${eleven}&lc=Ugx1.9abc`,
    { network: 'youtube', kind: 'post', id: eleven, comment: 'Ugx1' },
  ],
  ['https://www.youtube.com/post/Ugk1', { network: 'youtube', kind: 'no' }],
  ['https://www.youtube.com/channel/UC1/community?lb=Ugk1', { network: 'youtube', kind: 'no' }],
  ['https://www.youtube.com/playlist?list=PL1', { network: 'youtube', kind: 'no' }],
  ['https://www.youtube.com/@contoso', { network: 'youtube', kind: 'no' }],
];

/** The words of a "no" and the address are looked at on their own. */
const toldBy = (pasted: string) => {
  const link = readLink(pasted);
  if (!link) return undefined;
  const { url: _, ...rest } = link;
  return rest.kind === 'no' ? { network: rest.network, kind: rest.kind } : rest;
};

describe('a pasted link', () => {
  for (const [link, target] of rows) it(`${link}`, () => assert.deepEqual(toldBy(link), target));

  it('that leads nowhere says why and what to do, in short sentences', () => {
    const noes = rows.flatMap(([link]) => readLink(link) ?? []).filter(({ kind }) => kind === 'no');
    assert.ok(noes.length > 8);
    for (const no of noes) {
      assert.ok(no.kind === 'no');
      for (const words of [no.sentence, no.fix]) {
        assert.match(words, /^[A-Z].*\.$/);
        assert.ok(words.split(' ').length <= 25, words);
      }
    }
  });

  const post = { network: 'x', kind: 'post', id: '12' };
  const safe = (link: string) =>
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05%7C01%7C&reserved=0`;
  const ways: [string, string][] = [
    ['in angle brackets', '<https://x.com/contoso/status/12>'],
    ['with a full stop behind', 'https://x.com/contoso/status/12.'],
    ['without https', 'x.com/contoso/status/12'],
    ['with http', 'http://x.com/contoso/status/12'],
    ['in capitals', 'HTTPS://X.COM/Contoso/status/12'],
    ['with white space around', '  https://x.com/contoso/status/12\n'],
    ['in a safe link of mail', safe('https://x.com/contoso/status/12')],
    ['in a safe link in a safe link', safe(safe('https://x.com/contoso/status/12'))],
    [
      'in a safe link of Teams',
      `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url=${encodeURIComponent('https://x.com/contoso/status/12')}&locale=en`,
    ],
  ];
  for (const [how, link] of ways) it(`is read ${how}`, () => assert.deepEqual(toldBy(link), post));

  const nothing: [string, string][] = [
    ['no link', 'hello'],
    ['two words', 'https://x.com/contoso/status/12 please'],
    ['nothing', ''],
    ['another site', 'https://example.com/contoso/status/12'],
    ['a site that looks like one', 'https://x.com.evil.example/contoso/status/12'],
    ['a site whose name ends like one', 'https://evilx.com/contoso/status/12'],
    ['a name and a password', 'https://x.com:pw@evil.example/contoso/status/12'],
    ['a password before the real host', 'https://me:pw@x.com/contoso/status/12'],
    ['another port', 'https://x.com:8443/contoso/status/12'],
    ['another scheme', 'javascript://x.com/contoso/status/12'],
    ['a file', 'file://x.com/contoso/status/12'],
    ['an account', 'https://x.com/contoso'],
    ['a number that is none', 'https://x.com/contoso/status/abc'],
    ['a safe link around nothing', safe('')],
    ['a safe link around another scheme', safe('javascript:alert(1)')],
    ['a broken escape', 'https://www.linkedin.com/feed/update/%E0%A4%A'],
    ['a Facebook post without its Page', 'https://www.facebook.com/permalink.php?story_fbid=33'],
    ['a video that is none', 'https://www.youtube.com/watch?v=short'],
  ];
  for (const [what, link] of nothing)
    it(`is nothing when it is ${what}`, () => assert.equal(readLink(link), undefined));

  it('is unwrapped so often and no more', () => {
    let link = 'https://x.com/contoso/status/12';
    for (let turn = 0; turn < 10; turn++) link = safe(link);
    assert.equal(readLink(link), undefined);
  });

  it('is read where the networks are reached at another origin', () => {
    const real = (url: URL) =>
      url.origin === 'http://localhost:3978' ? new URL(`https:/${url.pathname}${url.search}`) : url;
    const link = readLink('http://localhost:3978/www.facebook.com/200000000000101/posts/33', real);
    assert.deepEqual(link, {
      network: 'facebook',
      url: 'https://www.facebook.com/200000000000101/posts/33',
      kind: 'post',
      id: '200000000000101_33',
    });
  });
});
