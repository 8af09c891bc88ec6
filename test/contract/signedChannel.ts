import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** One request that the bot made to the connector. */
export type Recorded = { method: string; path: string; headers: IncomingMessage['headers']; body: unknown };
export type Reply =
  | { status: number; headers?: Record<string, string | string[]>; body?: unknown; delayMs?: number }
  | 'lost';
export type Key = Awaited<ReturnType<typeof generateKeyPair>> & { kid: string };

/** Overrides of what a good token says. `key` signs in place of the channel's. */
export type TokenOptions = {
  claims?: JWTPayload;
  key?: Key;
  kid?: string;
  alg?: string;
  notBefore?: number;
  expires?: number;
};

export type SignedChannel = {
  appId: string;
  tenant: string;
  serviceUrl: string;
  metadataUrl: string;
  /** What makes a bot trust this channel: `readSettings` takes it as it is, and a process as its environment. */
  env: Record<string, string>;
  token(options?: TokenOptions): Promise<string>;
  /** A message from a person in their own chat, with whatever is given on top. */
  activity(more?: Record<string, unknown>): Record<string, unknown>;
  /** Posts an activity with a good token, or with the Authorization header given. */
  post(
    botUrl: string,
    activity: unknown,
    options?: { authorization?: string | null; headers?: Record<string, string> },
  ): Promise<Response>;
  /** What the connector was asked, oldest first. */
  asked: Recorded[];
  /** Answers for the next connector requests, in this order; after them everything is fine again. */
  answers: Reply[];
  fetches: { metadata: number; keys: number };
  keys: Key[];
  endorsements: string[];
  /** The key documents answer 500 while true. */
  isDown: boolean;
  /** The key documents wait so long. */
  delayMs: number;
  close(): Promise<void>;
};

const audience = 'https://api.botframework.com';

export async function newKey(kid: string = randomUUID()): Promise<Key> {
  return { ...(await generateKeyPair('RS256', { extractable: true })), kid };
}

/** A channel on this machine: OpenID metadata, keys, a token endpoint for the bot's identity, and a connector that records. */
export async function openChannel(options: { tenant?: string } = {}): Promise<SignedChannel> {
  const tokenEndpoint = await sharedTokenEndpoint();
  const server = createServer((request, response) => void respond(channel, request, response));
  const origin = await listen(server);
  const [appId, tenant] = [randomUUID(), options.tenant ?? randomUUID()];
  const channel: SignedChannel = {
    appId,
    tenant,
    serviceUrl: `${origin}/connector/`,
    metadataUrl: `${origin}/metadata`,
    env: envOf(origin, appId, tenant, tokenEndpoint),
    token: (options) => sign(channel, options),
    activity: (more) => messageOf(channel, more),
    post: (botUrl, activity, options) => post(channel, botUrl, activity, options),
    asked: [],
    answers: [],
    fetches: { metadata: 0, keys: 0 },
    keys: [await newKey()],
    endorsements: ['msteams'],
    isDown: false,
    delayMs: 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return channel;
}

function envOf(origin: string, appId: string, tenant: string, tokenEndpoint: string): Record<string, string> {
  return {
    PORT: '0',
    BASE_URL: 'http://127.0.0.1:3978',
    TOKEN_KEYS: `test:${randomBytes(32).toString('base64')}`,
    MicrosoftAppType: 'UserAssignedMSI',
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenant,
    ToChannelFromBotLoginUrl: `${origin}/login`,
    ToChannelFromBotOAuthScope: audience,
    ToBotFromChannelTokenIssuer: audience,
    OAuthUrl: `${origin}/oauth`,
    ToBotFromChannelOpenIdMetadataUrl: `${origin}/metadata`,
    ToBotFromEmulatorOpenIdMetadataUrl: `${origin}/emulator`,
    CallerId: 'test',
    ValidateAuthority: 'false',
    IDENTITY_ENDPOINT: tokenEndpoint,
    IDENTITY_HEADER: 'test',
  };
}

async function respond(channel: SignedChannel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  if (path.startsWith('/metadata') || path.startsWith('/keys')) return documents(channel, path, response);
  const body = await readJson(request);
  channel.asked.push({ method: request.method ?? '', path, headers: request.headers, body });
  const reply = channel.answers.shift() ?? { status: request.method === 'POST' ? 201 : 200 };
  if (reply === 'lost') return void request.socket.destroy();
  if (reply.delayMs) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
  write(response, reply.status, reply.body ?? { id: `m${channel.asked.length}` }, reply.headers);
}

async function documents(channel: SignedChannel, path: string, response: ServerResponse): Promise<void> {
  const isMetadata = path.startsWith('/metadata');
  channel.fetches[isMetadata ? 'metadata' : 'keys'] += 1;
  if (channel.delayMs) await new Promise((resolve) => setTimeout(resolve, channel.delayMs));
  if (channel.isDown) return write(response, 500, {});
  const origin = new URL(channel.metadataUrl).origin;
  const keys = channel.keys.map(async ({ publicKey, kid }) => ({
    ...(await exportJWK(publicKey)),
    kid,
    use: 'sig',
    endorsements: channel.endorsements,
  }));
  const document = isMetadata ? { issuer: audience, jwks_uri: `${origin}/keys` } : { keys: await Promise.all(keys) };
  write(response, 200, document);
}

async function sign(channel: SignedChannel, options: TokenOptions = {}): Promise<string> {
  const key = options.key ?? channel.keys[0];
  if (!key) throw new Error('the channel has no key');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: audience, aud: channel.appId, serviceurl: channel.serviceUrl, ...options.claims };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: options.alg ?? 'RS256', kid: options.kid ?? key.kid, typ: 'JWT' })
    .setNotBefore(options.notBefore ?? now - 60)
    .setExpirationTime(options.expires ?? now + 3600)
    .sign(key.privateKey);
}

function messageOf({ serviceUrl, tenant, appId }: SignedChannel, more: Record<string, unknown> = {}) {
  return {
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl,
    from: { id: '29:ann', name: 'Ann', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' },
    recipient: { id: `28:${appId}`, name: 'Social Profiles' },
    conversation: { id: 'a:ann', conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    text: 'hello',
    textFormat: 'plain',
    locale: 'en-GB',
    ...more,
  };
}

async function post(
  channel: SignedChannel,
  botUrl: string,
  activity: unknown,
  options: { authorization?: string | null; headers?: Record<string, string> } = {},
): Promise<Response> {
  const authorization = options.authorization === undefined ? `Bearer ${await channel.token()}` : options.authorization;
  return fetch(`${botUrl}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === null ? {} : { authorization }),
      ...options.headers,
    },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
}

/**
 * The token endpoint of a managed identity, one for the whole process: the identity library looks for it once and keeps
 * the address.
 */
function sharedTokenEndpoint(): Promise<string> {
  tokenEndpoint ??= openTokenEndpoint();
  return tokenEndpoint;
}
let tokenEndpoint: Promise<string> | undefined;

async function openTokenEndpoint(): Promise<string> {
  const server = createServer((_request, response) => {
    const expires = String(Math.floor(Date.now() / 1000) + 86_400);
    const token = { access_token: 'bot-token', expires_on: expires, resource: audience, token_type: 'Bearer' };
    write(response, 200, token);
  });
  const origin = await listen(server);
  server.unref();
  process.env.IDENTITY_ENDPOINT = `${origin}/token`;
  process.env.IDENTITY_HEADER = 'test';
  return `${origin}/token`;
}

/** In two steps: restify, once loaded, makes every `writeHead` of the process return nothing. */
function write(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string | string[]> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
