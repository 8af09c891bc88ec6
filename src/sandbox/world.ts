/**
 * The pretend company that the sandbox and the stories play in. Names and ids are invented; the tenant, the first six
 * people, the group chat and the first team carry the ids that `npm run playground` hands to Microsoft's Playground.
 */
export type WorldPerson = {
  /** Entra object id. */
  id: string;
  /** Teams' id of the person for this bot. */
  teamsId: string;
  name: string;
  givenName: string;
  surname: string;
  signInName: string;
  mail: string;
  department: string;
  jobTitle: string;
  userType: 'Member' | 'Guest';
  accountEnabled: boolean;
  timeZone: string;
};

export type WorldGroup = {
  /** Entra object id. */
  id: string;
  name: string;
  alias: string;
  mail?: string;
  kind: 'microsoft365' | 'security';
  people: string[];
  groups: string[];
};

export type WorldTag = { id: string; name: string; people: string[] };
export type WorldChannel = { id: string; name: string; kind: 'standard' | 'private' | 'shared' };
/** A team's members are its group's people. Its General channel has the team's own id. */
export type WorldTeam = { id: string; name: string; group: string; channels: WorldChannel[]; tags: WorldTag[] };

const person = (
  n: number,
  givenName: string,
  surname: string,
  department: string,
  jobTitle: string,
  more: Partial<WorldPerson> = {},
): WorldPerson => {
  const key = more.signInName?.split('@')[0] ?? givenName.toLowerCase();
  return {
    id: `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`,
    teamsId: `29:${key}`,
    name: `${givenName} ${surname}`,
    givenName,
    surname,
    signInName: `${key}@contoso.example`,
    mail: `${key}@contoso.example`,
    department,
    jobTitle,
    userType: 'Member',
    accountEnabled: true,
    timeZone: 'Europe/Berlin',
    ...more,
  };
};

const people: WorldPerson[] = [
  person(1, 'Alex', 'Wilber', 'Marketing', 'Head of Communications'),
  person(2, 'Megan', 'Bowen', 'Marketing', 'Social Media Manager'),
  person(3, 'Adele', 'Vance', 'Sales', 'Account Executive'),
  person(4, 'Isaiah', 'Langer', 'Sales', 'Sales Lead'),
  person(5, 'Patti', 'Fernandez', 'Support', 'Support Lead'),
  person(6, 'Lynne', 'Robbins', 'IT', 'Administrator'),
  person(7, 'Ben', 'Walters', 'Marketing', 'Copywriter'),
  person(8, 'Chris', 'Green', 'Marketing', 'Designer', { signInName: 'chris.green@contoso.example' }),
  person(9, 'Chris', 'Green', 'Finance', 'Controller', {
    signInName: 'cgreen2@contoso.example',
    mail: 'cgreen2@contoso.example',
  }),
  person(10, 'Diego', 'Siciliani', 'HR', 'People Partner', { timeZone: 'America/New_York' }),
  person(11, 'Nestor', 'Wilke', 'Marketing', 'Former Social Media Manager', { accountEnabled: false }),
  person(12, 'Mia', 'Agency', 'Fabrikam Agency', 'Consultant', {
    signInName: 'mia_fabrikam.example#EXT#@contoso.example',
    teamsId: '29:mia',
    mail: 'mia@fabrikam.example',
    userType: 'Guest',
  }),
];
const id = (n: number) => `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`;
const groupId = (n: number) => `bbbbbbbb-0000-4000-8000-${String(n).padStart(12, '0')}`;

const groups: WorldGroup[] = [
  {
    id: groupId(1),
    name: 'Marketing',
    alias: 'marketing',
    mail: 'marketing@contoso.example',
    kind: 'microsoft365',
    people: [1, 2, 7, 8, 12].map(id),
    groups: [],
  },
  {
    id: groupId(2),
    name: 'Sales',
    alias: 'sales',
    mail: 'sales@contoso.example',
    kind: 'microsoft365',
    people: [3, 4].map(id),
    groups: [],
  },
  {
    id: groupId(3),
    name: 'Marketing EMEA',
    alias: 'marketing-emea',
    kind: 'security',
    people: [7].map(id),
    groups: [],
  },
  {
    id: groupId(4),
    name: 'Spokespeople',
    alias: 'spokespeople',
    kind: 'security',
    people: [10].map(id),
    groups: [groupId(2), groupId(3)],
  },
];

export const world = {
  tenant: { id: '11111111-1111-4111-8111-111111111111', name: 'Contoso' },
  bot: { id: '28:22222222-2222-4222-8222-222222222222', name: 'Social Profiles' },
  people,
  groups,
  teams: [
    {
      id: '19:marketing@thread.tacv2',
      name: 'Marketing',
      group: groupId(1),
      channels: [
        { id: '19:announcements@thread.tacv2', name: 'Announcements', kind: 'standard' },
        { id: '19:agency@thread.tacv2', name: 'Agency', kind: 'shared' },
        { id: '19:budget@thread.tacv2', name: 'Budget', kind: 'private' },
      ],
      tags: [{ id: 'tag-writers', name: 'writers', people: [id(7), id(8)] }],
    },
    {
      id: '19:sales@thread.tacv2',
      name: 'Sales',
      group: groupId(2),
      channels: [{ id: '19:deals@thread.tacv2', name: 'Deals', kind: 'standard' }],
      tags: [],
    },
  ] as WorldTeam[],
  groupChats: [{ id: '19:planning@thread.v2', name: 'Planning', people: [1, 2, 3, 4, 5, 6].map(id) }],
  /** Named by ADMINS in the sandbox: one of IT, and one who is in a team, for "approvals here". */
  admins: [id(6), id(1)],
};
export type World = typeof world;
