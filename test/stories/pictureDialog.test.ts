import assert from 'node:assert/strict';
import type { DialogOutcome } from '../../src/sandbox/connector/dialogs.js';
import { world } from '../../src/sandbox/world.js';
import { videoFile } from '../contract/videoFiles.js';
import { idOf, openStory } from './publishingKit.js';
import { channel, type Player, Story } from './story.js';
import { pageOf } from './videoKit.js';

type Carried = { msteams?: unknown; do: { kind: string; posting: string } };
const notThere = 'That post is not there, or not yours to see. Say "posts" to see yours.';
const notAccepted = 'That button carried something I do not accept. Ask again in words, for example "profiles".';
const old = 'That preview was changed, or is too old. Use the newer one, or say "post" again.';

describe('the page of pictures in a dialog', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());

  /** Megan's preview, with the card that leads to the page; gives what its first button carries. */
  async function offered(text = 'New bikes'): Promise<Carried> {
    ({ story, megan } = await openStory());
    await megan.says(`post contoso "${text}"`, { in: 'Marketing' });
    await megan.looksAtChat().clicks('Pictures');
    return megan.action('Choose here').data as Carried;
  }
  const opens = (player: Player, data: unknown, message = megan.message()) =>
    story.sandbox.connector.task({ from: player.id, message: message.id, data });
  const saidBy = ({ status, card, page, note }: DialogOutcome) => {
    assert.deepEqual([status, card, page], [200, undefined, undefined]);
    return note?.text;
  };
  async function opened(): Promise<DialogOutcome> {
    const carried = await offered();
    return opens(megan, carried);
  }
  /** The same press again, changed. */
  const raw = async ({ activity }: DialogOutcome, change: object) => {
    const { status, body } = await story.sandbox.connector.redeliver({ ...activity, ...change });
    return { status, task: (body as { task?: { type: string; value: unknown } } | undefined)?.task };
  };
  const pages = () => story.store.picturePages.find(world.tenant.id, {});

  it('is the first button of the card, before the link and the way back; both lead to the same page', async () => {
    await offered();
    assert.deepEqual(megan.buttons(), ['Choose here', 'Choose in the browser', 'Back to the preview']);
    megan.sees('On a phone, use the browser');
    assert.deepEqual(await megan.refused(), []);
    const { title, page, body } = await opens(megan, megan.action('Choose here').data);
    assert.equal(title, 'Pictures');
    assert.deepEqual(body, {
      task: {
        type: 'continue',
        value: { title, width: 'medium', height: 'large', url: page?.url, fallbackUrl: page?.url },
      },
    });
    const link = String(megan.action('Choose in the browser').url);
    assert.equal(new URL(page?.url ?? '').origin, new URL(link).origin);
    const [inDialog, inBrowser] = await Promise.all(
      [page?.url ?? '', link].map(async (url) => (await fetch(url)).text()),
    );
    assert.match(inDialog ?? '', /A post of <b>Megan Bowen<\/b>[\s\S]*New bikes/);
    assert.equal(inDialog, inBrowser);
  });

  it('works once; the dialog closes with an empty answer, whatever the page hands back', async () => {
    const carried = await offered();
    const { page } = await opens(megan, carried);
    const form = new FormData();
    const headers = { origin: new URL(page?.url ?? '').origin, 'sec-fetch-site': 'same-origin' };
    const send = () => fetch(page?.url ?? '', { method: 'POST', body: form, headers });
    form.set('alt1', '');
    assert.match(await (await send()).text(), /data-chosen[\s\S]*Close this window: the card in Teams shows it/);
    await story.settled();
    megan.sees('Preview of your post', 'New bikes');
    assert.equal((await send()).status, 410);
    for (const data of [undefined, { do: { kind: 'send', posting: carried.do.posting } }, 'x'.repeat(50_000)]) {
      const { status, body } = await story.sandbox.connector.task({
        ...{ from: megan.id, message: megan.message().id, data },
        isSubmit: true,
      });
      assert.deepEqual([status, body], [200, undefined]);
    }
    megan.sees('Preview of your post');
  });

  it('opens again after ten minutes, when the link is over', async () => {
    const carried = await offered();
    const link = String(megan.action('Choose in the browser').url);
    story.passes({ minutes: 11 });
    assert.equal((await fetch(link)).status, 410);
    const { page } = await opens(megan, carried);
    assert.equal((await fetch(page?.url ?? '')).status, 200);
  });

  it('is one address, however often the same press is delivered', async () => {
    const outcome = await opened();
    const before = (await pages()).length;
    const again = await story.sandbox.connector.redeliver(outcome.activity);
    assert.deepEqual(again.body, outcome.body);
    assert.equal((await pages()).length, before);
  });

  it('is refused in the dialog to everybody else, wherever the button got to', async () => {
    const carried = await offered();
    const message = story.sandbox.connector.transcript(channel('Marketing')).at(-1);
    assert(message);
    const before = (await pages()).length;
    for (const name of ['ben', 'alex'])
      assert.equal(saidBy(await opens(story.player(name), carried, message)), notThere);
    const admin = story.player('lynne');
    assert.equal(saidBy(await opens(admin, carried, admin.message())), notThere);
    await megan.says('share ben@contoso.example contoso');
    assert.equal(saidBy(await opens(story.player('ben'), carried, message)), notThere);
    assert.equal((await pages()).length, before);
  });

  it('is refused once the preview has changed, is sent, or is cancelled', async () => {
    const carried = await offered();
    const message = megan.message();
    await megan.clicks('Back to the preview');
    await megan.clicks('Change');
    await megan.clicks('Preview', { profiles: await idOf(story, 'contoso'), text: 'Newer', date: '', time: '' });
    assert.equal(saidBy(await opens(megan, carried, message)), old);
    await megan.clicks('Pictures');
    const next = megan.action('Choose here').data;
    await megan.clicks('Back to the preview');
    await megan.clicks('Cancel');
    assert.equal(saidBy(await opens(megan, next, message)), old);
  });

  it('is for a preview of one’s own, and nothing else: what a button carries is read strictly', async () => {
    const carried = await offered();
    const { posting } = carried.do;
    const { msteams } = carried;
    const rows: [string, unknown, string][] = [
      ['nothing', undefined, notAccepted],
      ['no object', 'pictures', notAccepted],
      ['a list', [carried], notAccepted],
      ['no operation', { msteams }, notAccepted],
      ['an operation that is none', { msteams, do: { kind: 'publish' } }, notAccepted],
      ['an operation that is no page', { msteams, do: { kind: 'send', posting } }, notAccepted],
      ['an operation that changes much', { msteams, do: { kind: 'freeze', profile: 'all' } }, notAccepted],
      ['one field too many', { msteams, do: { ...carried.do, person: 'ann' } }, notAccepted],
      ['a field beside it', { ...carried, url: 'https://evil.example/' }, notAccepted],
      ['a box beside it', { ...carried, text: 'Hello' }, notAccepted],
      ['a video that is no yes', { msteams, do: { ...carried.do, video: 'yes' } }, notAccepted],
      ['an id that is none', { msteams, do: { kind: 'pictures', posting: { $gt: '' } } }, notAccepted],
      ['an id that nothing has', { msteams, do: { kind: 'pictures', posting: 'nothing-has-it' } }, notThere],
    ];
    for (const [what, data, said] of rows) assert.equal(saidBy(await opens(megan, data)), said, what);
    const outcome = await opens(megan, carried);
    for (const value of [undefined, null, 7, 'x', []]) {
      const { status, task } = await raw(outcome, { id: `f:${String(value)}`, value });
      assert.deepEqual([status, task], [200, { type: 'message', value: notAccepted }]);
    }
    megan.sees('Choose pictures for your post');
  });

  it('is refused in the dialog to strangers, people of other organisations, and who asks too much', async () => {
    const outcome = await opened();
    const from = outcome.activity.from as Record<string, unknown>;
    const stranger = await raw(outcome, { id: 'f:nobody', from: { id: from.id, name: from.name } });
    assert.equal(stranger.task?.type, 'message');
    const foreign = await raw(outcome, {
      ...{ id: 'f:foreign', from: { ...from, tenantId: '99999999-0000-4000-8000-000000000000' } },
    });
    assert.equal(foreign.task?.type, 'message');
    await story.close();
    story = await Story.open({}, undefined, 'real');
    const alex = story.player('alex');
    await alex.says('help');
    const last = async (left = 200): Promise<string | undefined> => {
      const { note } = await opens(alex, { do: { kind: 'pictures', posting: 'none' } }, alex.message());
      return left > 0 && note?.text === notThere ? last(left - 1) : note?.text;
    };
    assert.match((await last()) ?? '', /slow|too many|fast|minute|second/i);
  });

  it('is asked for in words by a client that knows no dialogs: the card comes again, with the link', async () => {
    const data = await offered();
    await story.sandbox.connector.submit({ from: megan.id, message: megan.message().id, data });
    await story.settled();
    megan.looksAtChat().sees('Choose pictures for your post');
    assert.equal((await fetch(String(megan.action('Choose in the browser').url))).status, 200);
  });

  it('is the one of a video where a video is chosen', async () => {
    story = await Story.open();
    megan = story.player('megan');
    await megan.adds('social@contoso.example', 'youtube', ['Contoso']);
    await megan.says('post contoso "In motion"');
    await megan.clicks('Video');
    const { title, page } = await opens(megan, megan.action('Choose here').data);
    assert.equal(title, 'Video');
    await pageOf(page?.url ?? '').choose(videoFile());
    await story.settled();
    megan.sees('Preview of your post', 'In motion');
  });
});

describe('who may frame what', () => {
  let story: Story;
  let address: string;
  afterEach(() => story.close());

  const teams =
    'https://*.cloud.microsoft https://teams.microsoft.com https://*.teams.microsoft.com https://*.microsoft365.com https://*.office.com';
  const ancestors = async (path: string, init?: RequestInit) => {
    const { headers, status } = await fetch(new URL(path, address), { redirect: 'manual', ...init });
    assert.equal(headers.get('x-frame-options'), null, path);
    return [status, /frame-ancestors ([^;]+)/.exec(headers.get('content-security-policy') ?? '')?.[1]];
  };

  it('is Teams, and the sandbox that stands in for it, for the pages it shows, whatever they answer', async () => {
    const opened = await openStory();
    ({ story } = opened);
    const { megan } = opened;
    address = story.app.address;
    await megan.says('post contoso "Framed"');
    await megan.clicks('Pictures');
    const page = String(megan.action('Choose in the browser').url);
    const own = `'self' ${teams}`;
    assert.deepEqual(await ancestors(page), [200, own]);
    const post = (headers: Record<string, string>, body: FormData | string = new FormData()) => ({
      ...{ method: 'POST', body },
      headers: { 'sec-fetch-site': 'same-origin', ...headers },
    });
    const filled = new FormData();
    filled.set('picture1', new Blob(['MZ']), 'a.png');
    const { origin } = new URL(page);
    assert.deepEqual(await ancestors(page, post({ origin }, filled)), [400, own]);
    filled.delete('picture1');
    filled.set('alt1', '');
    assert.deepEqual(await ancestors(page, post({ origin }, filled)), [200, own]);
    assert.deepEqual(await ancestors(page), [410, own]);
    assert.deepEqual(await ancestors('/tab/profiles'), [200, own]);
  });

  it('is nobody for everything else', async () => {
    ({ story } = await openStory());
    address = story.app.address;
    const paths = ['/', '/privacy', '/terms', '/link/x', '/link/callback/x', '/healthz', '/readyz', '/tab/main.js'];
    for (const path of [
      ...paths,
      '/compose/dialog.js',
      '/compose/x/y',
      '/watch/x',
      '/media/x',
      '/nowhere',
      '/callback/deletion/x',
    ])
      assert.equal((await ancestors(path))[1], "'none'", path);
  });

  it('says the one script that these pages may run, and no other page may', async () => {
    const opened = await openStory();
    ({ story } = opened);
    const { megan } = opened;
    await megan.says('post contoso "Scripts"');
    await megan.clicks('Pictures');
    const page = String(megan.action('Choose in the browser').url);
    const { origin } = new URL(page);
    const policy = (await fetch(page)).headers.get('content-security-policy') ?? '';
    assert.match(policy, new RegExp(`script-src ${origin}/compose/dialog\\.js 'sha256-[^']+';`));
    assert.doesNotMatch(policy, /connect-src|unsafe|script-src[^;]*'self'/);
    const script = await fetch(`${origin}/compose/dialog.js`);
    assert.equal(script.status, 200);
    assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
    const other = (await fetch(`${origin}/privacy`)).headers.get('content-security-policy') ?? '';
    assert.doesNotMatch(other, /dialog\.js/);
  });
});
