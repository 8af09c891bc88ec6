import type { TurnContext } from 'botbuilder';
import { offeredTypes } from '../../operations/answers/typeWords.js';
import { handle } from '../../operations/core/handle.js';
import type { Parts } from '../../operations/core/parts.js';
import type { Caller } from '../../operations/core/step.js';
import { surprise } from '../../operations/core/surprise.js';
import { adoptCard } from '../../operations/outbox/adoptCard.js';
import { type Doing, StillUnderWay } from '../../operations/outbox/once.js';
import { type Authenticated, authenticate } from '../../operations/people/actor.js';
import { onBehalfOf } from '../../platform/onBehalf.js';
import { type Asked, type OperationKind, rowOf } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import { isRefusal } from '../input/arguments.js';
import { channelOf } from '../input/channelOf.js';
import { askedFrom } from '../input/clicks.js';
import { type Incoming, readIncoming } from '../input/incoming.js';
import { knowMentions } from '../input/mentions.js';
import { parse } from '../input/parse.js';
import { typedText } from '../input/typedText.js';
import { tokensOf } from '../input/words.js';
import type { Connector } from '../transport/connector.js';
import { channelIdOf } from '../transport/places.js';
import { answerClick, type ClickAnswer, refusalReply, refusedClick, replyTo, type Turn } from './answers.js';
import { attachedTo } from './attached.js';
import type { ChatReply } from './deliver.js';
import {
  answerDialog,
  type DialogAnswer,
  draftOf,
  openDialog,
  postThis,
  refusedDialog,
  refusedForm,
} from './dialogs.js';
import { homeOf } from './homeOf.js';
import { rememberInstall } from './installs.js';
import { createTurnOnce } from './once.js';
import { type Pace, paceOf } from './pace.js';
import { type PageAnswer, pageAsked, pageDialog, refusedPage } from './pageDialogs.js';
import { foreigners, respond, respondRefused, strangers } from './respond.js';
import { searchAnswer, searchResults } from './search.js';

/** What comes with words besides them. */
type More = Pick<Caller, 'known' | 'attached'>;

/** One turn: an activity in, an operation handled once, an answer out. Surprises end here, in one apology. */
export function createTurn(services: Parts, connector: Connector) {
  const once = createTurnOnce<ClickAnswer | DialogAnswer | PageAnswer | ChatReply>(
    services,
    (answer) => 'here' in answer,
  );

  return async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    const incoming = readIncoming(activity);
    try {
      if (!incoming) return await strangers(context);
      if (incoming.foreign) return await foreigners(context, await homeOf(connector, incoming));
      if (activity.type === 'message' || activity.type === 'invoke') return await onAsked(context, incoming);
      if (activity.type === 'installationUpdate' || activity.type === 'conversationUpdate') {
        await rememberInstall(services, context, incoming);
      }
    } catch (error) {
      await apologise(context, incoming, error);
    }
  };

  /** What somebody asks for is counted first, and put down to them however deep it is asked for. */
  async function onAsked(context: TurnContext, incoming: Incoming): Promise<void> {
    const { type, name, value } = context.activity;
    const pace = paceOf(services, name === 'application/search' ? 'search' : 'ask', incoming.who);
    if (pace.kind === 'slowDown') return slowDown(context, incoming, pace);
    await onBehalfOf(incoming.who, () => {
      if (type === 'invoke') return onInvoke(context, incoming);
      return value === undefined ? onWords(context, incoming) : onClick(incoming, value);
    });
  }

  async function slowDown(
    context: TurnContext,
    incoming: Incoming,
    { refusal, isTold }: Extract<Pace, { kind: 'slowDown' }>,
  ) {
    const { type, name } = context.activity;
    if (name === 'application/search') return respond(context, searchResults([]));
    if (type === 'invoke') return respondRefused(context, refusal);
    const reply = refusalReply(incoming, refusal);
    if (isTold) await services.replies.send(incoming.who.tenant, `slow:${incoming.id}`, reply);
  }

  async function onWords(context: TurnContext, incoming: Incoming): Promise<void> {
    const tokens = tokensOf(context.activity);
    const by = await authenticate(services, incoming.who);
    const turn = turnOf(incoming, by);
    const files = attachedTo(connector, context.activity, incoming);
    const reading = {
      now: turn.now,
      timeZone: by.actor.timeZone,
      locale: incoming.locale,
      offered: offeredTypes(services),
      typed: typedText(context.activity),
      hasFiles: files.attached !== undefined,
    };
    const asked = parse(tokens, reading);
    if (isRefusal(asked)) return answer(incoming, 'help', async () => refusalReply(incoming, asked));
    // The same words again: who is mentioned does not change what is asked for.
    const known = async () => {
      const again = parse(await knowMentions(services, connector, incoming, tokens), reading);
      return isRefusal(again) ? asked : again;
    };
    const more = { ...(tokens.some(({ mention }) => mention) ? { known } : {}), ...files };
    await answer(incoming, asked.kind, async (doing) => replyTo(turn, await operate(turn, asked, doing, more), asked));
  }

  /** What was done is one thing, and whether its answer arrives another: that is tried again, and never undoes it. */
  async function answer(incoming: Incoming, kind: OperationKind, work: (doing: Doing) => Promise<ChatReply>) {
    const { id, who } = incoming;
    let isMine = false;
    const reply = await once(who.tenant, id, kind, (doing) => {
      isMine = true;
      return work(doing);
    });
    await (isMine
      ? services.replies.send(who.tenant, id, reply as ChatReply)
      : services.replies.sendLeft(who.tenant, id));
  }

  async function operate({ incoming, by, now }: Turn, asked: Asked, { again }: Doing, more: More = {}) {
    const isHere = asked.kind === 'approvals' && asked.to === 'here';
    const channel = isHere ? await channelOf(connector, incoming) : undefined;
    const personal = incoming.scope === 'personal';
    const where = {
      ...(channel ? { channel } : {}),
      ...(personal || incoming.unheard ? {} : { askedIn: incoming.here }),
    };
    return handle(services, { ...by, id: incoming.id, personal, now, again, ...where, ...more }, asked);
  }

  /** A button of an old client arrives as a message with a value: the answer is a message too. */
  async function onClick(incoming: Incoming, data: unknown): Promise<void> {
    const by = await authenticate(services, incoming.who);
    const turn = turnOf(incoming, by);
    const asked = askedFrom(data, by.actor.timeZone, turn.now);
    if (isRefusal(asked)) return answer(incoming, 'help', async () => refusalReply(incoming, asked));
    await answer(incoming, asked.kind, async (doing) => replyTo(turn, await operate(turn, asked, doing), asked));
  }

  async function onInvoke(context: TurnContext, incoming: Incoming): Promise<void> {
    const { name, value } = context.activity;
    if (name === 'adaptiveCard/action') return respond(context, await clicked(incoming, value));
    if (name === 'application/search') {
      const by = await authenticate(services, incoming.who);
      return respond(context, await searchAnswer(services, by, value));
    }
    if (name === 'composeExtension/fetchTask') return respond(context, await opened(incoming, value));
    if (name === 'composeExtension/submitAction') return respond(context, await submitted(incoming, value));
    if (name === 'task/fetch') return respond(context, await pageOpened(incoming, value));
    // What a page says as it closes its dialog: it did its work by itself, and nothing in this is believed.
    if (name === 'task/submit') return respond(context);
    await context.sendActivity({ type: 'invokeResponse', value: { status: 501 } });
  }

  /** A page in a dialog, asked for as by a click, and judged by who pressed. */
  async function pageOpened(incoming: Incoming, value: unknown): Promise<PageAnswer> {
    const turn = turnOf(incoming, await authenticate(services, incoming.who));
    const asked = pageAsked(value, turn);
    if (isRefusal(asked)) return refusedPage(asked);
    const { tenant } = incoming.who;
    const open = async (doing: Doing) => pageDialog(await operate(turn, asked, doing));
    return (await once(tenant, incoming.id, asked.kind, open)) as PageAnswer;
  }

  /** Only shows the form: what it holds is asked for with Preview. */
  async function opened(incoming: Incoming, value: unknown): Promise<DialogAnswer> {
    const turn = turnOf(incoming, await authenticate(services, incoming.who));
    const { asked, isCut } = postThis(value);
    return openDialog(turn, await operate(turn, asked, { again: false }), isCut);
  }

  async function submitted(incoming: Incoming, value: unknown): Promise<DialogAnswer> {
    const turn = turnOf(incoming, await authenticate(services, incoming.who));
    const { data } = (value ?? {}) as { data?: unknown };
    const asked = askedFrom(data, turn.by.actor.timeZone, turn.now);
    if (isRefusal(asked)) return refusedWith(turn, data, asked);
    const answered = await once(incoming.who.tenant, incoming.id, asked.kind, async (doing) => {
      const outcome = await operate(turn, asked, doing);
      if (outcome.kind === 'refused') return refusedWith(turn, data, outcome.refusal);
      return answerDialog(turn, outcome, asked);
    });
    return answered as DialogAnswer;
  }

  async function refusedWith(turn: Turn, data: unknown, refusal: Refusal): Promise<DialogAnswer> {
    const draft = draftOf(data, turn);
    if (!draft) return refusedDialog(refusal);
    return refusedForm(turn, await operate(turn, draft, { again: false }), refusal, data);
  }

  function turnOf(incoming: Incoming, by: Authenticated): Turn {
    return { services, connector, incoming, by, now: services.clock() };
  }

  /** Before anything changes it, so that the change reaches it. */
  async function noteCard({ who, here, card }: Incoming, subject: string): Promise<void> {
    const where = { channel: channelIdOf(here.conversation), person: who.id };
    if (card) await adoptCard(services, who.tenant, subject, { ...here, activity: card }, where);
  }

  async function clicked(incoming: Incoming, value: unknown): Promise<ClickAnswer> {
    const by = await authenticate(services, incoming.who);
    const action = (value as { action?: { data?: unknown } } | null | undefined)?.action;
    const turn = turnOf(incoming, by);
    const asked = askedFrom(action?.data, by.actor.timeZone, turn.now);
    if (isRefusal(asked)) return refusedClick(asked);
    const subject = subjectOf(asked, by);
    if (subject !== undefined) await noteCard(incoming, subject);
    const answered = await once(incoming.who.tenant, incoming.id, asked.kind, async (doing) =>
      answerClick(turn, await operate(turn, asked, doing), asked),
    );
    return answered as ClickAnswer;
  }

  async function apologise(context: TurnContext, incoming: Incoming | undefined, error: unknown): Promise<void> {
    const { type } = context.activity;
    if (error instanceof StillUnderWay && type === 'message') return;
    const { refusal, reference } = surprise(services, error);
    if (type === 'invoke') await respondRefused(context, refusal);
    else if (type === 'message' && incoming) {
      const reply = refusalReply(incoming, refusal);
      await services.replies.send(incoming.who.tenant, `sorry:${incoming.id}:${reference}`, reply);
    }
  }
}

/** What the card that was clicked asks to decide, by its id. */
function subjectOf(asked: Asked, { actor }: Authenticated): string | undefined {
  if ('claim' in asked) return asked.claim;
  return rowOf(asked, actor).shows === 'approval' && 'intent' in asked ? asked.intent : undefined;
}
