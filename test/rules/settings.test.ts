import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { createLog } from '../../src/platform/log.js';
import { readSettings, SettingsError } from '../../src/settings.js';

const id = '22222222-2222-4222-8222-222222222222';
const tenant = '11111111-1111-4111-8111-111111111111';
const secret = 'very-secret-indeed';
const production = {
  MicrosoftAppId: id,
  MicrosoftAppPassword: secret,
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: tenant,
  BASE_URL: 'https://social.contoso.example/',
  TOKEN_KEYS: `a:${randomBytes(32).toString('base64')}`,
};
const problemsOf = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    assert.ok(error instanceof SettingsError, String(error));
    assert.doesNotMatch(error.message, new RegExp(secret));
    return error.problems;
  }
};

describe('settings', () => {
  it('are a sandbox on loopback when nothing is set', () => {
    const settings = readSettings({});
    assert.equal(settings.mode, 'sandbox');
    assert.deepEqual(
      [settings.port, settings.host, settings.dataDir, settings.sweepSeconds],
      [3978, '127.0.0.1', './data', 60],
    );
    assert.deepEqual(
      [settings.bot, settings.mongoUri, settings.baseUrl, settings.apps],
      [undefined, undefined, undefined, {}],
    );
  });

  it('are complete with the bot own four, an address and a key', () => {
    const settings = readSettings(production);
    assert.equal(settings.mode, 'production');
    assert.equal(settings.host, undefined);
    assert.equal(settings.baseUrl, 'https://social.contoso.example');
    assert.deepEqual(settings.tenants, [tenant]);
    assert.deepEqual(settings.directory, {
      identity: { kind: 'secret', clientId: id, clientSecret: secret },
      cloud: 'global',
      tenantId: tenant,
    });
    assert.equal(settings.channel.issuer, 'https://api.botframework.com');
  });

  it('tell every problem at once, numbered', () => {
    const env = {
      MicrosoftAppPassword: secret,
      PORT: 'eighty',
      X_CLIENT_ID: 'x',
      MONGODB_URI: 'localhost',
      ADMINS: 'ann',
    };
    const problems = problemsOf(env);
    for (const name of [
      'MicrosoftAppId',
      'PORT',
      'X_CLIENT_SECRET',
      'MONGODB_URI',
      'ADMINS',
      'BASE_URL',
      'TOKEN_KEYS',
    ]) {
      assert.ok(
        problems.some((problem) => problem.includes(name)),
        `${name} in ${problems}`,
      );
    }
    assert.throws(() => readSettings(env), /\n {2}1\. .*\n {2}2\. /);
  });

  const half: [string, Record<string, string | undefined>, RegExp][] = [
    ['a password without an id', { MicrosoftAppPassword: secret }, /MicrosoftAppId must be set/],
    ['an id alone', { MicrosoftAppId: id }, /MicrosoftAppType must be one of/],
    ['a tenant id alone', { MicrosoftAppTenantId: tenant }, /MicrosoftAppId must be set/],
    ['a type alone', { MicrosoftAppType: 'SingleTenant' }, /MicrosoftAppId must be set/],
    ['no password', { ...production, MicrosoftAppPassword: undefined }, /MicrosoftAppPassword .* must be set/],
    [
      'no tenant for one tenant',
      { ...production, MicrosoftAppTenantId: undefined },
      /MicrosoftAppTenantId must be set/,
    ],
    ['an unknown type', { ...production, MicrosoftAppType: 'Other' }, /MicrosoftAppType must be one of/],
    ['a password for a managed identity', { ...production, MicrosoftAppType: 'UserAssignedMSI' }, /must not be set/],
    ['no keys', { ...production, TOKEN_KEYS: undefined }, /TOKEN_KEYS must be set/],
    ['a short key', { ...production, TOKEN_KEYS: 'a:c2hvcnQ=' }, /Part 1 of TOKEN_KEYS/],
    [
      'a key of zeros',
      { ...production, TOKEN_KEYS: `a:${Buffer.alloc(32).toString('base64')}` },
      /Part 1 of TOKEN_KEYS is no random key/,
    ],
    [
      'one key under two ids',
      { ...production, TOKEN_KEYS: `${production.TOKEN_KEYS},b:${production.TOKEN_KEYS.slice(2)}` },
      /Part 2 of TOKEN_KEYS is the same key/,
    ],
    [
      'an address with a path',
      { ...production, BASE_URL: 'https://contoso.example/social' },
      /BASE_URL must end after the host/,
    ],
    [
      'a database elsewhere without a bot',
      { MONGODB_URI: 'mongodb://db.contoso.example/x' },
      /MONGODB_URI is set, so MicrosoftAppId and its partners must be set too/,
    ],
    ['a database of a cluster without a bot', { MONGODB_URI: 'mongodb+srv://localhost/x' }, /MONGODB_URI is set/],
    [
      'a database that is partly here without a bot',
      { MONGODB_URI: 'mongodb://localhost:27017,db.contoso.example/x' },
      /MONGODB_URI is set/,
    ],
    ['tenants without a bot', { TENANTS: tenant }, /TENANTS is set, so MicrosoftAppId/],
    [
      'networks without a bot',
      { X_CLIENT_ID: 'x', X_CLIENT_SECRET: secret },
      /X_CLIENT_ID and X_CLIENT_SECRET are set, so MicrosoftAppId/,
    ],
    [
      'the organisation sign-in without a bot',
      { ENTRA_CLIENT_ID: id, ENTRA_CLIENT_SECRET: secret },
      /ENTRA_CLIENT_ID and ENTRA_CLIENT_SECRET are set, so MicrosoftAppId/,
    ],
    ['another cloud without a bot', { ChannelService: 'https://botframework.azure.us' }, /ChannelService is set/],
    ['no address', { ...production, BASE_URL: undefined }, /BASE_URL must say/],
    [
      'an address without https',
      { ...production, BASE_URL: 'http://social.contoso.example' },
      /BASE_URL must start with https/,
    ],
    [
      'a public address without a bot',
      { BASE_URL: 'https://social.contoso.example' },
      /MicrosoftAppId and its partners/,
    ],
    ['half a pair', { ...production, FACEBOOK_CLIENT_SECRET: secret }, /FACEBOOK_CLIENT_ID must be set/],
    [
      'half of the directory',
      { ...production, GRAPH_CLIENT_ID: id },
      /GRAPH_TENANT_ID and GRAPH_CLIENT_SECRET must be set/,
    ],
    ['half of the browser proof', { ...production, ENTRA_CLIENT_ID: id }, /ENTRA_CLIENT_SECRET must be set/],
    ['half of the channel', { ...production, CallerId: 'x' }, /OAuthUrl.* must be set/],
    [
      'no tenants for a bot of many',
      { ...production, MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: '' },
      /TENANTS must name/,
    ],
    ['a tenant that is no id', { ...production, TENANTS: `${tenant},contoso` }, /Part 2 of TENANTS/],
    ['an outside world elsewhere', { OUTBOUND_ORIGIN: 'http://203.0.113.9' }, /OUTBOUND_ORIGIN is for tests/],
    [
      'an outside world behind a public bot',
      { ...production, OUTBOUND_ORIGIN: 'http://127.0.0.1:9' },
      /OUTBOUND_ORIGIN is for tests/,
    ],
    ['a clock ahead in production', { ...production, CLOCK_OFFSET_SECONDS: '60' }, /CLOCK_OFFSET_SECONDS is for tests/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
    ['an unknown cloud', { ...production, GRAPH_CLOUD: 'moon' }, /GRAPH_CLOUD must be one of/],
  ];
  for (const [title, env, wanted] of half) {
    it(`stop the start with ${title}`, () => {
      const problems = problemsOf(env);
      assert.ok(
        problems.some((problem) => wanted.test(problem)),
        problems.join('\n'),
      );
    });
  }

  it('take a database on this machine for the sandbox, by any name of it', () => {
    for (const host of ['localhost', '127.0.0.1:27017', '[::1]:27017', 'u:p@localhost:1,127.0.0.1:2']) {
      assert.equal(readSettings({ MONGODB_URI: `mongodb://${host}/x` }).mode, 'sandbox', host);
    }
  });

  it('read metrics on a port of their own, on loopback unless an address is named, and not at all without one', () => {
    assert.equal(readSettings({}).metrics, undefined);
    assert.deepEqual(readSettings({ METRICS_PORT: '9464' }).metrics, { port: 9464, host: '127.0.0.1' });
    const open = readSettings({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' });
    assert.deepEqual(open.metrics, { port: 9464, host: '0.0.0.0' });
    assert.match(problemsOf({ METRICS_HOST: '0.0.0.0' }).join(), /METRICS_PORT must be set/);
    assert.match(problemsOf({ METRICS_PORT: '3978' }).join(), /METRICS_PORT must be another port/);
    assert.match(problemsOf({ METRICS_PORT: '1', METRICS_HOST: 'all' }).join(), /METRICS_HOST must be an IP address/);
  });

  it('read each network pair, and a pair of its own for a type that may have one', () => {
    const { apps } = readSettings({
      ...production,
      YOUTUBE_CLIENT_ID: 'y',
      YOUTUBE_CLIENT_SECRET: 's',
      LINKEDIN_PAGES_CLIENT_ID: 'p',
      LINKEDIN_PAGES_CLIENT_SECRET: 't',
    });
    assert.deepEqual(apps, {
      youtube: { clientId: 'y', clientSecret: 's' },
      'linkedin-page': { clientId: 'p', clientSecret: 't' },
    });
  });

  it('say what an app holds that its network gives after a review', () => {
    const pair = { INSTAGRAM_CLIENT_ID: 'i', INSTAGRAM_CLIENT_SECRET: 's' };
    const held = (env: Record<string, string>) => {
      const app = readSettings({ ...production, ...env }).apps.instagram;
      return app && app.isReviewed === true;
    };
    assert.deepEqual([held(pair), held({ ...pair, INSTAGRAM_LIKES: 'no' })], [false, false]);
    assert.deepEqual([held({ ...pair, INSTAGRAM_LIKES: 'yes' }), held({ INSTAGRAM_LIKES: 'yes' })], [true, undefined]);
    assert.match(problemsOf({ ...pair, INSTAGRAM_LIKES: 'perhaps' }).join(), /INSTAGRAM_LIKES must be one of yes, no/);
  });

  it('never show a secret when they are printed, logged or turned into JSON', () => {
    const settings = readSettings({
      ...production,
      X_CLIENT_ID: 'x',
      X_CLIENT_SECRET: secret,
      MONGODB_URI: `mongodb://u:${secret}@db/x`,
    });
    const lines: string[] = [];
    createLog('info', { write: (line: string) => void lines.push(line) }).info(
      { settings, apps: settings.apps, bot: settings.bot },
      'start',
    );
    for (const text of [
      inspect(settings),
      JSON.stringify(settings),
      JSON.stringify(settings.describe()),
      lines.join(''),
    ]) {
      assert.doesNotMatch(text, new RegExp(secret));
      assert.match(text, /production/);
    }
  });
});

describe('the log', () => {
  const logged = (fields: object, message: string): string => {
    const lines: string[] = [];
    createLog('trace', { write: (line: string) => void lines.push(line) }).info(fields, message);
    return lines.join('');
  };

  it('withholds secrets by name, however deep', () => {
    const text = logged(
      {
        a: {
          accessToken: secret,
          b: [{ client_secret: secret, password: secret, headers: { authorization: secret } }],
        },
      },
      'm',
    );
    assert.doesNotMatch(text, new RegExp(secret));
  });
  it('withholds what people wrote', () => {
    assert.doesNotMatch(
      logged({ activity: { type: 'message', text: secret, value: { note: secret } } }, 'm'),
      new RegExp(secret),
    );
  });
  it('cuts queries off addresses in fields, messages and errors', () => {
    const url = `https://bot.example/link/callback/x?code=${secret}&state=${secret}`;
    const error = new Error(`GET ${url} failed`, { cause: new Error(`Bearer ${secret}`) });
    const text = logged({ url, err: error, path: `/link/callback/x?state=${secret}` }, `went to ${url}`);
    assert.doesNotMatch(text, new RegExp(secret));
    assert.match(text, /bot\.example\/link\/callback\/x/);
  });
  it('keeps no ticket of a link page, in whatever text it stands', () => {
    const ticket = 'ERERERERQRGBEREREREREfnY0a2mNVd8cX1JkzW3pQe0vTb7uAsH9';
    const error = new Error(`the handler of /link/${ticket} failed`);
    const text = logged({ route: `/link/${ticket}`, url: `https://b.example/link/${ticket}?a=b`, err: error }, 'm');
    assert.doesNotMatch(text, new RegExp(ticket));
    assert.match(logged({ path: '/link/callback/x' }, ''), /\/link\/callback\/x/);
  });
  for (const page of ['compose', 'media', 'watch']) {
    it(`keeps no ticket of /${page}/ either`, () => {
      const ticket = 'ERERERERQRGBEREREREREfnY0a2mNVd8cX1JkzW3pQe0vTb7uAsH9';
      const error = new Error(`the handler of /${page}/${ticket} failed`);
      const text = logged({ route: `/${page}/${ticket}`, url: `https://b.example/${page}/${ticket}`, err: error }, 'm');
      assert.doesNotMatch(text, new RegExp(ticket));
    });
  }
  it('blanks tokens wherever they stand', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    assert.doesNotMatch(logged({ note: `it was ${token}` }, `token ${token}`), /eyJ/);
  });
  it('lets nothing past by another way of calling it', () => {
    const lines: string[] = [];
    const log = createLog('trace', { write: (line: string) => void lines.push(line) });
    const error = new Error(`GET https://x.example/?code=${secret} failed`);
    log.error(error);
    log.error({ err: error });
    log.info('about %o and %s', { token: secret }, `https://x.example/?a=${secret}`);
    log.child({ token: secret, url: `https://x.example/?a=${secret}` }).info('child');
    log.info(`Bearer ${secret}`);
    assert.equal(lines.length, 5);
    for (const line of lines) assert.doesNotMatch(line, new RegExp(secret));
  });
  it('keeps the sentence, the place and the cause of an error, and none of what libraries hang on it', () => {
    const error = Object.assign(new Error('no answer', { cause: new Error('reset') }), {
      response: { config: secret },
      code: 'ECONNRESET',
    });
    const entry = JSON.parse(logged({ err: error }, 'failed')) as {
      err: { message: string; code: string; cause: { message: string } };
    };
    assert.deepEqual(
      [entry.err.message, entry.err.code, entry.err.cause.message],
      ['no answer', 'ECONNRESET', 'reset'],
    );
    assert.doesNotMatch(JSON.stringify(entry), new RegExp(secret));
  });
});
