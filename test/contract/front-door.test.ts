import assert from 'node:assert/strict';
import { type Bot, botFor } from './frontDoorBot.js';
import { newKey, openChannel, type SignedChannel, type TokenOptions } from './signedChannel.js';

const hour = 3600;
const seconds = () => Math.floor(Date.now() / 1000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the front door, signed', () => {
  let channel: SignedChannel;
  let bot: Bot;

  before(async () => {
    channel = await openChannel();
    bot = await botFor(channel);
  });
  after(async () => {
    await bot.close();
    await channel.close();
  });

  const isTurnedAway = async (authorization: string | null, reason: string) => {
    const asked = channel.asked.length;
    const before = await bot.count('socialprofiles_refused_total', `{reason="${reason}"}`);
    const response = await channel.post(bot.url, channel.activity(), { authorization });
    assert.equal(response.status, 401);
    assert.equal(await response.text(), '');
    assert.equal(await bot.count('socialprofiles_refused_total', `{reason="${reason}"}`), before + 1);
    assert.equal(channel.asked.length, asked, 'the bot said something');
  };
  const token = async (options: TokenOptions) => `Bearer ${await channel.token(options)}`;

  it('answers a good request with a reply that carries the bot own token', async () => {
    const activity = channel.activity({ text: 'good morning' });
    const response = await channel.post(bot.url, activity);
    assert.equal(response.status, 200);
    assert.equal(await response.text(), '');
    const reply = channel.asked.at(-1);
    assert.equal(reply?.method, 'POST');
    assert.equal(reply?.path, `/connector/v3/conversations/a%3Aann/activities/${activity.id}`);
    assert.equal(reply?.headers.authorization, 'Bearer bot-token');
    assert.equal((reply?.body as { text?: string } | undefined)?.text, 'You said: good morning');
  });

  it('refuses no token at all', () => isTurnedAway(null, 'missing'));
  it('refuses another scheme', () => isTurnedAway('Basic YTpi', 'malformed'));
  it('refuses a token cut short', async () => isTurnedAway((await token({})).slice(0, -8), 'signature'));
  it('refuses a token of two parts', async () =>
    isTurnedAway((await token({})).split('.').slice(0, 2).join('.'), 'malformed'));
  it('refuses a token longer than any real one', () => isTurnedAway(`Bearer a.b.${'c'.repeat(9_000)}`, 'malformed'));
  it('refuses a key that the channel does not have', async () =>
    isTurnedAway(await token({ key: await newKey() }), 'key'));
  it('refuses another key under the name of a good one', async () => {
    await isTurnedAway(await token({ key: await newKey(channel.keys[0]?.kid) }), 'signature');
  });
  it('refuses another audience', async () =>
    isTurnedAway(await token({ claims: { aud: channel.tenant } }), 'audience'));
  it('refuses another issuer', async () => {
    await isTurnedAway(await token({ claims: { iss: 'https://sts.windows.net/x/' } }), 'issuer');
  });
  it('refuses another service URL', async () => {
    await isTurnedAway(await token({ claims: { serviceurl: 'https://smba.trafficmanager.net/amer/' } }), 'serviceUrl');
  });
  it('refuses a token without a service URL', async () => {
    await isTurnedAway(await token({ claims: { serviceurl: undefined } }), 'claims');
  });
  it('refuses an expired token', async () => isTurnedAway(await token({ expires: seconds() - 301 }), 'expired'));
  it('refuses a token that is not valid yet', async () =>
    isTurnedAway(await token({ notBefore: seconds() + 330 }), 'early'));
  it('allows clocks to be four minutes apart', async () => {
    const late = await token({ expires: seconds() - 240 });
    const early = await token({ notBefore: seconds() + 240, expires: seconds() + hour });
    for (const authorization of [late, early]) {
      assert.equal((await channel.post(bot.url, channel.activity(), { authorization })).status, 200);
    }
  });

  it('refuses alg none', async () => {
    const [, claims] = (await channel.token()).split('.');
    const kid = channel.keys[0]?.kid;
    await isTurnedAway(`Bearer ${part({ alg: 'none', kid })}.${claims}.`, 'malformed');
    await isTurnedAway(`Bearer ${part({ alg: 'none', kid })}.${claims}.AAAA`, 'algorithm');
  });
  it('refuses HS256 with the public key as secret', async () => {
    const { createHmac } = await import('node:crypto');
    const { exportSPKI } = await import('jose');
    const key = channel.keys[0];
    assert.ok(key);
    const [, claims] = (await channel.token()).split('.');
    const signed = `${part({ alg: 'HS256', kid: key.kid })}.${claims}`;
    const mac = createHmac('sha256', await exportSPKI(key.publicKey))
      .update(signed)
      .digest('base64url');
    await isTurnedAway(`Bearer ${signed}.${mac}`, 'algorithm');
  });
  it('refuses RS512, which the channel does not use', async () => {
    const key = channel.keys[0];
    assert.ok(key);
    const { importJWK, exportJWK } = await import('jose');
    const privateKey = await importJWK(await exportJWK(key.privateKey), 'RS512');
    await isTurnedAway(await token({ alg: 'RS512', key: { ...key, privateKey } as typeof key }), 'algorithm');
  });

  it('gives a wrong tenant 403 and nothing else', async () => {
    const other = '99999999-9999-4999-8999-999999999999';
    const conversation = { id: 'a:ann', conversationType: 'personal', tenantId: channel.tenant };
    for (const more of [
      { conversation: { ...conversation, tenantId: other }, channelData: { tenant: { id: other } } },
      { conversation: { ...conversation, tenantId: other } },
      { channelData: { tenant: { id: other } } },
      { channelData: {} },
      { conversation: { id: 'a:ann' } },
    ]) {
      const response = await channel.post(bot.url, channel.activity(more));
      assert.equal(response.status, 403, JSON.stringify(more));
      assert.equal(await response.text(), '');
    }
  });
  it('gives a wrong channel 403 and nothing else', async () => {
    for (const channelId of ['webchat', 'emulator', 'AseChannel', 'MSTEAMS']) {
      const response = await channel.post(bot.url, channel.activity({ channelId }));
      assert.equal(response.status, 403, channelId);
      assert.equal(await response.text(), '');
    }
  });
  it('gives 403 to a token with a page behind it', async () => {
    const response = await channel.post(bot.url, channel.activity(), { headers: { origin: 'https://evil.example' } });
    assert.equal(response.status, 403);
  });

  it('acknowledges kinds of activity it has no use for, and runs nothing', async () => {
    const asked = channel.asked.length;
    assert.equal((await channel.post(bot.url, channel.activity({ type: 'endOfConversation' }))).status, 200);
    assert.equal(channel.asked.length, asked);
  });
  it('answers what is no activity with 400', async () => {
    const { from: _from, ...anonymous } = channel.activity();
    const { serviceUrl: _serviceUrl, ...nowhere } = channel.activity();
    for (const body of [
      '{',
      'null',
      '[]',
      '"text"',
      '',
      '{}',
      anonymous,
      nowhere,
      channel.activity({ conversation: { id: 7 } }),
    ]) {
      const response = await channel.post(bot.url, body);
      assert.equal(response.status, 400, JSON.stringify(body));
      assert.doesNotMatch(await response.text(), /JSON|Unexpected|at /);
    }
  });
  it('gives an invoke its answer', async () => {
    bot.state.logic = async (context) => {
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: { statusCode: 200, type: 'x', value: 1 } },
      });
    };
    const response = await channel.post(
      bot.url,
      channel.activity({ type: 'invoke', name: 'adaptiveCard/action', value: {} }),
    );
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { statusCode: 200, type: 'x', value: 1 });
  });
  it('answers a failed turn with 500 and a reference that the log knows, not with the reason', async () => {
    bot.state.logic = async () => {
      throw new Error('the database password is hunter2');
    };
    const response = await channel.post(bot.url, channel.activity());
    const text = await response.text();
    assert.equal(response.status, 500);
    assert.doesNotMatch(text, /hunter2|database|stack/);
    const { reference } = JSON.parse(text) as { reference: string };
    assert.ok(bot.lines.some((line) => line.includes(reference)));
  });
  it('logs no token', () => {
    console.log(bot.lines[0]);
    assert.ok(bot.lines.every((line) => !/eyJ|bot-token/.test(line)));
  });
});
