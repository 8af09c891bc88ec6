import assert from 'node:assert/strict';
import { type ProfileType, profileTypes } from '../../src/rules/types.js';
import { Browser, Story } from './story.js';

type Row = { says: string; account: string; other: string; pages: string[]; handle: string };

/** Whom to sign in as for each type, who does not fit, and what is picked where there are several. */
const rows: Record<ProfileType, Row> = {
  'x-user': { says: 'x', account: 'contoso', other: 'fabrikam', pages: [], handle: 'contoso' },
  'facebook-user': {
    says: 'facebook-user',
    account: 'Alex Wilber',
    other: 'Frida Berg',
    pages: [],
    handle: 'Alex Wilber',
  },
  'facebook-page': {
    says: 'facebook page',
    account: 'Alex Wilber',
    other: 'Frida Berg',
    pages: ['Contoso Support'],
    handle: 'contososupport',
  },
  'instagram-account': { says: 'instagram', account: 'contoso', other: 'fabrikam', pages: [], handle: 'contoso' },
  'linkedin-member': {
    says: 'linkedin member',
    account: 'Alex Wilber',
    other: 'Frida Berg',
    pages: [],
    handle: 'Alex Wilber',
  },
  'linkedin-page': {
    says: 'linkedin page',
    account: 'Alex Wilber',
    other: 'Frida Berg',
    pages: ['Contoso Careers'],
    handle: 'contoso-careers',
  },
  'youtube-user': {
    says: 'youtube',
    account: 'Contoso Media',
    other: 'Fabrikam',
    pages: ['Contoso How-to'],
    handle: 'contosohowto',
  },
};

describe('the same story for every type of profile', () => {
  for (const type of profileTypes) {
    const row = rows[type];
    it(`${type}: add, show, renew, another account refused, forget, add again, delete`, async () => {
      const story = await Story.open();
      try {
        const megan = story.player('megan');
        await megan.adds(row.account, row.says, row.pages);
        megan.sees('is added, and you own it', 'Valid');
        await megan.says(`show "${row.handle}"`);
        megan.sees('You own it', 'Megan Bowen');
        await megan.says(`renew "${row.handle}"`);
        await megan.says(`code ${await megan.signsInAs(row.account)}`);
        megan.sees('Your sign-in is renewed');
        await megan.says(`renew "${row.handle}"`);
        assert.match(await new Browser().signIn(megan.link(), row.other), /You signed in to .*, but this is about /);
        await megan.says(`forget "${row.handle}"`);
        await megan.clicks('Remove my sign-in');
        megan.sees('The profile stays', 'Not valid');
        await megan.adds(row.account, row.says, row.pages);
        megan.sees('You own', 'already', 'Valid');
        await megan.says(`delete "${row.handle}"`);
        await megan.clicks('Delete it');
        megan.sees('is deleted');
        await megan.says('profiles');
        megan.seesNot('You own it');
      } finally {
        await story.close();
      }
    });
  }

  it('several Pages are picked at once, and the unusable ones say why', async () => {
    const story = await Story.open();
    try {
      const megan = story.player('megan');
      await megan.says('add facebook page');
      const browser = new Browser();
      const page = await browser.signIn(megan.link(), 'Alex Wilber', {
        pages: ['Contoso', 'Contoso Support', 'Contoso Analytics Club'],
      });
      const offered = [...browser.picker.matchAll(/<li.*?<\/li>/g)].map(([row]) => [
        row.includes(' disabled>') ? 'not' : 'yes',
        ...(/<span>(.*?)(?:<small>(.*)<\/small>)?<\/span>/.exec(row)?.slice(1) ?? []),
      ]);
      assert.deepEqual(offered, [
        ['yes', 'Contoso', 'contoso'],
        ['yes', 'Contoso Support', 'contososupport'],
        ['yes', 'Contoso Careers', undefined],
        [
          'not',
          'Contoso Analytics Club',
          'Your role on this Page does not let you create content; ask someone who manages it.',
        ],
        ['yes', 'Contoso Events', undefined],
        ['yes', 'Contoso EMEA', undefined],
      ]);
      const code = /code (\d{3}) (\d{3})/.exec(page)?.slice(1).join('');
      await megan.says(`code ${code}`);
      megan.sees('Contoso (Facebook Page) is added', 'Contoso Support (Facebook Page) is added');
      await megan.says('profiles');
      megan.sees('Contoso', 'Contoso Support', 'Facebook Page');
      megan.seesNot('Analytics', 'Careers', 'Events', 'EMEA');
    } finally {
      await story.close();
    }
  });

  it('removing one Page leaves the sign-in of another Page alone', async () => {
    const story = await Story.open();
    try {
      const megan = story.player('megan');
      await megan.adds('Alex Wilber', 'facebook page', ['Contoso', 'Contoso Support']);
      await megan.says('delete contososupport');
      await megan.clicks('Delete it');
      story.passes({ days: 2 });
      await story.sweeps();
      await megan.says('show @contoso');
      megan.sees('Valid', 'Only your sign-in keeps it alive');
    } finally {
      await story.close();
    }
  });

  it('saying no on the network changes nothing and says how to go on', async () => {
    const story = await Story.open();
    try {
      const megan = story.player('megan');
      await megan.says('add x');
      const link = megan.link();
      assert.match(await new Browser().signIn(link, 'contoso', { decision: 'cancel' }), /did not allow it on X/);
      assert.match(await new Browser().signIn(link, 'contoso'), /Signed in to @contoso/);
    } finally {
      await story.close();
    }
  });
});
