import { badRequest, GraphNo, notFound, type Reply } from './answer.js';
import type { CompanyApps, Parts } from './parts.js';
import type { GraphRequest } from './request.js';

const catalogId = 'cccccccc-0000-4000-8000-000000000001';

export function installedApps(parts: Parts, request: GraphRequest, id: string): Reply {
  const { apps } = known(parts, id);
  const wanted = /^teamsApp\/externalId eq '([\w-]+)'$/.exec(request.options.get('$filter') ?? '')?.[1];
  const teamsApp = { id: catalogId, externalId: apps.externalId, distributionMethod: 'organization' };
  const rows = apps.has(id) && wanted === apps.externalId ? [{ id: `install-${id}`, teamsApp }] : [];
  return { status: 200, body: { value: rows } };
}

export function installApp(parts: Parts, request: GraphRequest, id: string): Reply {
  const { apps } = known(parts, id);
  const bound = (request.body as Record<string, unknown> | undefined)?.['teamsApp@odata.bind'];
  if (bound !== `${request.root}/v1.0/appCatalogs/teamsApps/${catalogId}`) throw badRequest('The app is not there.');
  if (apps.has(id)) throw new GraphNo(409, 'Conflict', 'App already installed.');
  apps.install(id);
  return { status: 201 };
}

function known({ apps, directory }: Parts, id: string): { apps: CompanyApps } {
  if (!directory.person(id)) throw notFound(id);
  if (!apps) throw new GraphNo(403, 'Forbidden', 'Missing role permissions on the request.');
  return { apps };
}
