import { z } from 'zod';
import { unwatched } from '../platform/watch.js';
import type { PersonId, TenantId } from '../rules/types.js';
import { type Call, createCall } from './client.js';
import { clouds } from './clouds.js';
import { DirectoryDown } from './directory.js';
import type { GraphDirectoryOptions } from './graph.js';
import { isDirectoryId } from './ids.js';
import { accepted } from './pages.js';
import { createTokens } from './tokens.js';

/**
 * Gives one person this app in Teams. `like` is somebody who has it: only from there the id in the organisation's app
 * catalog is known without one more permission. False when it is not allowed, not possible, or they have it already.
 */
export type Installer = (tenant: TenantId, person: PersonId, like: PersonId) => Promise<boolean>;

const installed = z.object({ value: z.array(z.object({ teamsApp: z.object({ id: z.string() }) })) });
/** After a "no" it is not asked again for this long: an administrator may have consented meanwhile. */
const noLastsMs = 3_600_000;

/**
 * Through Microsoft Graph, where an administrator consented to `TeamsAppInstallation.ReadWriteSelfForUser.All`
 * (https://learn.microsoft.com/graph/api/userteamwork-post-installedapps). Without it everything else works.
 */
export function createInstaller(options: GraphDirectoryOptions, appId: string): Installer {
  const { graph } = clouds[options.cloud ?? 'global'];
  const { log: _, ...quiet } = options;
  const call = createCall({
    ...quiet,
    watch: options.watch ?? unwatched,
    graphRoot: graph,
    tokens: createTokens(options.tokens, `${graph}/.default`, options.clock),
    pause: options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    random: options.random ?? Math.random,
  });
  const notBefore = new Map<TenantId, number>();
  return async (tenant, person, like) => {
    const now = options.clock().getTime();
    if (![person, like, appId].every(isDirectoryId) || now < (notBefore.get(tenant) ?? 0)) return false;
    try {
      const id = await catalogId(call, tenant, like, appId);
      return id !== undefined && (await install(call, tenant, person, `${graph}/v1.0/appCatalogs/teamsApps/${id}`));
    } catch (error) {
      if (!(error instanceof DirectoryDown)) throw error;
      if (error.reason === 'not-allowed') notBefore.set(tenant, now + noLastsMs);
      return false;
    }
  };
}

async function catalogId(call: Call, tenant: TenantId, like: PersonId, appId: string): Promise<string | undefined> {
  const filter = encodeURIComponent(`teamsApp/externalId eq '${appId}'`);
  const answer = await call(tenant, `/users/${like}/teamwork/installedApps?$expand=teamsApp&$filter=${filter}`);
  const id = answer.status === 404 ? undefined : accepted(answer, installed).value[0]?.teamsApp.id;
  return id && /^[\w-]{1,100}$/.test(id) ? id : undefined;
}

async function install(call: Call, tenant: TenantId, person: PersonId, app: string): Promise<boolean> {
  const body = { 'teamsApp@odata.bind': app };
  const { status } = await call(tenant, `/users/${person}/teamwork/installedApps`, { body });
  return status === 201;
}
