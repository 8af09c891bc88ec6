import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createConnector } from '../../src/sandbox/connector/connector.js';
import { world } from '../../src/sandbox/world.js';
import { ConnectorHarness, card, type Heard } from './connector-harness.js';

const alex = '29:alex';
const megan = '29:megan';
const chat = 'a:personal-alex';
const marketing = '19:marketing@thread.tacv2';
const budget = '19:budget@thread.tacv2';

describe('the connector', () => {
  let harness: ConnectorHarness;
  beforeEach(async () => {
    harness = new ConnectorHarness();
    await harness.start(400);
  });
  afterEach(() => harness.stop());
  const messages = () => harness.heard.filter(({ type }) => type === 'message');
  const last = () => messages().at(-1) as Heard;
  const send = (conversation: string, activity: object) =>
    harness.rest('POST', harness.activities(conversation), { type: 'message', ...activity });

  describe('what the bot hears', () => {
    it('in a personal chat: first that it was installed, then the words', async () => {
      const { status } = await harness.connector.say({ from: alex, text: 'share @marketing acme' });
      assert.equal(status, 200);
      assert.deepEqual(
        harness.heard.map(({ type, action }) => [type, action]),
        [
          ['installationUpdate', 'add'],
          ['conversationUpdate', undefined],
          ['message', undefined],
        ],
      );
      const { conversation, from, text, recipient, channelData, entities } = last();
      assert.deepEqual(conversation, { conversationType: 'personal', tenantId: world.tenant.id, id: chat });
      assert.deepEqual(from, { id: alex, name: 'Alex Wilber', aadObjectId: world.people[0]?.id });
      assert.equal(text, 'share @marketing acme');
      assert.equal(recipient.id, world.bot.id);
      assert.deepEqual(channelData, { tenant: { id: world.tenant.id } });
      assert.equal(entities?.[0]?.timezone, 'Europe/Berlin');
      await harness.connector.say({ from: alex, text: 'again' });
      assert.equal(harness.heard.length, 4);
    });

    it('in a channel: the thread, the team, and mentions that do not say what they are', async () => {
      const { message } = await harness.connector.say({
        from: megan,
        in: marketing,
        text: '@Social Profiles share @Marketing with @writers & @Ben Walters',
        mentions: ['Social Profiles', 'Marketing', 'writers'],
      });
      const { text, entities, conversation, channelData } = last();
      const expected =
        '<at>Social Profiles</at>&nbsp;share <at>Marketing</at> with <at>writers</at> &amp; @Ben Walters\n';
      assert.equal(text, expected);
      assert.equal(conversation.id, `${marketing};messageid=${message.id}`);
      assert.equal(conversation.isGroup, true);
      assert.deepEqual(entities?.slice(0, 3), [
        { type: 'mention', mentioned: { id: world.bot.id, name: 'Social Profiles' }, text: '<at>Social Profiles</at>' },
        { type: 'mention', mentioned: { id: marketing, name: 'Marketing' }, text: '<at>Marketing</at>' },
        { type: 'mention', mentioned: { id: 'tag:tag-writers', name: 'writers' }, text: '<at>writers</at>' },
      ]);
      assert.deepEqual(channelData?.team, { id: marketing });
      const installed = harness.heard[0];
      assert.deepEqual(installed?.channelData?.team, {
        id: marketing,
        name: 'Marketing',
        aadGroupId: world.teams[0]?.group,
      });
      assert.equal(harness.heard[1]?.channelData?.eventType, 'teamMemberAdded');
    });

    it('only what mentions it, in channels and group chats', async () => {
      const { status } = await harness.connector.say({ from: megan, in: marketing, text: '@Social Profiles help' });
      assert.equal(status, undefined);
      assert.equal(harness.heard.length, 0);
      assert.equal(harness.connector.transcript(marketing).length, 1);
    });

    it('an edit as an edit', async () => {
      const { message } = await harness.connector.say({ from: alex, text: 'one' });
      await harness.connector.edit({ from: alex, message: message.id, text: 'two' });
      const edited = harness.heard.at(-1);
      assert.equal(edited?.type, 'messageUpdate');
      assert.equal(edited?.id, message.id);
      assert.equal(edited?.channelData?.eventType, 'editMessage');
    });

    it('with the authorization of the channel, and once more when it takes too long', async () => {
      let calls = 0;
      harness.answer = async ({ type }) => {
        if (type === 'message' && ++calls === 1) await sleep(600);
        return { status: 200 };
      };
      const { status } = await harness.connector.say({ from: alex, text: 'slow' });
      assert.equal(status, 200);
      assert.equal(messages().length, 2);
      assert.deepEqual(messages()[0], messages()[1]);
      assert.deepEqual([...harness.authorizations], ['Bearer of-the-channel']);
    });

    it('nothing from somebody who is not there', async () => {
      await assert.rejects(
        harness.connector.say({ from: '29:lynne', in: marketing, text: 'hello' }),
        /is not in General/,
      );
    });
  });

  describe('what the bot may write', () => {
    it('is an answer in the thread it was asked in, and a new post elsewhere', async () => {
      const first = await send(marketing, { text: 'news' });
      assert.equal(first.status, 201);
      const second = await send(`${marketing};messageid=${first.body.id}`, { text: 'more' });
      const [post, reply] = harness.connector.transcript(marketing);
      assert.equal(post?.root, first.body.id);
      assert.equal(reply?.root, first.body.id);
      assert.equal(reply?.id, second.body.id);
    });

    it('a new post by creating a conversation, whose ids name thread and message', async () => {
      const body = {
        isGroup: true,
        channelData: { channel: { id: marketing } },
        activity: { type: 'message', text: 'x' },
      };
      const created = await harness.rest('POST', '/v3/conversations', body);
      assert.equal(created.status, 201);
      assert.equal(created.body.id, `${marketing};messageid=${String(created.body.activityId)}`);
    });

    it('a first word to a person, who has one chat with it', async () => {
      const create = (id: string) => harness.rest('POST', '/v3/conversations', { isGroup: false, members: [{ id }] });
      assert.equal((await create(megan)).body.id, 'a:personal-megan');
      assert.equal((await create(megan)).body.id, 'a:personal-megan');
      assert.equal((await create('megan@contoso.example')).status, 400);
    });

    it('not to a person who never had it and shares no place with it', async () => {
      const body = { isGroup: false, members: [{ id: '29:diego' }] };
      assert.equal((await harness.rest('POST', '/v3/conversations', body)).status, 403);
      await harness.connector.install('29:diego');
      assert.equal((await harness.rest('POST', '/v3/conversations', body)).status, 201);
    });

    it('not to one who blocked it, until they add it again', async () => {
      harness.connector.block(alex);
      const refused = await send(chat, { text: 'hello?' });
      assert.equal(refused.status, 403);
      assert.equal((refused.body.error as { subCode: string }).subCode, 'MessageWritesBlocked');
      await harness.connector.install(alex);
      assert.equal((await send(chat, { text: 'hello' })).status, 201);
    });

    it('not in private channels', async () => {
      assert.equal((await send(budget, { text: 'hello' })).status, 403);
    });

    it('a change of its own messages, which ends the views people had of it', async () => {
      const { body } = await send(chat, { attachments: [card('old')] });
      harness.answer = async () => ({
        status: 200,
        body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card('mine').content },
      });
      const outcome = await harness.connector.click({ from: alex, message: body.id, verb: 'look', data: { a: 1 } });
      assert.deepEqual(outcome.card, card('mine').content);
      assert.deepEqual(harness.connector.shownTo(alex, body.id).card, card('mine').content);
      const put = await harness.rest('PUT', harness.activities(chat, `/${body.id}`), {
        type: 'message',
        attachments: [card('new')],
      });
      assert.equal(put.status, 200);
      assert.deepEqual(harness.connector.shownTo(alex, body.id).card, card('new').content);
    });

    it('no change of what it did not write', async () => {
      const { message } = await harness.connector.say({ from: alex, text: 'mine' });
      const path = harness.activities(chat, `/${message.id}`);
      const put = await harness.rest('PUT', path, { type: 'message', text: 'yours' });
      assert.equal(put.status, 404);
      assert.equal((put.body.error as { code: string }).code, 'ActivityNotFoundInConversation');
    });

    it('nothing after it deleted the message', async () => {
      const { body } = await send(chat, { text: 'oops' });
      const path = harness.activities(chat, `/${body.id}`);
      assert.equal((await harness.rest('DELETE', path)).status, 200);
      assert.equal((await harness.rest('DELETE', path)).status, 404);
      assert.equal(harness.connector.transcript(chat)[0]?.isDeleted, true);
    });

    it('nothing that a page of another site asks for', async () => {
      const { serviceUrl } = await harness.connector.say({ from: alex, text: 'x' }).then(last);
      const url = `${serviceUrl}${harness.activities(chat)}`;
      const body = JSON.stringify({ type: 'message', text: 'forged' });
      const response = await fetch(url, { method: 'POST', body, headers: { origin: 'https://evil.example' } });
      assert.equal(response.status, 403);
    });

    it('no empty message, none over 100 KB in UTF-16, none in a conversation that is not there', async () => {
      assert.equal((await send(chat, {})).status, 400);
      assert.equal((await send(chat, { text: 'x'.repeat(60_000) })).status, 413);
      assert.equal((await send(chat, { text: 'x'.repeat(40_000) })).status, 201);
      assert.equal((await send('19:nowhere@thread.v2', { text: 'x' })).status, 404);
    });

    it('words and a card together as two messages, without an id', async () => {
      const { status, body } = await send(chat, { text: 'look', attachments: [card('card')] });
      assert.equal(status, 202);
      assert.equal(body.id, undefined);
      assert.equal(harness.connector.transcript(chat).length, 2);
    });
  });

  describe('who is where', () => {
    const members = (rest: string) => harness.rest('GET', `/v3/conversations/${encodeURIComponent(marketing)}/${rest}`);

    it('is told in pages, and for one person by either id', async () => {
      const { body } = await members('pagedmembers?pageSize=100');
      assert.equal((body.members as unknown[]).length, 5);
      const byTeamsId = await members(`members/${encodeURIComponent(megan)}`);
      const byObjectId = await members(`members/${String(world.people[1]?.id)}`);
      assert.deepEqual(byTeamsId.body, byObjectId.body);
      assert.equal(byTeamsId.body.userPrincipalName, 'megan@contoso.example');
      assert.equal((await members('members/29:lynne')).status, 404);
    });

    it('and what a team is', async () => {
      const team = `/v3/teams/${encodeURIComponent(marketing)}`;
      const { body } = await harness.rest('GET', team);
      assert.deepEqual(
        [body.name, body.aadGroupId, body.tenantId, body.memberCount, body.channelCount],
        ['Marketing', world.teams[0]?.group, world.tenant.id, 5, 4],
      );
      const channels = await harness.rest('GET', `${team}/conversations`);
      assert.equal((channels.body.conversations as { id: string }[])[0]?.id, marketing);
      assert.equal((await harness.rest('GET', '/v3/teams/19:other')).status, 404);
    });
  });

  describe('clicks', () => {
    const click = async (status: number, body: unknown) => {
      const posted = await send(chat, { attachments: [card('x')] });
      harness.answer = async () => ({ status, body });
      return harness.connector.click({ from: alex, message: posted.body.id, verb: 'go', data: { id: 'p1' } });
    };

    it('arrive as an invoke on the message, with the verb and the data', async () => {
      await click(200, undefined);
      const { name, value, replyToId } = harness.heard.at(-1) as Heard;
      assert.equal(name, 'adaptiveCard/action');
      assert.deepEqual(value, {
        action: { type: 'Action.Execute', verb: 'go', data: { id: 'p1' } },
        trigger: 'manual',
      });
      assert.equal(replyToId, harness.connector.transcript(chat)[0]?.id);
    });

    it('are answered with words or a refusal, for the one who clicked', async () => {
      const said = await click(200, {
        statusCode: 200,
        type: 'application/vnd.microsoft.activity.message',
        value: 'Done',
      });
      assert.deepEqual(said.note, { text: 'Done', isError: false });
      const value = { code: 'BadRequest', message: 'No' };
      const refused = await click(200, { statusCode: 400, type: 'application/vnd.microsoft.error', value });
      assert.deepEqual(refused.note, { text: 'No', isError: true });
    });

    it('show that something went wrong when the bot fails, and are not posted twice when it is late', async () => {
      assert.equal((await click(500, {})).note?.isError, true);
      const posted = await send(chat, { attachments: [card('x')] });
      harness.answer = async () => sleep(600, { status: 200 });
      const before = harness.heard.length;
      const late = await harness.connector.click({ from: alex, message: posted.body.id, verb: 'go' });
      assert.equal(late.status, 504);
      assert.equal(harness.heard.length, before + 1);
    });

    it('that are delivered again carry the same id', async () => {
      const { activity } = await click(200, undefined);
      await harness.connector.redeliver(activity);
      const [one, two] = harness.heard.slice(-2);
      assert.deepEqual(one, two);
    });

    it('of a search bring titles and values, 15 at most', async () => {
      const posted = await send(chat, { attachments: [card('x')] });
      const results = Array.from({ length: 20 }, (_, n) => ({ title: `T${n}`, value: `v${n}` }));
      harness.answer = async () => ({ status: 200, body: { statusCode: 200, type: 'x', value: { results } } });
      const search = { from: alex, message: posted.body.id, dataset: 'profiles', queryText: 't', data: { other: '1' } };
      assert.equal((await harness.connector.search(search)).results.length, 15);
      assert.deepEqual((harness.heard.at(-1) as Heard).value, {
        queryText: 't',
        queryOptions: { skip: 0, top: 15 },
        dataset: 'profiles',
        data: { other: '1' },
      });
    });
  });

  describe('the fault dial', () => {
    it('refuses as often as it is told, with the wait it is told', async () => {
      harness.connector.faults.set({ match: 'send', status: 429, retryAfter: 2, times: 1 });
      const refused = await send(chat, { text: 'x' });
      assert.equal(refused.status, 429);
      assert.equal(refused.headers.get('retry-after'), '2');
      assert.equal((await send(chat, { text: 'x' })).status, 201);
      assert.equal(harness.connector.transcript(chat).length, 1);
    });

    it('loses an answer after the message is stored', async () => {
      harness.connector.faults.set({ status: 'lost', times: 1 });
      await assert.rejects(send(chat, { text: 'x' }));
      assert.equal(harness.connector.transcript(chat).length, 1);
    });

    it('is turned by HTTP, but not by pages of other sites', async () => {
      const url = harness.connector.personal(alex) && (await dialUrl(harness));
      const body = JSON.stringify({ match: 'update', status: 412, times: 2 });
      assert.equal((await fetch(url, { method: 'POST', body })).status, 200);
      assert.deepEqual(harness.connector.faults.all(), [{ match: 'update', status: 412, times: 2 }]);
      const headers = { origin: 'https://evil.example' };
      assert.equal((await fetch(url, { method: 'POST', body, headers })).status, 403);
      assert.equal((await fetch(url, { method: 'POST', body: '{"status":999}' })).status, 400);
      assert.equal((await fetch(url, { method: 'DELETE' })).status, 200);
      assert.deepEqual(harness.connector.faults.all(), []);
    });
  });

  it('has everything again after a restart', async () => {
    await harness.connector.say({ from: alex, text: 'remember' });
    const { body } = await send(chat, { attachments: [card('this')] });
    await harness.connector.close();
    const again = createConnector({
      world,
      botEndpoint: () => 'http://127.0.0.1:9/',
      serviceUrl: () => '',
      dataDir: harness.dataDir,
      clock: () => new Date(0),
    });
    assert.deepEqual(again.transcript(chat), harness.connector.transcript(chat));
    assert.equal(again.shownTo(alex, body.id).card?.type, 'AdaptiveCard');
  });

  it('and the chat page know nothing of what the bot does', () => {
    const folder = fileURLToPath(new URL('../../../src/sandbox/', import.meta.url));
    for (const part of ['connector', 'chat']) {
      const files = readdirSync(`${folder}${part}`, { recursive: true, encoding: 'utf8' }).filter((one) =>
        /\.\w+$/.test(one),
      );
      assert.ok(files.length > 5);
      for (const file of files) {
        const text = readFileSync(`${folder}${part}/${file}`, 'utf8');
        assert.doesNotMatch(text, /profile|\bclaim|\bgrant/i, file);
      }
    }
  });
});

/** `/sandbox/faults` beside the connector. */
async function dialUrl(harness: ConnectorHarness): Promise<string> {
  await harness.connector.say({ from: alex, text: 'hello' });
  return new URL('/sandbox/faults', harness.heard[0]?.serviceUrl).href;
}
