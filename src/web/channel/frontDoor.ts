import type { Logger } from 'pino';
import { type Activity, type ReadActivity, readActivity, tenantOf } from '../../platform/activity.js';
import { isServiceUrl } from '../../platform/serviceHosts.js';
import { unwatched, type Watch } from '../../platform/watch.js';
import type { Metrics, TurnKind } from '../ops/metrics.js';
import { isFromHere, type WebAnswer, type WebHandler, type WebRequest } from '../server/exchange.js';
import { ChannelKeys, KeysUnavailable } from './channelKeys.js';
import { type ChannelClaims, ChannelTokens } from './channelToken.js';

/** What a turn gives back for an invoke; undefined for everything else. */
export type TurnAnswer = { status: number; body?: unknown } | undefined;
/** Carries one believed activity. `claims` is undefined in the sandbox only. */
export type Turn = (activity: Activity, claims: ChannelClaims | undefined) => Promise<TurnAnswer>;

export type FrontDoorOptions = {
  settings: {
    /** Undefined in the sandbox: nothing is signed. */
    bot: { appId: string } | undefined;
    channel: { metadataUrl: string; issuer: string; isLoopback: boolean };
  };
  /** Tenants that are served, lower case. */
  tenants: readonly string[];
  turn: Turn;
  log: Logger;
  metrics: Metrics;
  watch?: Watch;
  fetch?: typeof fetch;
  /** Milliseconds since 1970; real time, since the channel's tokens live in it. */
  now?: () => number;
};

const unauthorised: WebAnswer = { status: 401 };
const forbidden: WebAnswer = { status: 403 };
const malformed: WebAnswer = { status: 400 };
/** Not 401, since nothing is wrong with the request, and not 500, since it can be sent again. */
const unavailable: WebAnswer = { status: 503, headers: { 'retry-after': '5' } };

/**
 * `POST /api/messages`. The token is checked before the body is read, and before the SDK sees anything, because the SDK
 * reads unverified tokens into lists that only grow and answers some bad ones with 500 and the reason. Nobody who is
 * turned away learns why: 401 and 403 are empty, and the reason goes to metrics.
 */
export function createFrontDoor(options: FrontDoorOptions): WebHandler {
  const { settings, log, metrics, fetch, now } = options;
  const { bot, channel } = settings;
  const shared = { ...(now ? { now } : {}) };
  const keys = new ChannelKeys({ metadataUrl: channel.metadataUrl, log, ...(fetch ? { fetch } : {}), ...shared });
  const tokens = bot && new ChannelTokens({ keys, issuer: channel.issuer, appId: bot.appId, ...shared });
  const refuse = (reason: string, answer: WebAnswer): WebAnswer => {
    metrics.refused(reason);
    return answer;
  };
  return async (request) => {
    // Teams is no web page: a page that posts here was opened by somebody's browser.
    if (request.headers.origin !== undefined) return refuse('browser', forbidden);
    if (!tokens && !isFromHere(request)) return refuse('elsewhere', forbidden);
    const claims = tokens && (await verdict(tokens, request));
    if (claims === 'unavailable') return refuse(claims, unavailable);
    if (typeof claims === 'string') return refuse(claims, unauthorised);
    const read: ReadActivity = readActivity(await request.json());
    if (read.kind === 'malformed') return refuse('malformed', malformed);
    if (read.kind === 'ignored') return { status: 200 };
    const { activity } = read;
    if (claims && activity.serviceUrl !== claims.serviceUrl) return refuse('serviceUrl', unauthorised);
    if (activity.channelId !== 'msteams') return refuse('channel', forbidden);
    if (claims && !claims.endorsements.includes('msteams')) return refuse('endorsement', unauthorised);
    if (!isServiceUrl(activity.serviceUrl, { loopback: !claims || channel.isLoopback }))
      return refuse('service', forbidden);
    const tenant = tenantOf(activity);
    if (!tenant || !options.tenants.includes(tenant)) return refuse('tenant', forbidden);
    return carry(options, activity, claims);
  };
}

async function verdict(
  tokens: ChannelTokens,
  { headers }: WebRequest,
): Promise<Awaited<ReturnType<ChannelTokens['check']>> | 'unavailable'> {
  try {
    return await tokens.check(headers.authorization);
  } catch (error) {
    if (error instanceof KeysUnavailable) return 'unavailable';
    throw error;
  }
}

async function carry(
  { turn, metrics, watch = unwatched }: FrontDoorOptions,
  activity: Activity,
  claims: ChannelClaims | undefined,
): Promise<WebAnswer> {
  const kind = kindOf(activity);
  const result = await metrics.turn(kind, () => watch('turn', kind, () => turn(activity, claims)));
  if (!result) return { status: 200 };
  return {
    status: result.status,
    ...(result.body === undefined || result.body === null ? {} : { body: result.body as object }),
  };
}

function kindOf({ type, name }: Activity): TurnKind {
  if (type === 'message') return 'message';
  if (type !== 'invoke') return 'event';
  if (name === 'adaptiveCard/action') return 'click';
  return name === 'application/search' ? 'search' : 'invoke';
}
