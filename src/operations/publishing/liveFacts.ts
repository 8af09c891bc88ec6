import type { LiveFacts } from '../../rules/publishing/hindrance.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { Actor, GroupId, PersonId, Profile, TenantId } from '../../rules/types.js';
import type { Needs, Parts } from '../core/parts.js';
import { authenticate } from '../people/actor.js';
import { exactHash } from './exactly.js';

/** Whether nothing of the organisation goes out: read, never remembered. */
export async function isFrozenAll({ collections }: Needs<'collections'>, tenant: TenantId): Promise<boolean> {
  return (await collections.tenants.get(tenant, 'tenant'))?.frozen !== undefined;
}

/** Whether nothing goes out with the intent's profile, or at all: read, never remembered. */
export async function isFrozen(services: Needs<'collections'>, { tenant, profile }: Intent): Promise<boolean> {
  const now = await services.collections.profiles.get(tenant, profile);
  return now?.frozen !== undefined || (await isFrozenAll(services, tenant));
}

/** Everything that decides whether an intent may leave, asked for now. @throws DirectoryDown */
export async function liveFacts(services: Parts, intent: Intent): Promise<LiveFacts> {
  const { tenant } = intent;
  const profile = await services.collections.profiles.get(tenant, intent.profile);
  const author = profile && !profile.deleted ? await authorNow(services, tenant, intent.author.id, profile) : undefined;
  return {
    intent,
    profile,
    author,
    hash: exactHash(intent),
    frozenAll: await isFrozenAll(services, tenant),
    now: services.clock(),
  };
}

/** The author with role, account and groups as they are now, and whether they are a guest; undefined when the account is gone or switched off. */
async function authorNow(
  services: Parts,
  tenant: TenantId,
  id: PersonId,
  profile: Profile,
): Promise<Actor | undefined> {
  const person = await services.directory.person(tenant, id);
  if (!person?.enabled) return undefined;
  const { actor } = await authenticate(services, { tenant, id, name: '' });
  const groups = await liveGroups(services, tenant, id, [profile]);
  return { ...actor, groups, ...(person.guest ? { guest: true as const } : {}) };
}

/** Which of the groups that these profiles are shared with somebody is in now. */
export async function liveGroups(
  { directory }: Needs<'directory'>,
  tenant: TenantId,
  id: PersonId,
  profiles: readonly Profile[],
): Promise<GroupId[]> {
  const groups = new Set(
    profiles.flatMap(({ shares }) =>
      shares.flatMap(({ principal }) => (principal.kind === 'group' ? principal.id : [])),
    ),
  );
  return groups.size === 0 ? [] : directory.memberOf(tenant, id, [...groups]);
}
