import type { Activity, TurnContext } from 'botbuilder';
import type { Needs } from '../../operations/core/parts.js';
import { remember, updatePerson } from '../../operations/people/actor.js';
import type { TeamDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import { cardMessage } from '../cards/cardMessage.js';
import { helpCard, helpView } from '../cards/help.js';
import type { Incoming } from '../input/incoming.js';

type TeamsData = {
  eventType?: unknown;
  team?: { id?: unknown; name?: unknown; aadGroupId?: unknown };
  channel?: { id?: unknown; name?: unknown };
};

/** The bot was added or removed, or a team changed: keeps how to reach people and what a team's name means. */
export async function rememberInstall(
  services: Needs<'collections' | 'clock'>,
  context: TurnContext,
  incoming: Incoming,
): Promise<void> {
  const { activity } = context;
  const data = (activity.channelData ?? {}) as TeamsData;
  if (typeof data.team?.id === 'string') await rememberTeam(services, incoming, data);
  if (incoming.scope !== 'personal') return;
  const { tenant, id } = incoming.who;
  if (activity.type === 'installationUpdate' && /^remove/.test(activity.action ?? '')) {
    const now = services.clock();
    await updatePerson(services, tenant, id, ({ chat: _, ...before }) => ({ ...before, unreachableSince: now }));
    return;
  }
  const person = await services.collections.people.get(tenant, id);
  await remember(services, named(incoming, person?.name));
  if (activity.type === 'installationUpdate' && !person?.chat) await welcome(context);
}

/** Install events may lack the person's name; the one that is known stays. */
function named({ who }: Incoming, known: string | undefined): Incoming['who'] {
  return who.name === 'Someone' && known ? { ...who, name: known } : who;
}

async function welcome(context: TurnContext): Promise<void> {
  const view = helpView({ id: '', timeZone: 'UTC', now: new Date(), admin: false, reader: false });
  await context.sendActivity(cardMessage(helpCard(view)) as Partial<Activity>);
}

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : undefined);
const gone = new Set(['teamDeleted', 'teamHardDeleted', 'teamArchived']);

async function rememberTeam(
  services: Needs<'collections'>,
  { who }: Incoming,
  { team, channel, eventType }: TeamsData,
): Promise<void> {
  const { teams } = services.collections;
  const id = text(team?.id) ?? '';
  if (gone.has(String(eventType))) {
    await teams.delete(who.tenant, id);
    return;
  }
  await update(teams, who.tenant, id, (before) => {
    const group = text(team?.aadGroupId) ?? before?.group;
    return {
      name: text(team?.name) ?? before?.name ?? '',
      ...(group ? { group } : {}),
      serviceUrl: who.serviceUrl,
      channels: channelsAfter(before?.channels ?? [], channel, String(eventType)),
    };
  });
}

function channelsAfter(before: TeamDoc['channels'], channel: TeamsData['channel'], event: string): TeamDoc['channels'] {
  const id = text(channel?.id);
  if (!id) return before;
  const others = before.filter((known) => known.id !== id);
  return event === 'channelDeleted' ? others : [...others, { id, name: text(channel?.name) ?? '' }];
}
