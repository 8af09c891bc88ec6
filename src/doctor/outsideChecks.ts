import { randomUUID } from 'node:crypto';
import { clouds } from '../directory/clouds.js';
import { createCredentials } from '../directory/credentials.js';
import { type Directory, DirectoryDown } from '../directory/directory.js';
import { createGraphDirectory } from '../directory/graph.js';
import type { Clock } from '../platform/clock.js';
import { isGuid } from '../platform/guid.js';
import { type Outbound, outboundThrough } from '../platform/outbound.js';
import type { Settings } from '../settings.js';
import { entraFinding } from './entra.js';
import { type Finding, look, ok, wrong } from './finding.js';

/** The directory of each tenant: a token, each permission by a call, and whom ADMINS names. */
export async function checkDirectory(settings: Settings, clock: Clock): Promise<Finding[]> {
  const { directory: set } = settings;
  if (!set) return [];
  const outbound: Outbound = outboundThrough(settings.outboundOrigin);
  const isLocal = settings.outboundOrigin !== undefined;
  const options = { cloud: clouds[set.cloud], ...(isLocal ? { sandbox: { outbound, clock } } : {}) };
  const directory = createGraphDirectory({
    ...{ cloud: set.cloud, outbound, clock },
    tokens: createCredentials(set.identity, options),
  });
  const found = await Promise.all(settings.tenants.map((tenant) => checkTenant(directory, tenant, settings.admins)));
  return found.flat();
}

async function checkTenant(directory: Directory, tenant: string, admins: readonly string[]): Promise<Finding[]> {
  const people = await asked('User.Read.All', tenant, () => directory.findPeople(tenant, 'a'));
  if (people.state === 'wrong' && people.what !== 'User.Read.All') return [people];
  const groups = await asked('GroupMember.Read.All', tenant, () => directory.findGroups(tenant, 'a'));
  // Of a team that is not there: who may not read tags is told so all the same.
  const tags = await asked('TeamworkTag.Read.All', tenant, () => directory.tags(tenant, randomUUID()));
  const hidden = look(
    'Member.Read.Hidden',
    'no call shows it; a group that hides its members needs it. See it in Entra.',
  );
  return [people, groups, tags, hidden, ...(people.state === 'ok' ? await checkAdmins(directory, tenant, admins) : [])];
}

/** One call that needs a permission. Without a token, or an answer, the finding is about that instead. */
async function asked(permission: string, tenant: string, call: () => Promise<unknown>): Promise<Finding> {
  try {
    await call();
    return ok(permission, `Microsoft Graph allows it in ${tenant}`);
  } catch (error) {
    if (!(error instanceof DirectoryDown)) throw error;
    const entra = entraFinding('Entra', error);
    if (entra) return entra;
    if (error.reason === 'not-allowed') {
      const fix = `In Entra, give the app the application permission ${permission}, and an administrator's consent.`;
      return wrong(permission, `Microsoft Graph does not allow it in ${tenant}.`, fix);
    }
    return wrong('Microsoft Graph', error.message, 'See that this machine may call graph.microsoft.com by https.');
  }
}

async function checkAdmins(directory: Directory, tenant: string, admins: readonly string[]): Promise<Finding[]> {
  if (admins.length === 0) {
    return [
      wrong('ADMINS', 'nobody is named, so nobody can give roles.', 'Set ADMINS to a sign-in name or object id.'),
    ];
  }
  const known = await Promise.all(
    admins.map(async (name) => {
      if (isGuid(name)) return (await directory.person(tenant, name)) !== undefined;
      return (await directory.findPeople(tenant, name)).some(({ signInName }) => signInName.toLowerCase() === name);
    }),
  );
  const nobody = admins.filter((_, index) => !known[index]);
  if (nobody.length === 0) return [ok('ADMINS', `all ${admins.length} are in the directory`)];
  return [wrong('ADMINS', `${nobody.join(', ')} is not in the directory.`, 'Correct the entry, or take it out.')];
}
