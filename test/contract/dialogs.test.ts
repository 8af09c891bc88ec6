import assert from 'node:assert/strict';
import { world } from '../../src/sandbox/world.js';
import { ConnectorHarness, type Heard } from './connector-harness.js';

const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', body: [] } };
const shows = (title: string) => ({
  task: { type: 'continue', value: { title, height: 'medium', width: 'medium', card } },
});

const valueIn = (heard: Heard | undefined) => (heard?.value ?? {}) as Record<string, unknown>;

describe('an app’s action on a message', () => {
  const harness = new ConnectorHarness();
  const [alex, megan] = world.people;
  const place = world.teams[0]?.id ?? '';
  assert(alex && megan);
  before(() => harness.start(1_000));
  after(() => harness.stop());
  beforeEach(() => void harness.heard.splice(0));

  const said = async (text: string, mentions: string[] = []) =>
    (await harness.connector.say({ from: alex.id, in: place, text, mentions })).message;
  const picks = (message: string, data?: Record<string, unknown>) =>
    harness.connector.messageAction({ from: megan.id, message, command: 'act', ...(data ? { data } : {}) });

  it('reaches the bot as Teams sends it: who, where, and the message as HTML', async () => {
    harness.answer = async () => ({ status: 200, body: shows('Act') });
    const { id } = await said(`Hello @${megan.name} & all\n\nsee https://contoso.example/a?b=1`, [megan.name]);
    const outcome = await picks(id);
    const invoke = harness.heard.at(-1);
    assert.equal(invoke?.type, 'invoke');
    assert.equal(invoke?.name, 'composeExtension/fetchTask');
    assert.equal(invoke?.from.aadObjectId, megan.id);
    assert.equal(invoke?.conversation.id, `${place};messageid=${id}`);
    const { commandId, commandContext, messagePayload } = valueIn(invoke);
    assert.deepEqual([commandId, commandContext], ['act', 'message']);
    const payload = messagePayload as Record<string, unknown>;
    assert.equal(payload.id, id);
    assert.deepEqual(payload.body, {
      contentType: 'html',
      content:
        `<p>Hello <at id="0">${megan.name}</at> &amp; all</p>\n<p>&nbsp;</p>\n` +
        '<p>see <a href="https://contoso.example/a?b=1" title="https://contoso.example/a?b=1">https://contoso.example/a?b=1</a></p>',
    });
    assert.deepEqual(payload.from, {
      user: { userIdentityType: 'aadUser', id: alex.id, displayName: alex.name },
    });
    assert.deepEqual([outcome.title, outcome.card], ['Act', card.content]);
  });

  it('is submitted with what the card holds, and shows the next card', async () => {
    harness.answer = async () => ({ status: 200, body: shows('Next') });
    const { id } = await said('Hello');
    const { title } = await picks(id, { text: 'Hello there' });
    const invoke = harness.heard.at(-1);
    assert.equal(invoke?.name, 'composeExtension/submitAction');
    assert.deepEqual(valueIn(invoke).data, { text: 'Hello there' });
    assert.equal(title, 'Next');
  });

  it('of a card’s button has its card and what it carries, and shows a page; the page hands something back', async () => {
    const page = { url: 'https://bot.example/p', fallbackUrl: 'https://bot.example/f' };
    harness.answer = async () => ({
      status: 200,
      body: { task: { type: 'continue', value: { title: 'Page', ...page } } },
    });
    const { id } = await said('Hello');
    const data = { msteams: { type: 'task/fetch' }, x: 1 };
    const presses = (more = {}) => harness.connector.task({ from: megan.id, message: id, data, ...more });
    const outcome = await presses();
    const invoke = harness.heard.at(-1);
    assert.deepEqual([invoke?.name, invoke?.replyToId, invoke?.from.aadObjectId], ['task/fetch', id, megan.id]);
    assert.deepEqual(valueIn(invoke), { data, context: { theme: 'default' } });
    assert.deepEqual([outcome.title, outcome.card, outcome.page], ['Page', undefined, page]);
    await presses({ isSubmit: true, data: 'done' });
    assert.equal(harness.heard.at(-1)?.name, 'task/submit');
    assert.equal(valueIn(harness.heard.at(-1)).data, 'done');
    for (const url of [7, 'javascript:alert(1)', 'data:text/html,x']) {
      harness.answer = async () => ({ status: 200, body: { task: { type: 'continue', value: { url } } } });
      assert.match((await presses()).note?.text ?? '', /went wrong/);
    }
  });

  it('closes without an answer, shows words, and says when the app failed or was late', async () => {
    const { id } = await said('Hello');
    const answered = async (status: number, body?: unknown) => {
      harness.answer = async () => ({ status, ...(body === undefined ? {} : { body }) });
      const outcome = await picks(id, {});
      return [outcome.card, outcome.note];
    };
    const went = { text: 'Something went wrong. Please try again.', isError: true };
    assert.deepEqual(await answered(200), [undefined, undefined]);
    assert.deepEqual(await answered(200, { task: { type: 'message', value: 'Done' } }), [
      undefined,
      { text: 'Done', isError: false },
    ]);
    assert.deepEqual(await answered(500), [undefined, went]);
    assert.deepEqual(await answered(200, { task: { type: 'continue', value: { title: 'No card' } } }), [
      undefined,
      went,
    ]);
    harness.answer = () => new Promise((resolve) => setTimeout(() => resolve({ status: 200 }), 1_500));
    assert.match((await picks(id)).note?.text ?? '', /did not answer in time/);
  });
});
