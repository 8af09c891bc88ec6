import { dayMs } from '../../platform/spans.js';
import { type Call, json, Refused, type Reply } from './call.js';
import type { FakeWorld } from './door.js';
import { debugToken, dropPermissions, lacks, listPermissions, signedIn, userId } from './facebookPermissions.js';
import { fieldsOf, metaError, metaTokenOf, only } from './meta.js';
import {
  type FakePage,
  facebookBusinesses,
  facebookPages,
  facebookPeople,
  facebookRoles,
  instagramAccounts,
} from './people.js';
import { portraitOf } from './portraits.js';
import { nowCalled } from './renaming.js';
import type { Standing } from './tokens.js';

/** Graph reads, and the one deletion a sign-in needs. `path` comes without its version. */
export function answerGraph(world: FakeWorld, call: Call, version: string | undefined): Reply {
  if (call.path === '/debug_token') return debugToken(world, call);
  const permissions = /^\/(me|\d+)\/permissions$/.exec(call.path)?.[1];
  if (permissions && call.method === 'DELETE') return dropPermissions(world, call, permissions);
  if (call.method !== 'GET') return metaError(100, 'Unsupported request.');
  const who = signedIn(world, call);
  const [, node = '', edge] = /^\/([^/]+)(?:\/([^/]+))?$/.exec(call.path) ?? [];
  const isPerson = node === 'me' ? who.token.kind === 'access' : node === userId(who);
  if (isPerson && edge === 'permissions') return listPermissions(who);
  if (isPerson && edge === 'accounts') return pages(world, call, who, rolesOf(world, who), version);
  if (isPerson && edge === 'businesses')
    return json(200, { data: hasNoPages(world) ? [] : businesses(who).map(({ id, name }) => ({ id, name })) });
  if (isPerson && !edge) return person(call, who);
  const business = businesses(who).find(({ id }) => id === node);
  if (business && edge === 'owned_pages') return pages(world, call, who, business.owned, version);
  if (business && edge === 'client_pages') return pages(world, call, who, business.client, version);
  if (!edge) return pageOrInstagram(world, call, who, node);
  return metaError(100, `Unsupported get request. Object with ID '${node}' does not exist`, { subcode: 33 });
}

const businesses = ({ grant, scopes }: Standing) =>
  scopes.includes('business_management')
    ? facebookBusinesses.filter(({ people }) => people.includes(grant.account))
    : [];

function person(call: Call, who: Standing): Reply {
  if (!who.scopes.includes('public_profile')) return lacks('public_profile');
  const { name } = facebookPeople.find(({ id }) => id === who.grant.account) ?? { name: '' };
  return json(
    200,
    only({ id: userId(who), name, picture: pictureOf(name) }, [
      ...fieldsOf(call),
      ...(call.query.has('fields') ? [] : ['name']),
    ]),
  );
}

const pictureOf = (name: string) => ({ data: { url: portraitOf('facebook', { name }), is_silhouette: false } });

/** Also those that a business holds. */
const hasNoPages = ({ faults }: FakeWorld) => faults.take('facebook', 'noPages') !== undefined;

type Role = { page: string; tasks: string[] };

function rolesOf(world: FakeWorld, { grant, scopes }: Standing): Role[] {
  if (!scopes.includes('pages_show_list')) throw new Refused(lacks('pages_show_list'));
  if (hasNoPages(world)) return [];
  return facebookRoles.filter((role) => role.person === grant.account);
}

const mostPerPage = 2;

/** A few at a time, with a next link as the real one: it names the real host and carries the token. */
function pages(world: FakeWorld, call: Call, who: Standing, roles: Role[], version = 'v27.0'): Reply {
  const start = Number(call.query.get('after') ?? 0) || 0;
  const size = Math.min(Number(call.query.get('limit')) || 25, mostPerPage);
  const some = roles.slice(start, start + size);
  const data = some.map(({ page, tasks }) => pageFields(world, call, who, pageOf(page), tasks));
  world.state.save();
  const next = new URL(`https://graph.facebook.com/${version}${call.path}`);
  for (const [name, value] of call.query) next.searchParams.set(name, value);
  next.searchParams.set('access_token', metaTokenOf(call));
  next.searchParams.set('after', String(start + size));
  const cursors = { before: String(start), after: String(start + size) };
  const isLast = start + size >= roles.length;
  return json(200, { data, ...(data.length ? { paging: { cursors, ...(isLast ? {} : { next: next.href }) } } : {}) });
}

const pageOf = (id: string): FakePage => facebookPages.find((page) => page.id === id) ?? { id, name: '', category: '' };

function pageFields(world: FakeWorld, call: Call, who: Standing, page: FakePage, tasks?: string[]) {
  const fields = call.query.has('fields') ? fieldsOf(call) : ['name', 'access_token', 'category', 'tasks'];
  const instagram = who.scopes.includes('instagram_basic') && instagramAccounts.find(({ id }) => id === page.instagram);
  const { name, handle } = nowCalled(world, 'facebook', {
    name: page.name,
    ...(page.username ? { handle: page.username } : {}),
  });
  return only(
    {
      id: page.id,
      name,
      username: handle,
      category: page.category,
      link: `https://www.facebook.com/${page.username ?? page.id}`,
      picture: pictureOf(name),
      tasks,
      // No token for a person who holds no task that works on the Page's content.
      access_token: tasks && fields.includes('access_token') ? pageToken(world, who, page.id) : undefined,
      instagram_business_account: instagram
        ? {
            id: instagram.id,
            username: instagram.handle,
            name: instagram.name,
            profile_picture_url: portraitOf('instagram', instagram),
          }
        : undefined,
    },
    fields,
  );
}

/** Got with a long-lived token, a Page's token has no end; else it ends with the person's. */
function pageToken(world: FakeWorld, { grant, token }: Standing, page: string): string {
  const isLong = token.endsAt === undefined || token.endsAt - token.at > dayMs;
  const ends = isLong ? {} : { endsAt: token.endsAt };
  return world.state.addToken('EAAP', { grant: grant.id, kind: 'page', page, ...ends });
}

function pageOrInstagram(world: FakeWorld, call: Call, who: Standing, node: string): Reply {
  const id = node === 'me' ? (who.token.page ?? '') : node;
  const page = facebookPages.find((one) => one.id === id);
  if (page && who.scopes.includes('pages_show_list')) return json(200, pageFields(world, call, who, page));
  const account = instagramAccounts.find((one) => one.id === id);
  const linked = facebookPages.find(({ instagram }) => instagram === id)?.id;
  const mayRead = who.scopes.includes('instagram_basic') && (who.token.page === undefined || who.token.page === linked);
  if (account && mayRead) {
    const { handle, name } = account;
    return json(200, only({ id, username: handle, name }, fieldsOf(call)));
  }
  return metaError(100, `Unsupported get request. Object with ID '${node}' does not exist`, { subcode: 33 });
}
