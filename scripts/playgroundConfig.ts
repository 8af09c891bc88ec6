import { world } from '../src/sandbox/world.js';

/**
 * The pretend company as Microsoft's Playground wants it: a `.m365agentsplayground.yml` in the folder it is started in.
 * Its schema is strict, and it ends without a word when a key is missing: one current user and exactly five others, who
 * are also the group chat; one team with at most one channel besides General; `userPrincipleName` is its own spelling.
 * YAML reads JSON, so every value is written as JSON.
 */
export function playgroundConfig(): string {
  const [chat] = world.groupChats;
  const [team] = world.teams;
  const members = (chat?.people ?? []).map(person);
  const channel = team?.channels[0];
  const config = {
    version: '0.1.1',
    tenantId: world.tenant.id,
    bot: world.bot,
    currentUser: members[0],
    users: members.slice(1),
    personalChat: { id: `a:personal-${members[0]?.givenName.toLowerCase()}` },
    groupChat: { id: chat?.id, name: chat?.name },
    team: {
      id: team?.id,
      name: team?.name,
      aadGroupId: team?.group,
      channels: channel ? [{ id: channel.id, name: channel.name }] : [],
    },
  };
  return Object.entries(config)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('');
}

/** Whom one is there: the first of the group chat. */
export const playgroundPerson = (): string => person(world.groupChats[0]?.people[0] ?? '').name;

function person(wanted: string) {
  const found = world.people.find(({ id }) => id === wanted);
  if (!found) throw new Error(`nobody has the id ${wanted}`);
  return {
    id: found.teamsId,
    name: found.name,
    userPrincipleName: found.signInName,
    aadObjectId: found.id,
    givenName: found.givenName,
    surname: found.surname,
    email: found.mail,
  };
}
