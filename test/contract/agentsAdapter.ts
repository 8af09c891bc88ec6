import { Activity, type ConversationReference } from '@microsoft/agents-activity';
import { BaseAdapter, INVOKE_RESPONSE_KEY, type ResourceResponse, TurnContext } from '@microsoft/agents-hosting';
import type { BotAdapter, BotAdapterOptions, Claims, Logic } from '../../src/bot/transport/adapter.js';
import { createBotToken } from '../../src/bot/transport/botToken.js';
import { type ChannelCalls, createChannelCalls, patienceMs } from '../../src/bot/transport/channelCalls.js';
import { createConnector } from '../../src/bot/transport/connector.js';
import type { Activity as Read } from '../../src/platform/activity.js';

/**
 * The spike of docs/decisions: the turn pipeline of the Microsoft 365 Agents SDK in place of botbuilder's. The front door, the
 * calls and all of the bot behind it are the product's own. Stories run on it with STORY_AGENTS_SDK=1.
 */
export function createAgentsAdapter({ settings, outbound, onReply, isPaced }: BotAdapterOptions): BotAdapter {
  const loopback = settings.mode === 'sandbox' || settings.channel.isLoopback;
  // Still botbuilder's credentials: the one thing of it that would be left to swap.
  const token = createBotToken(settings);
  const calls = createChannelCalls({
    token,
    loopback,
    outbound,
    isPaced: isPaced ?? !loopback,
    ...(onReply ? { onReply } : {}),
  });
  const adapter = new Adapter(calls);
  return {
    handle: (activity, claims, logic) => adapter.run(activity, claims, logic),
    connector: createConnector(calls),
    close: () => calls.close(),
  };
}

class Adapter extends BaseAdapter {
  readonly #calls: ChannelCalls;
  readonly #deadlines = new WeakMap<TurnContext, number>();

  constructor(calls: ChannelCalls) {
    super();
    this.#calls = calls;
  }

  async run(activity: Read, claims: Claims | undefined, logic: Logic) {
    const identity = claims && { aud: claims.appId, iss: claims.issuer, serviceurl: claims.serviceUrl };
    // `fromObject` parses by the SDK's own schema; what the front door let through has to pass there too.
    const context = new TurnContext(this, Activity.fromObject(activity as object), identity);
    await this.runMiddleware(context, (turn) => logic(turn as unknown as Parameters<Logic>[0]));
    const answer = context.turnState.get(INVOKE_RESPONSE_KEY) as
      | { value?: { status: number; body?: unknown } }
      | undefined;
    return answer?.value;
  }

  override async sendActivities(context: TurnContext, activities: Activity[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) responses.push(await this.#send(context, activity));
    return responses;
  }

  async #send(context: TurnContext, activity: Activity): Promise<ResourceResponse> {
    if (activity.type === 'invokeResponse') {
      context.turnState.set(INVOKE_RESPONSE_KEY, activity);
      return { id: '' };
    }
    if (activity.type === 'trace') return { id: '' };
    const { id: _unused, ...body } = activity;
    const conversation = activity.conversation?.id ?? '';
    const path = ['conversations', conversation, 'activities', ...(activity.replyToId ? [activity.replyToId] : [])];
    return asked(await this.#calls.call({ method: 'POST', path, body, conversation, ...this.#common(context) }));
  }

  override async updateActivity(context: TurnContext, activity: Activity): Promise<ResourceResponse> {
    const conversation = activity.conversation?.id ?? '';
    const path = ['conversations', conversation, 'activities', activity.id ?? ''];
    return asked(
      await this.#calls.call({ method: 'PUT', path, body: activity, conversation, ...this.#common(context) }),
    );
  }

  override async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    const conversation = reference.conversation?.id ?? '';
    const path = ['conversations', conversation, 'activities', reference.activityId ?? ''];
    await this.#calls.call({ method: 'DELETE', path, conversation, ...this.#common(context) });
  }

  override continueConversation = unused('continueConversation');
  override uploadAttachment = unused('uploadAttachment');
  override getAttachmentInfo = unused('getAttachmentInfo');
  override getAttachment = unused('getAttachment');

  #common(context: TurnContext): { serviceUrl: string; deadline: number; isAnswer: true } {
    const deadline = this.#deadlines.get(context) ?? performance.now() + patienceMs;
    this.#deadlines.set(context, deadline);
    return { serviceUrl: context.activity.serviceUrl ?? '', deadline, isAnswer: true };
  }
}

/** The SDK asks for these; the bot writes to people by its own calls. */
function unused(name: string): () => never {
  return () => {
    throw new Error(`${name} is not used`);
  };
}

function asked(answer: unknown): ResourceResponse {
  const { id } = (answer ?? {}) as { id?: unknown };
  return { id: typeof id === 'string' ? id : '' };
}
