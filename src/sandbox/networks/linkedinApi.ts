import { bearerOf, type Call, json, Refused, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { door, failure } from './linkedinDoor.js';
import { answerImages } from './linkedinImages.js';
import { answerPosts } from './linkedinPosts.js';
import { answerReactions } from './linkedinReactions.js';
import { answerVideos } from './linkedinVideos.js';
import { linkedInMembers, linkedInOrganizations, linkedInRoles } from './people.js';
import { portraitOf } from './portraits.js';
import { nowCalled } from './renaming.js';
import { type Standing, standing } from './tokens.js';

/** The reads that a sign-in needs. */
export async function answerApi(world: FakeWorld, call: Call): Promise<Reply> {
  if (call.path.startsWith('/rest/')) checkVersion(call);
  const asked = (...scopes: string[]) => signedIn(world, call, ...scopes);
  const posts =
    answerPosts(world, call, asked) ?? answerReactions(world, call, asked) ?? answerVideos(world, call, asked);
  const answer = posts ?? (await answerImages(world, call, asked));
  if (answer) return answer;
  if (call.method !== 'GET') return failure(404, 0, 'RESOURCE_NOT_FOUND', 'No virtual resource found');
  if (call.path === '/v2/userinfo') return userinfo(signedIn(world, call, 'openid', 'profile'));
  if (call.path === '/v2/me') return me(signedIn(world, call, 'r_basicprofile'));
  if (/^\/(rest|v2)\/organizationAcls$/.test(call.path)) return roles(world, call);
  const id = /^\/(?:rest|v2)\/organizations\/(\d+)$/.exec(call.path)?.[1];
  if (id) return organization(world, call, Number(id));
  return failure(404, 0, 'RESOURCE_NOT_FOUND', `No virtual resource found for ${call.path}`);
}

/** Every month of 2026 up to August is served; there never was a 202512. */
function checkVersion(call: Call): void {
  const version = call.headers['linkedin-version'] ?? '';
  if (!version)
    throw new Refused(failure(400, 0, 'VERSION_MISSING', 'A version must be present. Please specify a version.'));
  if (!/^20260[1-8](\.\d\d)?$/.test(version)) {
    throw new Refused(failure(426, 0, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`));
  }
}

function signedIn(world: FakeWorld, call: Call, ...scopes: string[]): Standing {
  const found = standing(world, door, bearerOf(call));
  if (found === 'revoked') {
    throw new Refused(
      failure(401, 65601, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user'),
    );
  }
  if (found === 'expired') {
    throw new Refused(failure(401, 65602, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired'));
  }
  if (typeof found === 'string' || found.token.kind !== 'access') {
    throw new Refused(failure(401, 65600, 'INVALID_ACCESS_TOKEN', 'Invalid access token'));
  }
  if (scopes.some((scope) => !found.scopes.includes(scope))) {
    throw new Refused(failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access this resource'));
  }
  return found;
}

const memberOf = ({ grant }: Standing) => linkedInMembers.find(({ id }) => id === grant.account);

function userinfo(who: Standing): Reply {
  const member = memberOf(who);
  const [given, family] = member?.name.split(' ') ?? [];
  const picture = member && portraitOf('linkedin', member);
  const locale = { country: 'US', language: 'en' };
  return json(200, { sub: member?.id, name: member?.name, given_name: given, family_name: family, picture, locale });
}

function me(who: Standing): Reply {
  const member = memberOf(who);
  const [first, last] = member?.name.split(' ') ?? [];
  return json(200, { id: member?.id, localizedFirstName: first, localizedLastName: last, vanityName: member?.handle });
}

const mostPerPage = 2;

function roles(world: FakeWorld, call: Call): Reply {
  const who = signedIn(world, call);
  const mayList = who.scopes.includes('rw_organization_admin') || who.scopes.includes('r_organization_admin');
  if (!mayList)
    return failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: organizationAcls.FINDER-roleAssignee');
  if (call.query.get('q') !== 'roleAssignee') return failure(400, 0, 'ILLEGAL_ARGUMENT', 'Unknown finder');
  const state = call.query.get('state');
  const none = world.faults.take('linkedin', 'noPages');
  const found = linkedInRoles.filter(
    (role) => !none && role.member === who.grant.account && (!state || role.state === state),
  );
  const start = Number(call.query.get('start') ?? 0) || 0;
  const count = Math.min(Number(call.query.get('count')) || 10, mostPerPage);
  const elements = found.slice(start, start + count).map(({ member, organization: id, role, state: is }) => ({
    role,
    organization: `urn:li:organization:${id}`,
    roleAssignee: `urn:li:person:${member}`,
    state: is,
  }));
  return json(200, { elements, paging: { start, count, total: found.length, links: [] } });
}

/** Details only for those who administer the Page. */
function organization(world: FakeWorld, call: Call, id: number): Reply {
  const who = signedIn(world, call);
  const found = linkedInOrganizations.find((one) => one.id === id);
  if (!found) return failure(404, 0, 'NOT_FOUND', `Could not find organization ${id}`);
  const administers = linkedInRoles.some(
    ({ member, organization: page, role, state }) =>
      member === who.grant.account && page === id && state === 'APPROVED' && role !== 'ANALYST',
  );
  if (!administers) return failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: organizations.GET');
  const { name, handle } = nowCalled(world, 'linkedin', { name: found.name, handle: found.vanity });
  return json(200, { id, localizedName: name, vanityName: handle });
}
