import { randomBytes, randomUUID } from 'node:crypto';
import { badRequest, GraphNo, notFound, type Reply } from './answer.js';
import type { Parts } from './parts.js';
import type { Application, Assignment } from './registrations.js';
import type { GraphRequest } from './request.js';

/** https://learn.microsoft.com/graph/api/resources/application */
const held = (application: Application) => ({
  ...application,
  // Secrets are shown once, when they are made.
  passwordCredentials: (application.passwordCredentials as { secretText?: string }[]).map((one) => ({
    ...one,
    secretText: null,
  })),
});

/** https://learn.microsoft.com/graph/api/application-list; by one tag, or by the app's id in the path. */
export function listApplications({ registrations }: Parts, request: GraphRequest): Reply {
  const tag = /^tags\/any\(t:t eq '([\w-]+)'\)$/.exec(request.options.get('$filter') ?? '')?.[1];
  if (!tag) throw badRequest('Invalid filter clause.');
  const value = registrations.applications.filter(({ tags }) => tags.includes(tag)).map(held);
  return { status: 200, body: { value } };
}

/** https://learn.microsoft.com/graph/api/application-post-applications */
export function createApplication({ registrations }: Parts, request: GraphRequest): Reply {
  const body = objectOf(request.body);
  if (typeof body.displayName !== 'string') throw badRequest('A value is required for property displayName.');
  const application: Application = {
    signInAudience: 'AzureADMyOrg',
    identifierUris: [],
    requiredResourceAccess: [],
    passwordCredentials: [],
    web: { redirectUris: [] },
    api: { oauth2PermissionScopes: [], preAuthorizedApplications: [] },
    tags: [],
    ...body,
    id: randomUUID(),
    appId: randomUUID(),
  };
  registrations.applications.push(application);
  return { status: 201, body: held(application) };
}

export function oneApplication(parts: Parts, _: GraphRequest, key: string): Reply {
  return { status: 200, body: held(found(parts, key)) };
}

/** https://learn.microsoft.com/graph/api/application-update: lists are replaced whole. */
export function updateApplication(parts: Parts, request: GraphRequest, key: string): Reply {
  const application = found(parts, key);
  const body = objectOf(request.body);
  const { api } = body as { api?: { preAuthorizedApplications?: { delegatedPermissionIds: string[] }[] } };
  const { oauth2PermissionScopes: scopes } = application.api as { oauth2PermissionScopes: { id: string }[] };
  for (const { delegatedPermissionIds } of api?.preAuthorizedApplications ?? []) {
    for (const id of delegatedPermissionIds) {
      // Real Graph too takes a scope for it only once the scope is there.
      if (!scopes.some((scope) => scope.id === id))
        throw badRequest('Property api.preAuthorizedApplications is invalid.');
    }
  }
  Object.assign(application, body, api ? { api: { ...(application.api as object), ...api } } : {});
  return { status: 204 };
}

/** https://learn.microsoft.com/graph/api/application-addpassword */
export function addPassword(parts: Parts, request: GraphRequest, key: string): Reply {
  const { displayName, endDateTime } = objectOf(objectOf(request.body).passwordCredential);
  const secretText = randomBytes(20).toString('base64url');
  const made = { keyId: randomUUID(), displayName, endDateTime, hint: secretText.slice(0, 3), secretText };
  (found(parts, key).passwordCredentials as unknown[]).push(made);
  return { status: 200, body: made };
}

export function onePrincipal({ registrations }: Parts, _: GraphRequest, key: string): Reply {
  const appId = appIdIn(key);
  const principal = registrations.principals.find((one) => one.appId === appId || one.id === key);
  if (!principal) throw notFound(key);
  return { status: 200, body: principal };
}

export function createPrincipal({ registrations }: Parts, request: GraphRequest): Reply {
  const { appId } = objectOf(request.body);
  if (!registrations.applications.some((one) => one.appId === appId)) throw badRequest('The appId is not known.');
  if (registrations.principals.some((one) => one.appId === appId)) {
    throw new GraphNo(409, 'Request_MultipleObjectsWithSameKeyValue', 'The service principal already exists.');
  }
  const principal = { id: randomUUID(), appId: String(appId), appRoles: [] };
  registrations.principals.push(principal);
  return { status: 201, body: principal };
}

export function listAssignments({ registrations }: Parts, _: GraphRequest, key: string): Reply {
  return { status: 200, body: { value: registrations.assignments.filter((one) => one.principalId === key) } };
}

/** https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto: this is an administrator's consent. */
export function assign({ registrations }: Parts, request: GraphRequest, key: string): Reply {
  const { principalId, resourceId, appRoleId } = objectOf(request.body) as Omit<Assignment, 'id'>;
  const resource = registrations.principals.find(({ id }) => id === key && id === resourceId);
  if (!resource?.appRoles.some(({ id }) => id === appRoleId))
    throw badRequest('Permission being assigned was not found.');
  const isThere = registrations.assignments.some(
    (one) => one.principalId === principalId && one.appRoleId === appRoleId,
  );
  if (isThere) throw badRequest('Permission being assigned already exists on the object');
  const made = { id: randomBytes(16).toString('base64url'), principalId, resourceId, appRoleId };
  registrations.assignments.push(made);
  return { status: 201, body: made };
}

/** `applications(appId='...')` beside `applications/{id}`. */
const appIdIn = (key: string) => /^\(appId='([\w-]+)'\)$/.exec(key)?.[1];

function found({ registrations }: Parts, key: string): Application {
  const appId = appIdIn(key);
  const one = registrations.applications.find((application) => application.id === key || application.appId === appId);
  if (!one) throw notFound(key);
  return one;
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw badRequest('The body is not what is expected.');
  return value as Record<string, unknown>;
}
