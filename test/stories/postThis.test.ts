import assert from 'node:assert/strict';
import { fillManifest } from '../../scripts/package.js';
import type { DialogOutcome } from '../../src/sandbox/connector/dialogs.js';
import type { Message } from '../../src/sandbox/connector/types.js';
import { idOf, openStory, shownOnX, toldTo } from './publishingKit.js';
import { channel, type Player, type Story } from './story.js';

type Action = { type: string; title: string; data: Record<string, unknown> };
const actionsOf = ({ card }: DialogOutcome) => (card?.actions ?? []) as Action[];
const boxOf = ({ card }: DialogOutcome, id: string) =>
  ((card?.body ?? []) as { id?: string; value?: string }[]).find((one) => one.id === id);
const wordsIn = ({ card }: DialogOutcome) => JSON.stringify(card).replaceAll('\\\\', '');

describe('"Post this" on a message', () => {
  let story: Story;
  let megan: Player;
  afterEach(() => story.close());

  /** A colleague says something where Megan reads it; the bot is not spoken to. */
  async function said(name: string, place: string, text: string, mentions: string[] = []): Promise<Message> {
    const { connector } = story.sandbox;
    return (await connector.say({ from: story.player(name).id, in: channel(place), text, mentions })).message;
  }
  const picks = (player: Player, message: Message, data?: Record<string, unknown>) =>
    story.sandbox.connector.messageAction({
      from: player.id,
      message: message.id,
      command: 'postThis',
      ...(data ? { data } : {}),
    });
  async function submits(player: Player, message: Message, shown: DialogOutcome, boxes: Record<string, string>) {
    const action = actionsOf(shown)[0] ?? assert.fail(`no button in ${JSON.stringify(shown.body)}`);
    const outcome = await picks(player, message, { ...action.data, ...boxes });
    await story.settled();
    return outcome;
  }
  const boxes = async (text: string) => ({ profiles: await idOf(story, 'contoso'), text, date: '', time: '' });

  it('opens the form with its text; the preview comes to the own chat, and Send publishes it', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'New bikes, @Megan Bowen:\nhttps://contoso.example/bikes & more', [
      'Megan Bowen',
    ]);
    const form = await picks(megan, message);
    assert.equal(form.status, 200);
    assert.equal(form.title, 'Post this');
    assert.equal(boxOf(form, 'text')?.value, 'New bikes, :\nhttps://contoso.example/bikes & more');
    assert.deepEqual(
      actionsOf(form).map(({ type, title }) => [type, title]),
      [['Action.Submit', 'Preview']],
    );
    const closing = await submits(megan, message, form, await boxes('New bikes'));
    assert.match(wordsIn(closing), /Nothing goes out before you press Send there/);
    assert.deepEqual(await shownOnX(story), []);
    megan.looksAtChat().sees('Preview of your post', 'New bikes', 'Ready');
    await megan.clicks('Send');
    assert.deepEqual(await shownOnX(story), ['New bikes']);
    megan.sees('Your post is out');
  });

  it('is in the menu of messages in the sandbox as in the manifest', async () => {
    ({ story, megan } = await openStory());
    const manifest = fillManifest({
      MicrosoftAppId: '0f3c3a52-6a43-4c5b-9a57-3f4f2a1f9d10',
      BASE_URL: 'https://bot.contoso.example',
    });
    const [extension] = manifest.composeExtensions as { commands: Record<string, unknown>[] }[];
    const offered = (extension?.commands ?? []).map(({ id, title, type, context, fetchTask }) => {
      assert.deepEqual([type, context, fetchTask], ['action', ['message'], true]);
      return { command: id, title };
    });
    const state = (await (await fetch(`${story.app.address}/sandbox/api/state`)).json()) as { messageActions: unknown };
    assert.deepEqual(state.messageActions, offered);
  });

  it('is unheard in the place of the message: nothing is said there, before or after', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Quietly');
    const form = await picks(megan, message);
    await submits(megan, message, form, await boxes('Quietly'));
    await megan.looksAtChat().clicks('Send');
    assert.deepEqual(await shownOnX(story), ['Quietly']);
    const heard = story.sandbox.connector.transcript(channel('Marketing')).filter(({ from }) => from === 'bot');
    assert.deepEqual(heard, []);
  });

  it('asks once, however often the same click is delivered', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Twice');
    const form = await picks(megan, message);
    const first = await submits(megan, message, form, await boxes('Twice'));
    const again = await story.sandbox.connector.redeliver(first.activity);
    await story.settled();
    assert.deepEqual(again.body, first.body);
    assert.equal(toldTo(story, 'megan').filter((title) => title.startsWith('Preview')).length, 1);
  });

  it('keeps the form open with what is missing, and what was written in it', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'For nobody');
    const form = await picks(megan, message);
    const shown = await submits(megan, message, form, { ...(await boxes('Changed')), profiles: '' });
    assert.match(wordsIn(shown), /Choose at least one profile/);
    assert.equal(boxOf(shown, 'text')?.value, 'Changed');
  });

  it('says in the form why not, and keeps what was typed', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Too late');
    const form = await picks(megan, message);
    const past = { ...(await boxes('Typed with care')), date: '2020-01-01', time: '09:00' };
    const shown = await submits(megan, message, form, past);
    assert.match(wordsIn(shown), /is over|in the past|already/);
    assert.equal(boxOf(shown, 'text')?.value, 'Typed with care');
    assert.match(wordsIn(shown), /"value":"2020-01-01"[\s\S]*"value":"09:00"/);
    const better = await submits(megan, message, shown, await boxes('Typed with care'));
    assert.match(wordsIn(better), /Nothing goes out before you press Send there/);
  });

  it('says so when the bot cannot write to the author', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Unreachable');
    const form = await picks(megan, message);
    story.sandbox.connector.block(megan.id);
    const shown = await submits(megan, message, form, await boxes('Unreachable'));
    assert.match(wordsIn(shown), /refusal-cannotReach/);
  });

  it('of somebody without a profile offers to add one', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Not mine');
    const form = await picks(story.player('alex'), message);
    assert.match(wordsIn(form), /You may publish with no profile yet/);
    assert.deepEqual(
      actionsOf(form).map(({ title }) => title),
      ['Add a profile'],
    );
    const shown = await submits(story.player('alex'), message, form, {});
    assert.match(wordsIn(shown), /I answered you in our personal chat/);
    story.player('alex').looksAtChat().sees('X profile');
  });

  it('refuses in the dialog: a profile that is not theirs, and a card that nobody was given', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Not mine');
    const ben = story.player('ben');
    const data = { do: { kind: 'post', profiles: [] }, ...(await boxes('Stolen')) };
    const refused = await picks(ben, message, data);
    assert.match(wordsIn(refused), /That profile is not there, or not yours to see/);
    const odd = await picks(ben, message, { do: { kind: 'publish' } });
    assert.match(wordsIn(odd), /refusal-cardNotUnderstood/);
    assert.deepEqual(await shownOnX(story), []);
  });

  it('takes the beginning of a very long message, and says so', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'word '.repeat(2_000));
    const form = await picks(megan, message);
    assert.match(wordsIn(form), /The message is very long. Only its beginning is here./);
    assert.equal(boxOf(form, 'text')?.value?.length, 6_000);
  });

  it('opens empty for a message without words, and for what is no message at all', async () => {
    ({ story, megan } = await openStory());
    const form = await picks(megan, megan.message());
    assert.equal(boxOf(form, 'text')?.value ?? '', '');
    for (const value of [undefined, null, 7, { messagePayload: { body: { content: 7 } } }]) {
      const answer = await story.sandbox.connector.redeliver({ ...form.activity, id: `f:${String(value)}`, value });
      assert.equal(answer.status, 200);
      assert.match(JSON.stringify(answer.body), /"title":"New post"|New post/);
    }
  });

  it('is refused in the dialog to strangers and to people of other organisations', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Not for all');
    const { activity } = await picks(megan, message);
    const from = activity.from as Record<string, unknown>;
    const asOther = async (id: string, other: object) => {
      const { body } = await story.sandbox.connector.redeliver({ ...activity, id, from: other });
      const { task } = body as { task: { type: string; value: { card: { content: unknown } } } };
      return [task.type, JSON.stringify(task.value.card.content)] as const;
    };
    const [shown, stranger] = await asOther('f:nobody', { id: from.id, name: from.name });
    assert.equal(shown, 'continue');
    assert.match(stranger, /refusal-nobodyThere/);
    const [, foreign] = await asOther('f:foreign', { ...from, tenantId: '99999999-0000-4000-8000-000000000000' });
    assert.match(foreign, /refusal-foreignTenant/);
  });

  it('between two people leaves the own chat with the bot where it is', async () => {
    ({ story, megan } = await openStory());
    const message = await said('alex', 'Marketing', 'Privately');
    const form = await picks(megan, message);
    const conversation = {
      ...(form.activity.conversation as object),
      conversationType: 'personal',
      id: '19:alex_megan@unq.gbl.spaces',
    };
    const value = {
      ...(form.activity.value as object),
      data: { ...actionsOf(form)[0]?.data, ...(await boxes('Privately')) },
    };
    const activity = { ...form.activity, id: 'f:own', name: 'composeExtension/submitAction', conversation, value };
    const answer = await story.sandbox.connector.redeliver(activity);
    await story.settled();
    assert.match(JSON.stringify(answer.body), /Nothing goes out before you press Send there/);
    megan.looksAtChat().sees('Preview of your post', 'Privately');
  });
});
