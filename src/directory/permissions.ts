/** An application permission of Microsoft Graph that an administrator consents to, once per tenant. */
export type DirectoryPermission = {
  name: string;
  /** Why the bot needs it, for README and the consent page's reader. */
  reason: string;
  /** What stays away without it; undefined when nothing works then. */
  without?: string;
  /** The calls it is needed for. A call under two permissions needs both. */
  calls: readonly string[];
};

/**
 * The least that covers every call of this folder; a test compares it with the calls made, and with Microsoft's own list of
 * which permission opens which path (https://github.com/microsoftgraph/microsoft-graph-devx-content).
 * `User.ReadBasic.All` would not do: `accountEnabled`, which tells a leaver, is not among its fields.
 */
export const directoryPermissions: readonly DirectoryPermission[] = [
  {
    name: 'User.Read.All',
    reason:
      'find people by name or mail, tell namesakes and guests apart, and notice when an account is disabled or deleted',
    calls: [
      'GET /users',
      'GET /users/{id}',
      'GET /users/delta',
      'POST /users/{id}/checkMemberGroups',
      'POST /users/{id}/getMemberGroups',
      'GET /users/{id}/transitiveMemberOf/microsoft.graph.group',
      'GET /groups/{id}/transitiveMembers/microsoft.graph.user',
    ],
  },
  {
    name: 'GroupMember.Read.All',
    reason: 'find groups, follow who is in those that are shared with, and count whom a share with a group reaches',
    calls: [
      'GET /groups',
      'GET /groups/delta',
      'GET /groups/{id}',
      'GET /groups/{id}/members',
      'GET /groups/{id}/transitiveMembers/microsoft.graph.user',
      'POST /users/{id}/checkMemberGroups',
      'POST /users/{id}/getMemberGroups',
    ],
  },
  {
    name: 'TeamworkTag.Read.All',
    reason: 'share with the people behind a tag of a team',
    without: 'a tag cannot be shared with; everything else works',
    calls: ['GET /teams/{id}/tags', 'GET /teams/{id}/tags/{id}/members'],
  },
  {
    name: 'Member.Read.Hidden',
    reason: 'see who is in a group that hides its members',
    without: 'a share with such a group says that its members are hidden, and they may not see the profile',
    // On top of others: it opens no path of its own.
    calls: [],
  },
];

/** `POST /users/{id}/checkMemberGroups` for a request below `/v1.0`; ids become `{id}`. */
export function callOf(method: string, path: string): string {
  const parts = path.split('/').map((part, index, all) => (isId(part, all[index - 1]) ? '{id}' : part));
  return `${method} ${parts.join('/')}`;
}

const collections = new Set(['users', 'groups', 'teams', 'tags']);

function isId(part: string, before: string | undefined): boolean {
  return before !== undefined && collections.has(before) && part !== 'delta';
}
