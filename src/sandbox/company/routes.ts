import { GraphNo, type Reply } from './answer.js';
import {
  addPassword,
  assign,
  createApplication,
  createPrincipal,
  listApplications,
  listAssignments,
  oneApplication,
  onePrincipal,
  updateApplication,
} from './applications.js';
import { installApp, installedApps } from './apps.js';
import { groupMembers, listGroups, oneGroup } from './groups.js';
import { groupsDelta } from './groupsDelta.js';
import type { Parts } from './parts.js';
import type { GraphRequest } from './request.js';
import { tagMembers, teamChannels, teamTags } from './teams.js';
import {
  checkMemberGroups,
  deletedUser,
  deletedUsers,
  getMemberGroups,
  listUsers,
  oneUser,
  photo,
  transitiveMemberOf,
} from './users.js';
import { usersDelta } from './usersDelta.js';

type Route = (parts: Parts, request: GraphRequest, ids: string[]) => Reply;

/** The Graph v1.0 paths that the pretend company speaks. `{}` is an id, `{}?` an optional last part. */
const routes: [method: string, path: string, Route][] = [
  ['GET', 'users', (parts, request) => listUsers(parts, request)],
  ['GET', 'users/delta', usersDelta],
  ['GET', 'users/{}', (parts, request, [id = '']) => oneUser(parts, request, id)],
  ['GET', 'users/{}/photo/$value', (parts, _, [id = '']) => photo(parts, id)],
  ['GET', 'users/{}/photos/{}/$value', (parts, _, [id = '']) => photo(parts, id)],
  ['POST', 'users/{}/getMemberGroups', (parts, request, [id = '']) => getMemberGroups(parts, request, id)],
  ['POST', 'users/{}/checkMemberGroups', (parts, request, [id = '']) => checkMemberGroups(parts, request, id)],
  [
    'GET',
    'users/{}/transitiveMemberOf/{}?',
    (parts, request, [id = '', cast]) => transitiveMemberOf(parts, request, id, cast),
  ],
  ['GET', 'users/{}/teamwork/installedApps', (parts, request, [id = '']) => installedApps(parts, request, id)],
  ['POST', 'users/{}/teamwork/installedApps', (parts, request, [id = '']) => installApp(parts, request, id)],
  ['GET', 'groups', listGroups],
  ['GET', 'groups/delta', groupsDelta],
  ['GET', 'groups/{}', (parts, request, [id = '']) => oneGroup(parts, request, id)],
  [
    'GET',
    'groups/{}/members/{}?',
    (parts, request, [id = '', cast]) => groupMembers(parts, request, id, { nested: false, cast }),
  ],
  [
    'GET',
    'groups/{}/transitiveMembers/{}?',
    (parts, request, [id = '', cast]) => groupMembers(parts, request, id, { nested: true, cast }),
  ],
  ['GET', 'directory/deletedItems/microsoft.graph.user', deletedUsers],
  ['GET', 'directory/deletedItems/{}', (parts, request, [id = '']) => deletedUser(parts, request, id)],
  ['GET', 'teams/{}/tags', (parts, request, [id = '']) => teamTags(parts, request, id)],
  ['GET', 'teams/{}/tags/{}/members', (parts, request, [id = '', tag = '']) => tagMembers(parts, request, id, tag)],
  ['GET', 'applications', listApplications],
  ['POST', 'applications', createApplication],
  ['GET', 'applications/{}', (parts, request, [id = '']) => oneApplication(parts, request, id)],
  ['PATCH', 'applications/{}', (parts, request, [id = '']) => updateApplication(parts, request, id)],
  ['POST', 'applications/{}/addPassword', (parts, request, [id = '']) => addPassword(parts, request, id)],
  ['POST', 'servicePrincipals', createPrincipal],
  ['GET', 'servicePrincipals/{}', (parts, request, [id = '']) => onePrincipal(parts, request, id)],
  [
    'GET',
    'servicePrincipals/{}/appRoleAssignments',
    (parts, request, [id = '']) => listAssignments(parts, request, id),
  ],
  ['POST', 'servicePrincipals/{}/appRoleAssignedTo', (parts, request, [id = '']) => assign(parts, request, id)],
  ['GET', 'teams/{}/channels', (parts, request, [id = '']) => teamChannels(parts, request, id)],
];

/** @throws GraphNo for a path that is not among them, and for every "no" of those that are */
export function answerGraph(parts: Parts, asked: GraphRequest): Reply {
  const request = { ...asked, path: keysApart(asked.path) };
  for (const [method, path, route] of routes) {
    const ids = method === request.method ? idsIn(path.split('/'), request.path) : undefined;
    if (ids) return route(parts, request, ids);
  }
  throw new GraphNo(400, 'BadRequest', `Resource not found for the segment '${request.path.at(-1)?.slice(0, 80)}'.`);
}

/** `applications(appId='...')` is `applications` with another key than the id. */
function keysApart(path: string[]): string[] {
  return path.flatMap((part) => /^([a-z]+)(\(\w+='[\w-]+'\))$/i.exec(part)?.slice(1) ?? [part]);
}

function idsIn(template: string[], path: string[]): string[] | undefined {
  const isLong = template.at(-1) === '{}?' ? path.length < template.length - 1 : path.length !== template.length;
  if (isLong || path.length > template.length) return undefined;
  const ids: string[] = [];
  for (const [index, part] of path.entries()) {
    if (template[index]?.startsWith('{}')) ids.push(part);
    else if (template[index] !== part) return undefined;
  }
  return ids;
}
