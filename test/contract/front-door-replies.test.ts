import assert from 'node:assert/strict';
import { ConnectorRefused } from '../../src/bot/transport/connector.js';
import { RateGate } from '../../src/bot/transport/rateGate.js';
import { type Bot, botFor, echo } from './frontDoorBot.js';
import { openChannel, type SignedChannel } from './signedChannel.js';

describe('replies and proactive messages', () => {
  let channel: SignedChannel;
  let bot: Bot;
  let place: { serviceUrl: string; conversation: string; bot: string };
  let nth = 0;

  before(async () => {
    channel = await openChannel();
    bot = await botFor(channel, { isPaced: true });
  });
  beforeEach(() => {
    bot.state.logic = echo;
    channel.asked.length = 0;
    channel.answers.length = 0;
    nth += 1;
    place = { serviceUrl: channel.serviceUrl, conversation: `19:${nth}@thread.tacv2;messageid=7`, bot: '28:bot' };
  });
  after(async () => {
    await bot.close();
    await channel.close();
  });
  const said = () =>
    channel.post(bot.url, channel.activity({ conversation: { id: `a:${nth}`, tenantId: channel.tenant } }));
  const send = () => bot.connector.send(place, { type: 'message', text: 'hi' });
  const refusal = async (work: Promise<unknown>): Promise<ConnectorRefused> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ConnectorRefused, String(error));
    return error;
  };

  it('wait as long as a 429 tells, then go out once', async () => {
    channel.answers.push({ status: 429, headers: { 'retry-after': '1' } });
    const started = performance.now();
    assert.equal((await said()).status, 200);
    assert.ok(performance.now() - started >= 950);
    assert.equal(channel.asked.length, 2);
  });

  for (const status of [412, 429, 503]) {
    it(`are tried again after ${status} without Retry-After: nothing was done`, async () => {
      channel.answers.push({ status }, { status });
      assert.equal((await said()).status, 200);
      assert.equal(channel.asked.length, 3);
    });
  }

  for (const reply of [{ status: 502 }, { status: 504 }, { status: 500 }, 'lost'] as const) {
    const name = reply === 'lost' ? 'a broken connection' : String(reply.status);
    it(`are not posted again after ${name}: it may be there already`, async () => {
      channel.answers.push(reply);
      const { status, isUnknown } = await refusal(send());
      assert.deepEqual([status, isUnknown], [reply === 'lost' ? 0 : reply.status, true]);
      assert.equal(channel.asked.length, 1);
    });
  }

  it('are put again after 502 and a broken connection: an edit twice is an edit', async () => {
    channel.answers.push({ status: 502 }, 'lost');
    await bot.connector.update(place, 'm1', { type: 'message', text: 'new' });
    assert.deepEqual(
      channel.asked.map(({ method }) => method),
      ['PUT', 'PUT', 'PUT'],
    );
    assert.match(
      channel.asked[0]?.path ?? '',
      /\/v3\/conversations\/19%3A\d+%40thread\.tacv2%3Bmessageid%3D7\/activities\/m1$/,
    );
  });

  it('are given up at once when the channel asks for more patience than a turn has', async () => {
    channel.answers.push({ status: 429, headers: { 'retry-after': '60' } });
    const { status, retryAfterMs, isUnknown } = await refusal(send());
    assert.deepEqual([status, retryAfterMs, isUnknown], [429, 60_000, false]);
  });

  it('keep to the longer of two waits', async () => {
    channel.answers.push({ status: 429, headers: { 'retry-after': ['1', '60'] } });
    assert.equal((await refusal(send())).retryAfterMs, 60_000);
  });

  it('say who blocked the bot: 403 with its code, tried once', async () => {
    channel.answers.push({ status: 403, body: { error: { code: 'MessageWritesBlocked', message: 'no' } } });
    const { status, code } = await refusal(send());
    assert.deepEqual([status, code], [403, 'MessageWritesBlocked']);
    assert.equal(channel.asked.length, 1);
  });

  it('ask for a fresh token when theirs is refused, once', async () => {
    channel.answers.push({ status: 401 });
    await send();
    assert.equal(channel.asked.length, 2);
    channel.answers.push({ status: 401 }, { status: 401 });
    assert.equal((await refusal(send())).status, 401);
  });

  it('never go to a host that is not the channel', async () => {
    for (const serviceUrl of [
      'https://evil.example/',
      'https://smba.trafficmanager.net.evil.example/',
      'https://smba.trafficmanager.net/',
    ]) {
      await assert.rejects(bot.connector.send({ ...place, serviceUrl }, { type: 'message' }), /none of the channel/);
    }
    const elsewhere = 'https://evil.example/';
    const authorization = `Bearer ${await channel.token({ claims: { serviceurl: elsewhere } })}`;
    assert.equal(
      (await channel.post(bot.url, channel.activity({ serviceUrl: elsewhere }), { authorization })).status,
      403,
    );
    assert.equal(channel.asked.length, 0);
  });

  it('open a personal chat and a channel post as Teams wants it', async () => {
    const { serviceUrl, tenant } = channel;
    channel.answers.push({ status: 201, body: { id: 'a:new' } });
    assert.equal(await bot.connector.createPersonal({ serviceUrl, tenant, teamsId: '29:ann', bot: '28:bot' }), 'a:new');
    assert.deepEqual(channel.asked[0]?.body, {
      isGroup: false,
      bot: { id: '28:bot' },
      members: [{ id: '29:ann' }],
      tenantId: tenant,
      channelData: { tenant: { id: tenant } },
    });
    channel.answers.push({ status: 201, body: { id: '19:c@thread.tacv2;messageid=42' } });
    const post = { serviceUrl, tenant, channel: '19:c@thread.tacv2', bot: '28:bot' };
    assert.deepEqual(await bot.connector.createChannelPost(post, { type: 'message', text: 'x' }), {
      conversation: '19:c@thread.tacv2;messageid=42',
      id: '42',
    });
  });

  it('are updated and deleted within a turn', async () => {
    bot.state.logic = async (context) => {
      const sent = await context.sendActivity('one');
      assert.equal(sent?.id, 'm1');
      await context.updateActivity({
        id: sent?.id ?? '',
        type: 'message',
        text: 'two',
        conversation: context.activity.conversation,
      });
      await context.deleteActivity(sent?.id ?? '');
    };
    assert.equal((await said()).status, 200);
    assert.deepEqual(
      channel.asked.map(({ method }) => method),
      ['POST', 'PUT', 'DELETE'],
    );
  });

  it('are held back to seven a second in one conversation, answers to a person never', async () => {
    const started = performance.now();
    await Promise.all(Array.from({ length: 8 }, send));
    assert.ok(performance.now() - started >= 900);
    const answered = performance.now();
    await Promise.all(Array.from({ length: 12 }, said));
    assert.ok(performance.now() - answered < 900);
    assert.equal(channel.asked.length, 20);
  });

  it('go into one conversation at the pace that Teams allows', () => {
    let now = 0;
    const gate = new RateGate(() => now);
    const waits = Array.from({ length: 8 }, () => gate.take('a', 10_000));
    assert.deepEqual(waits, [0, 0, 0, 0, 0, 0, 0, 1_000]);
    assert.equal(gate.take('b', 0), 0);
    assert.equal(gate.take('a', 500), undefined);
    for (let n = 8; n < 60; n += 1) {
      now += 2_500;
      gate.take('a', 10_000);
    }
    for (let n = 0; n < 6_000; n += 1) gate.take(`many-${n}`, 0);
    assert.ok(gate.size <= 5_000);
  });
});
