import assert from 'node:assert/strict';
import { pino } from 'pino';
import { ChannelKeys } from '../../src/web/channel/channelKeys.js';
import { ChannelTokens } from '../../src/web/channel/channelToken.js';
import { type Bot, botFor } from './frontDoorBot.js';
import { newKey, openChannel, type SignedChannel } from './signedChannel.js';

const minute = 60_000;
const hour = 60 * minute;
const log = pino({ level: 'silent' });

describe('the keys of the channel', () => {
  let channel: SignedChannel;
  let bot: Bot;
  let ahead = 0;

  beforeEach(async () => {
    ahead = 0;
    channel = await openChannel();
    bot = await botFor(channel, { now: () => Date.now() + ahead });
  });
  afterEach(async () => {
    await bot.close();
    await channel.close();
  });

  const statusOf = async (authorization?: string) =>
    (await channel.post(bot.url, channel.activity(), authorization ? { authorization } : {})).status;
  /** A token that is good whatever the bot's clock says. */
  const lasting = async (more = {}) =>
    `Bearer ${await channel.token({ expires: Math.floor(Date.now() / 1000) + 10 * 86_400, ...more })}`;

  it('are fetched once for 64 first requests at the same time', async () => {
    channel.delayMs = 100;
    const tokens = await Promise.all(Array.from({ length: 64 }, (_, n) => channel.token({ claims: { n } })));
    const ask = async (token: string, n: number) => {
      const activity = channel.activity({ conversation: { id: `a:${n}`, tenantId: channel.tenant } });
      return (await channel.post(bot.url, activity, { authorization: `Bearer ${token}` })).status;
    };
    const statuses = await Promise.all(tokens.map(ask));
    assert.deepEqual([...new Set(statuses)], [200]);
    assert.deepEqual(channel.fetches, { metadata: 1, keys: 1 });
  });

  it('are asked for again when a token names a new one, twice a minute at most, however many such tokens come', async () => {
    const first = await lasting();
    assert.equal(await statusOf(first), 200);
    channel.keys.unshift(await newKey());
    const second = await lasting();
    for (let n = 0; n < 20; n++) assert.equal(await statusOf(second), 401);
    assert.equal(channel.fetches.keys, 1);
    ahead = minute / 2 + 1_000;
    assert.equal(await statusOf(second), 200);
    assert.equal(await statusOf(first), 200);
    assert.equal(channel.fetches.keys, 2);
    channel.keys.unshift(await newKey());
    const third = await lasting();
    for (let n = 0; n < 20; n++) assert.equal(await statusOf(third), 401);
    assert.equal(channel.fetches.keys, 2);
  });

  it('are refreshed after a day, and a key that was withdrawn opens nothing any more', async () => {
    const withdrawn = await lasting();
    assert.equal(await statusOf(withdrawn), 200);
    channel.keys = [await newKey()];
    ahead = 24 * hour + minute;
    assert.equal(await statusOf(await lasting()), 200);
    assert.equal(await statusOf(withdrawn), 401);
  });

  it('go on being used when the channel cannot give new ones', async () => {
    const token = await lasting();
    assert.equal(await statusOf(token), 200);
    channel.isDown = true;
    ahead = 48 * hour;
    assert.equal(await statusOf(token), 200);
    assert.equal(await statusOf(await lasting({ claims: { n: 2 } })), 200);
  });

  it('that were never there make the answer 503, empty, and are asked for again a moment later', async () => {
    channel.isDown = true;
    const response = await channel.post(bot.url, channel.activity());
    assert.equal(response.status, 503);
    assert.equal(await response.text(), '');
    for (let n = 0; n < 20; n += 1) assert.equal(await statusOf(), 503);
    assert.equal(channel.fetches.metadata, 1);
    channel.isDown = false;
    ahead = 6_000;
    assert.equal(await statusOf(), 200);
  });

  it('may sign only for the channels they are endorsed for', async () => {
    channel.endorsements = ['webchat', 'directline'];
    const response = await channel.post(bot.url, channel.activity());
    assert.equal(response.status, 401);
    assert.equal(await response.text(), '');
  });

  it('do not grow, and nothing else does, under 500 forged tokens', async () => {
    const { metadataUrl, appId } = channel;
    const keys = new ChannelKeys({ metadataUrl, log });
    const tokens = new ChannelTokens({ keys, issuer: 'https://api.botframework.com', appId });
    await tokens.check(await lasting());
    const [header, , signature] = (await channel.token()).split('.');
    for (let n = 0; n < 500; n += 1) {
      const claims = Buffer.from(
        JSON.stringify({ iss: `https://sts.windows.net/${n}/`, tid: String(n), aud: appId }),
      ).toString('base64url');
      assert.equal(await tokens.check(`Bearer ${header}.${claims}.${signature}`), 'signature');
      const odd = Buffer.from(JSON.stringify({ alg: 'RS256', kid: `forged-${n}` })).toString('base64url');
      assert.equal(await tokens.check(`Bearer ${odd}.${claims}.${signature}`), 'key');
    }
    assert.equal(tokens.size, 1);
    assert.deepEqual(channel.fetches, { metadata: 1, keys: 1 });
  });

  it('keep a bounded list of good tokens, and none past its end', async () => {
    let now = Date.now();
    const { metadataUrl, appId } = channel;
    const tokens = new ChannelTokens({
      keys: new ChannelKeys({ metadataUrl, log, now: () => now }),
      issuer: 'https://api.botframework.com',
      appId,
      now: () => now,
    });
    for (let n = 0; n < 230; n += 1) await tokens.check(`Bearer ${await channel.token({ claims: { n } })}`);
    assert.equal(tokens.size, 200);
    const token = `Bearer ${await channel.token({ claims: { n: 'last' } })}`;
    assert.equal(typeof (await tokens.check(token)), 'object');
    now += 2 * hour;
    assert.equal(await tokens.check(token), 'expired');
  });
});
