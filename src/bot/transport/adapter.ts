import {
  CloudAdapterBase,
  type ConversationReference,
  INVOKE_RESPONSE_KEY,
  type ResourceResponse,
  type Activity as SdkActivity,
  type TurnContext,
} from 'botbuilder';
import type { Activity } from '../../platform/activity.js';
import type { Outbound } from '../../platform/outbound.js';
import type { Watch } from '../../platform/watch.js';
import { type BotIdentity, createBotToken } from './botToken.js';
import { type ChannelCalls, createChannelCalls, patienceMs } from './channelCalls.js';
import { type Connector, createConnector } from './connector.js';
import { KeptAuthentication } from './keptAuthentication.js';

/** What one activity makes the bot do. An invoke is answered by sending an activity of type `invokeResponse`. */
export type Logic = (context: TurnContext) => Promise<void>;
/** What the front door checked. */
export type Claims = { issuer: string; appId: string; serviceUrl: string };

export type BotAdapter = {
  /** Runs one turn for an activity that the front door believes. Resolves with the answer of an invoke. */
  handle(
    activity: Activity,
    claims: Claims | undefined,
    logic: Logic,
  ): Promise<{ status: number; body?: unknown } | undefined>;
  connector: Connector;
  close(): Promise<void>;
};

export type BotAdapterOptions = {
  settings: BotIdentity & { mode: 'sandbox' | 'production'; channel: { isLoopback: boolean } };
  outbound: Outbound;
  onReply?: (outcome: string) => void;
  watch?: Watch;
  /** Keep to the rate that Teams allows; left out: not on this machine, where nobody counts. */
  isPaced?: boolean;
};

/** botbuilder's turn pipeline, with the front door's verdict in place of its token check and own calls for replies. */
export function createBotAdapter({ settings, outbound, onReply, watch, isPaced }: BotAdapterOptions): BotAdapter {
  const loopback = settings.mode === 'sandbox' || settings.channel.isLoopback;
  const token = createBotToken(settings);
  const calls = createChannelCalls({
    token,
    loopback,
    outbound,
    isPaced: isPaced ?? !loopback,
    ...(onReply ? { onReply } : {}),
    ...(watch ? { watch } : {}),
  });
  const adapter = new Adapter(settings.channel, calls);
  return {
    handle: (activity, claims, logic) => adapter.run(activity, claims, logic),
    connector: createConnector(calls),
    close: () => calls.close(),
  };
}

class Adapter extends CloudAdapterBase {
  readonly #kept: KeptAuthentication;
  readonly #audience: string;
  readonly #calls: ChannelCalls;
  /** When the patience of a turn ends: one allowance for all that it sends. */
  readonly #deadlines = new WeakMap<TurnContext, number>();

  constructor(channel: BotIdentity['channel'], calls: ChannelCalls) {
    const kept = new KeptAuthentication(channel.sdk);
    super(kept);
    this.#kept = kept;
    this.#audience = channel.audience;
    this.#calls = calls;
  }

  async run(activity: Activity, claims: Claims | undefined, logic: Logic) {
    const identity = this.#identity(claims);
    const connectorFactory = this.#kept.createConnectorFactory(identity);
    const checked = { audience: this.#audience, claimsIdentity: identity, connectorFactory };
    return this.processActivity(checked, activity as unknown as SdkActivity, logic);
  }

  #identity(claims: Claims | undefined) {
    const identity = this.createClaimsIdentity(claims?.appId);
    if (claims) {
      identity.claims.push({ type: 'iss', value: claims.issuer }, { type: 'serviceurl', value: claims.serviceUrl });
    }
    return identity;
  }

  override async sendActivities(context: TurnContext, activities: Partial<SdkActivity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    // One after the other: people read them in this order.
    for (const activity of activities) responses.push(await this.#send(context, activity));
    return responses;
  }

  async #send(context: TurnContext, activity: Partial<SdkActivity>): Promise<ResourceResponse> {
    if (activity.type === 'invokeResponse') {
      context.turnState.set(INVOKE_RESPONSE_KEY, activity);
      return { id: '' };
    }
    if (activity.type === 'trace') return { id: '' };
    const { id: _unused, ...body } = activity;
    const conversation = activity.conversation?.id ?? '';
    const thread = activity.replyToId ? [activity.replyToId] : [];
    const path = ['conversations', conversation, 'activities', ...thread];
    const answer = await this.#calls.call({ method: 'POST', path, body, conversation, ...this.#common(context) });
    return { id: idOf(answer) };
  }

  override async updateActivity(context: TurnContext, activity: Partial<SdkActivity>): Promise<ResourceResponse> {
    const { id = '', conversation } = activity;
    const path = ['conversations', conversation?.id ?? '', 'activities', id];
    const place = conversation?.id ?? '';
    const answer = await this.#calls.call({
      method: 'PUT',
      path,
      body: activity,
      conversation: place,
      ...this.#common(context),
    });
    return { id: idOf(answer) || id };
  }

  override async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const conversation = reference.conversation?.id ?? '';
    const path = ['conversations', conversation, 'activities', reference.activityId ?? ''];
    await this.#calls.call({ method: 'DELETE', path, conversation, ...this.#common(context) });
  }

  #common(context: TurnContext): { serviceUrl: string; deadline: number; isAnswer: true } {
    const deadline = this.#deadlines.get(context) ?? performance.now() + patienceMs;
    this.#deadlines.set(context, deadline);
    return { serviceUrl: context.activity.serviceUrl, deadline, isAnswer: true };
  }
}

function idOf(answer: unknown): string {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : '';
}
