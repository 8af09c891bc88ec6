import { randomUUID } from 'node:crypto';

/** The app registrations of the pretend company, with what a set-up needs of them. In memory only. */
export type Application = Record<string, unknown> & { id: string; appId: string; tags: string[] };
type ServicePrincipal = { id: string; appId: string; appRoles: AppRole[] };
type AppRole = { id: string; value: string; isEnabled: boolean; allowedMemberTypes: string[] };
export type Assignment = { id: string; principalId: string; resourceId: string; appRoleId: string };
export type Registrations = { applications: Application[]; principals: ServicePrincipal[]; assignments: Assignment[] };

/** Microsoft Graph itself: the same id in every organisation. */
const graphAppId = '00000003-0000-0000-c000-000000000000';
const permissions = [
  'User.Read.All',
  'GroupMember.Read.All',
  'TeamworkTag.Read.All',
  'Member.Read.Hidden',
  'Mail.Read',
];

export function createRegistrations(): Registrations {
  const role = (value: string): AppRole => {
    return { id: randomUUID(), value, isEnabled: true, allowedMemberTypes: ['Application'] };
  };
  const graph = { id: randomUUID(), appId: graphAppId, appRoles: permissions.map(role) };
  return { applications: [], principals: [graph], assignments: [] };
}
