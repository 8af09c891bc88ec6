import assert from 'node:assert/strict';
import sharp from 'sharp';
import { world } from '../../src/sandbox/world.js';
import { idOf, later, openStory, shownOnX, until } from './publishingKit.js';
import { type Player, Story } from './story.js';

const draw = (colour = '#36c', width = 40) =>
  sharp({ create: { width, height: 30, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

/** The page in the browser: what it says, and what comes of sending it. */
async function choose(address: string, files: { bytes: Buffer; alt?: string }[], headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [at, { bytes, alt = '' }] of files.entries()) {
    form.set(`picture${at + 1}`, new Blob([new Uint8Array(bytes)]), 'IMG_0001.exe');
    form.set(`alt${at + 1}`, alt);
  }
  const { origin } = new URL(address);
  const answer = await fetch(address, {
    method: 'POST',
    body: form,
    headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
  });
  return { status: answer.status, text: await answer.text() };
}

describe('pictures of a post', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());

  async function pageFor(text: string): Promise<string> {
    await megan.says(`post contoso "${text}"`);
    await megan.clicks('Pictures');
    megan.sees('Choose pictures for your post', 'works once, for 10 minutes');
    return String(megan.action('Choose in the browser').url);
  }
  const kept = () => story.store.pictures.find(world.tenant.id, {});

  it('are chosen on a page, shown in the preview, and go out with their words', async () => {
    ({ story, megan } = await openStory());
    const page = await pageFor('New bikes');
    const shown = await (await fetch(page)).text();
    assert.match(shown, /A post of <b>Megan Bowen<\/b>[\s\S]*New bikes[\s\S]*up to 8 MB each/);
    const { status, text } = await choose(page, [{ bytes: await draw(), alt: 'A blue bike' }]);
    assert.equal(status, 200, text);
    assert.match(text, /in the preview. Nothing has gone out yet/);
    await story.settled();
    megan.sees('Preview of your post', 'New bikes', 'A blue bike (40 × 30', 'Ready');
    assert.deepEqual(await shownOnX(story), []);
    await megan.clicks('Send');
    await later(story, { minutes: 0.1 });
    megan.sees('Your post is out');
    const out = await (await fetch(String(megan.action('Open the post').url))).text();
    assert.match(out, /<img class="picture" src="data:image\/jpeg;base64,[^"]+" alt="A blue bike">/);
  });

  it('are kept sealed until the post has ended, and are gone then', async () => {
    ({ story, megan } = await openStory());
    const bytes = await draw();
    await choose(await pageFor('Kept'), [{ bytes, alt: 'x' }]);
    const [doc] = await kept();
    assert(doc && !JSON.stringify(doc).includes(bytes.toString('base64').slice(0, 40)));
    await megan.clicks('Send');
    await later(story, { minutes: 0.1 });
    megan.sees('Your post is out');
    await later(story, { minutes: 61 });
    assert.deepEqual(await kept(), []);
  });

  it('of a post that nobody settles are kept for 31 days', async () => {
    ({ story, megan } = await openStory());
    await choose(await pageFor('Nobody looks'), [{ bytes: await draw(), alt: 'x' }]);
    await story.settled();
    story.sandbox.networks.fault('x', { kind: 'lostRequest', times: 1 });
    await megan.clicks('Send');
    const lookedFor = () => story.store.intents.find(world.tenant.id, { state: 'notSent' });
    await until(
      async () => (await lookedFor()).length > 0,
      () => later(story, { minutes: 11 }),
    );
    await later(story, { minutes: 61 });
    await megan.says('posts');
    megan.sees('Nobody looks', 'Not there');
    assert.equal((await kept()).length, 1);
    await later(story, { days: 32 });
    assert.deepEqual(await kept(), []);
  });

  const waits = async (text: string, more = '') => {
    ({ story, megan } = await openStory());
    await megan.says('share chris.green@contoso.example contoso with approval');
    const chris = story.player('chris.green');
    await chris.says(`post contoso "${text}"${more}`);
    await chris.clicks('Pictures');
    await choose(String(chris.action('Choose in the browser').url), [{ bytes: await draw(), alt: 'A blue bike' }]);
    await story.settled();
    await chris.clicks('Send');
    return chris;
  };

  it('of a post that is stopped or declined are gone at once, and a change says that they are chosen again', async () => {
    const chris = await waits('Too loud');
    await megan.looksAtChat().clicks('Decline', { note: 'Not like this' });
    await story.settled();
    assert.deepEqual(await kept(), []);
    await chris.looksAtChat().clicks('Look at it');
    chris.sees('Your post was declined', 'Its pictures are not kept: choose them again in the new preview.');
    await chris.clicks('Change');
    const boxes = { profiles: await idOf(story, 'contoso'), date: '', time: '' };
    await chris.clicks('Preview', { ...boxes, text: 'Softly' });
    chris.sees('Preview of your post', 'Softly');
    await choose(await pageFor('Undone'), [{ bytes: await draw(), alt: 'x' }]);
    await story.settled();
    assert.equal((await kept()).length, 1);
    await megan.clicks('Cancel');
    await story.settled();
    assert.deepEqual(await kept(), []);
  });

  it('stay with a post that waits for a yes when somebody who decides changes it, and go out', async () => {
    const chris = await waits('Pictures stay');
    await megan.looksAtChat().clicks('Change');
    const boxes = { profiles: await idOf(story, 'contoso'), date: '', time: '' };
    await megan.clicks('Preview', { ...boxes, text: 'Other words' });
    megan.sees('Preview of your post', 'Other words', 'A blue bike (40 × 30');
    await megan.clicks('Change');
    await megan.clicks('Preview', { ...boxes, text: 'Better words' });
    megan.sees('Better words', 'A blue bike (40 × 30');
    await megan.clicks('Send');
    await later(story, { minutes: 0.1 });
    megan.sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['Better words']);
    chris.looksAtChat().sees('Megan Bowen changed your post');
  });

  it('of others are no part of a post that may not take the place of theirs', async () => {
    ({ story, megan } = await openStory());
    await choose(await pageFor('Mine'), [{ bytes: await draw(), alt: 'x' }]);
    await story.settled();
    await megan.says('share ben@contoso.example contoso');
    const [own] = await story.store.intents.find(world.tenant.id, { state: 'asked' });
    const asked = { kind: 'post', profiles: [{ id: own?.profile }], text: 'Taken', instead: own?.posting };
    const ben = story.player('ben');
    await ben.says('post contoso "Mine too"');
    await ben.clicksOn(ben.message(), 'post', { do: { ...asked, pictures: [...(own?.pictureIds ?? [])] } });
    ben.sees('A picture of it is not kept any more');
  });

  it('of a planned post are tried once ahead of its time', async () => {
    ({ story, megan } = await openStory());
    await megan.says('post contoso "Planned" at tomorrow 10:00');
    const [own] = await story.store.intents.find(world.tenant.id, { state: 'asked' });
    await megan.clicks('Pictures');
    await choose(String(megan.action('Choose in the browser').url), [{ bytes: await draw(), alt: 'x' }]);
    await story.settled();
    await megan.clicks('Send at that time');
    await story.settled();
    story.sandbox.networks.fault('x', { kind: 'uploadLost', times: 5 });
    await later(story, { minutes: ((own?.at?.getTime() ?? 0) - story.now().getTime()) / 60_000 - 30 });
    await story.settled();
    const dials = await fetch(`${story.app.address}/sandbox/networks`, { headers: { accept: 'application/json' } });
    assert.match(await dials.text(), /"times":\s*4/);
  });

  it('without words are allowed, and said to be so; changing the text keeps them', async () => {
    ({ story, megan } = await openStory());
    await choose(await pageFor('No words'), [{ bytes: await draw() }]);
    await story.settled();
    megan.sees('The picture has no words for people who cannot see it');
    await megan.clicks('Change');
    await megan.clicks('Preview', {
      profiles: (await story.store.profiles.find(world.tenant.id, {}))[0]?.id ?? '',
      text: 'Other words',
      date: '',
      time: '',
    });
    megan.sees('Other words', 'No words yet (40 × 30');
  });

  it('get their words in the form, which brings back those that are there', async () => {
    ({ story, megan } = await openStory());
    const chosen = [{ bytes: await draw(), alt: 'First' }, { bytes: await draw('#c33') }];
    await choose(await pageFor('Two'), chosen);
    await story.settled();
    await megan.clicks('Change');
    megan.sees('Picture 1: what it shows', 'First', 'Picture 2: what it shows');
    const [profile] = await story.store.profiles.find(world.tenant.id, {});
    const boxes = { profiles: profile?.id ?? '', text: 'Two', date: '', time: '' };
    await megan.clicks('Preview', { ...boxes, alt1: 'First', alt2: ' Second ' });
    megan.sees('First (40', 'Second (40');
    megan.seesNot('has no words');
    // The words of the preview, and not those that were said on the page, are the ones to go on with.
    await megan.clicks('Change');
    await megan.clicks('Preview', boxes);
    megan.sees('First (40', 'Second (40');
    await megan.clicks('Send');
    await later(story, { minutes: 0.1 });
    const out = await (await fetch(String(megan.action('Open the post').url))).text();
    assert.match(out, /alt="First"[\s\S]*alt="Second"/);
  });

  it('can be taken off again, and are part of what was looked at', async () => {
    ({ story, megan } = await openStory());
    await choose(await pageFor('Twice'), [{ bytes: await draw(), alt: 'One' }]);
    await story.settled();
    const [message, send] = [megan.message(), megan.action('Send')];
    await megan.clicks('Pictures');
    await choose(String(megan.action('Choose in the browser').url), []);
    await story.settled();
    megan.seesNot('One (40');
    await megan.clicksOn(message, String(send.verb), send.data as Record<string, unknown>);
    megan.sees('That preview was changed');
  });

  it('that cannot be sent are refused with the reason, and the page stays open', async () => {
    ({ story, megan } = await openStory());
    const page = await pageFor('Refused');
    const good = { bytes: await draw(), alt: 'Words that stay' };
    const no = await choose(page, [good, { bytes: Buffer.from('MZ not a picture') }]);
    assert.equal(no.status, 400);
    assert.match(no.text, /Picture 2: That is not a picture that can be sent[\s\S]*>Words that stay</);
    await story.player('lynne').says('policy picture 1');
    const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const;
    const big = sharp({ create: { width: 800, height: 800, channels: 3, noise, background: '#000' } });
    const large = await choose(page, [{ bytes: await big.png().toBuffer() }]);
    assert.match(large.text, /That picture has \d\.\d MB, and 1 MB are allowed here|each picture may have 1 MB/);
    assert.equal((await choose(page, [{ bytes: await draw() }])).status, 200);
  });

  it('are chosen by the one who asked, once, from the page itself, within ten minutes', async () => {
    ({ story, megan } = await openStory());
    const page = await pageFor('Once');
    const foreign = await choose(page, [{ bytes: await draw() }], {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    assert.equal(foreign.status, 403);
    assert.equal((await choose(page, [{ bytes: await draw() }])).status, 200);
    assert.equal((await choose(page, [{ bytes: await draw() }])).status, 410);
    assert.equal((await fetch(page)).status, 410);
    const late = await pageFor('Late');
    story.passes({ minutes: 11 });
    assert.equal((await fetch(late)).status, 410);
    assert.equal((await fetch(`${late.slice(0, -4)}AAAA`)).status, 410);
    const sent = await pageFor('Cancelled meanwhile');
    await megan.clicks('Back to the preview');
    await megan.clicks('Cancel');
    assert.equal((await fetch(sent)).status, 410);
  });

  it('are not taken where the organisation sends none', async () => {
    ({ story, megan } = await openStory());
    await story.player('lynne').says('policy picture 0');
    const page = await pageFor('None here');
    assert.match(await (await fetch(page)).text(), /Your organisation sends no pictures with posts/);
    const no = await choose(page, [{ bytes: await draw() }]);
    assert.equal(no.status, 400);
    assert.match(no.text, /Your organisation sends no pictures with posts/);
    assert.deepEqual(await kept(), []);
  });

  it('are carried over in the hold; a network that loses one is asked again, and one that refuses it stops the post', async () => {
    ({ story, megan } = await openStory('20'));
    await choose(await pageFor('In the hold'), [{ bytes: await draw(), alt: 'Held' }]);
    await story.settled();
    story.sandbox.networks.fault('x', { kind: 'uploadLost', times: 1 });
    await megan.clicks('Send');
    const card = megan.message();
    await story.settled();
    await later(story, { minutes: 0.5 });
    await later(story, { minutes: 2 });
    megan.looksAt(card).sees('Your post is out');
    assert.deepEqual(await shownOnX(story), ['In the hold']);
    story.sandbox.networks.fault('x', { kind: 'uploadRefused' });
    await choose(await pageFor('Refused there'), [{ bytes: await draw(), alt: 'Held' }]);
    await story.settled();
    await megan.clicks('Send');
    const other = megan.message();
    await later(story, { minutes: 1 });
    megan.looksAt(other).sees('Did not go out', 'X refused a picture');
    assert.deepEqual(await shownOnX(story), ['In the hold']);
  });

  it('go out with a Facebook Page and a LinkedIn Page from one preview', async () => {
    story = await Story.open();
    megan = story.player('megan');
    await story.player('lynne').says('policy undo 0');
    await megan.adds('Megan Bowen', 'facebook-page', ['Contoso']);
    await megan.adds('Megan Bowen', 'linkedin-member');
    await megan.says('post "Megan Bowen" "Contoso" "Two networks"');
    await megan.clicks('Pictures');
    const chosen = [
      { bytes: await draw(), alt: 'First' },
      { bytes: await draw('#c33'), alt: 'Second' },
    ];
    assert.equal((await choose(String(megan.action('Choose in the browser').url), chosen)).status, 200);
    await story.settled();
    await megan.clicks('Send');
    const card = megan.message();
    await later(story, { minutes: 0.1 });
    megan.looksAt(card).sees('Your post is out');
    for (const path of ['www.facebook.com/200000000000101', 'www.linkedin.com/in/megan-bowen']) {
      const out = await (await fetch(`${story.app.address}/${path}`)).text();
      assert.match(out, /alt="First"[\s\S]*alt="Second"/, path);
    }
  });
});
