import type { Activity, TurnContext } from 'botbuilder';
import type { Needs, Parts } from '../../operations/core/parts.js';
import { authenticate, remember } from '../../operations/people/actor.js';
import { forgetChat, forgetWelcome, noteWelcome } from '../../operations/people/chats.js';
import { forgetTeam, rememberTeam, type Team } from '../../operations/people/teams.js';
import { cardMessage } from '../cards/cardMessage.js';
import { helpCard, helpView } from '../cards/help.js';
import type { Incoming } from '../input/incoming.js';
import { readerOf } from './answers.js';

type TeamsData = {
  eventType?: unknown;
  team?: { id?: unknown; name?: unknown; aadGroupId?: unknown };
  channel?: { id?: unknown; name?: unknown };
};

/** The bot was added or removed, or a team changed: keeps how to reach people and what a team's name means. */
export async function rememberInstall(services: Parts, context: TurnContext, incoming: Incoming): Promise<void> {
  const { activity } = context;
  const data = (activity.channelData ?? {}) as TeamsData;
  if (typeof data.team?.id === 'string') await noteTeam(services, incoming, data);
  if (incoming.scope !== 'personal') return;
  const { tenant, id } = incoming.who;
  if (activity.type === 'installationUpdate' && /^remove/.test(activity.action ?? '')) {
    await forgetChat(services, tenant, id);
    return;
  }
  await remember(services, incoming.who);
  if (!isAdded(activity) || !(await noteWelcome(services, tenant, id))) return;
  try {
    await welcome(services, context, incoming);
  } catch (error) {
    await forgetWelcome(services, tenant, id);
    throw error;
  }
}

/** Teams says it with either event, or with both, in any order. */
function isAdded({ type, membersAdded, recipient }: Activity): boolean {
  return type === 'installationUpdate' || (membersAdded ?? []).some(({ id }) => id === recipient.id);
}

async function welcome(services: Parts, context: TurnContext, { who }: Incoming): Promise<void> {
  const by = await authenticate(services, who);
  const view = helpView(readerOf({ services, by }));
  await context.sendActivity(cardMessage(helpCard(view)) as Partial<Activity>);
}

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : undefined);
const gone = new Set(['teamDeleted', 'teamHardDeleted', 'teamArchived']);

async function noteTeam(
  services: Needs<'collections'>,
  { who, here }: Incoming,
  { team, channel, eventType }: TeamsData,
): Promise<void> {
  const id = text(team?.id) ?? '';
  if (gone.has(String(eventType))) return forgetTeam(services, who.tenant, id);
  await rememberTeam(services, who.tenant, id, (before) => {
    const group = text(team?.aadGroupId) ?? before?.group;
    return {
      name: text(team?.name) ?? before?.name ?? '',
      ...(group ? { group } : {}),
      serviceUrl: here.serviceUrl,
      channels: channelsAfter(before?.channels ?? [], channel, String(eventType)),
    };
  });
}

function channelsAfter(before: Team['channels'], channel: TeamsData['channel'], event: string): Team['channels'] {
  const id = text(channel?.id);
  if (!id) return before;
  const others = before.filter((known) => known.id !== id);
  return event === 'channelDeleted' ? others : [...others, { id, name: text(channel?.name) ?? '' }];
}
