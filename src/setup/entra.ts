import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { directoryPermissions } from '../directory/permissions.js';
import { dayMs } from '../platform/spans.js';
import { tabResource, teamsClients } from '../web/tab/tabToken.js';
import type { AdminGraph } from './graph.js';

/** Microsoft Graph itself: the same id in every organisation. */
const graphAppId = '00000003-0000-0000-c000-000000000000';
/** How the two registrations are found again, whatever somebody calls them. */
const tags = { bot: 'social-profiles-bot', browser: 'social-profiles-browser' } as const;
const scopeName = 'access_as_user';
const secretLifeMs = 365 * dayMs;
const secretName = 'social-profiles';

export type SetUp = {
  /** How browsers reach the bot, without a slash at the end. */
  baseUrl: string;
  now: Date;
  isDry: boolean;
  /** The client id of a registration that is there already, to be the bot's. */
  botAppId?: string;
  /** Makes a new secret although one is there. */
  newSecrets: boolean;
  say: (line: string) => void;
};

const application = z.object({
  id: z.string(),
  appId: z.string(),
  tags: z.array(z.string()).default([]),
  identifierUris: z.array(z.string()).default([]),
  web: z.object({ redirectUris: z.array(z.string()).default([]) }).default({ redirectUris: [] }),
  requiredResourceAccess: z
    .array(
      z.object({ resourceAppId: z.string(), resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })) }),
    )
    .default([]),
  passwordCredentials: z
    .array(z.object({ displayName: z.string().nullish(), endDateTime: z.string().nullish() }))
    .default([]),
  api: z
    .object({
      oauth2PermissionScopes: z.array(z.looseObject({ id: z.string(), value: z.string().nullish() })).default([]),
      preAuthorizedApplications: z
        .array(z.object({ appId: z.string(), delegatedPermissionIds: z.array(z.string()) }))
        .default([]),
    })
    .nullish(),
});
type Application = z.infer<typeof application>;
const principal = z.object({ id: z.string() });
const graphPrincipal = principal.extend({
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })),
});
const assignments = z.object({ value: z.array(z.object({ appRoleId: z.string(), resourceId: z.string() })) });
const listed = z.object({ value: z.array(application) });
const password = z.object({ secretText: z.string().min(1) });
const nothing = z.unknown();

/**
 * Both app registrations as the bot wants them: what is missing is made, what is there stays. Answers with the settings
 * that came of it; secrets only where they were made just now.
 */
export async function setUpEntra(graph: AdminGraph, wanted: SetUp): Promise<Record<string, string>> {
  const bot = await registration(graph, wanted, 'bot', 'Social Profiles');
  await permit(graph, wanted, bot);
  const browser = await registration(graph, wanted, 'browser', 'Social Profiles sign-in');
  await expose(graph, wanted, browser);
  return {
    MicrosoftAppId: bot.appId,
    ...(await secret(graph, wanted, bot, 'MicrosoftAppPassword')),
    ENTRA_CLIENT_ID: browser.appId,
    ...(await secret(graph, wanted, browser, 'ENTRA_CLIENT_SECRET')),
  };
}

/** In a dry run nothing has an id yet. */
const notYet: Application = application.parse({ id: 'not-yet', appId: '(made then)' });

async function registration(
  graph: AdminGraph,
  { isDry, say, botAppId }: SetUp,
  which: keyof typeof tags,
  displayName: string,
): Promise<Application> {
  const tag = tags[which];
  const named =
    which === 'bot' && botAppId ? await graph.get(`/applications(appId='${botAppId}')`, application) : undefined;
  if (which === 'bot' && botAppId && !named) throw new Error(`No app registration has the id ${botAppId}.`);
  const found = named ?? (await graph.get(`/applications?$filter=tags/any(t:t eq '${tag}')`, listed))?.value[0];
  say(`${displayName}: ${found ? `is there (${found.appId})` : doing(isDry, 'register the app')}`);
  if (isDry) return found ?? notYet;
  const made =
    found ??
    (await graph.send(
      'POST',
      '/applications',
      { displayName, signInAudience: 'AzureADMyOrg', tags: [tag] },
      application,
    ));
  if (!(await graph.get(`/servicePrincipals(appId='${made.appId}')`, principal))) {
    await graph.send('POST', '/servicePrincipals', { appId: made.appId }, principal);
  }
  return made;
}

/** The permissions of the directory: asked for by the registration, and consented to for the organisation. */
async function permit(graph: AdminGraph, { isDry, say }: SetUp, bot: Application): Promise<void> {
  const microsoft = await graph.get(`/servicePrincipals(appId='${graphAppId}')?$select=id,appRoles`, graphPrincipal);
  if (!microsoft) throw new Error('This organisation has no Microsoft Graph.');
  const roles = directoryPermissions.map(({ name }) => {
    const role = microsoft.appRoles.find(({ value }) => value === name);
    if (!role) throw new Error(`Microsoft Graph has no permission ${name} here.`);
    return { name, id: role.id };
  });
  const asked =
    bot.requiredResourceAccess.find(({ resourceAppId }) => resourceAppId === graphAppId)?.resourceAccess ?? [];
  const missing = roles.filter(({ id }) => !asked.some((one) => one.id === id));
  for (const { name } of missing) say(`${name}: ${doing(isDry, 'ask for it')}`);
  if (missing.length > 0 && !isDry) {
    const resourceAccess = [...asked, ...missing.map(({ id }) => ({ id, type: 'Role' }))];
    const others = bot.requiredResourceAccess.filter(({ resourceAppId }) => resourceAppId !== graphAppId);
    const requiredResourceAccess = [...others, { resourceAppId: graphAppId, resourceAccess }];
    await graph.send('PATCH', `/applications/${bot.id}`, { requiredResourceAccess }, nothing);
  }
  const own = bot === notYet ? undefined : await graph.get(`/servicePrincipals(appId='${bot.appId}')`, principal);
  const given = own
    ? ((await graph.get(`/servicePrincipals/${own.id}/appRoleAssignments`, assignments))?.value ?? [])
    : [];
  for (const { name, id } of roles) {
    const isGiven = given.some(({ appRoleId, resourceId }) => appRoleId === id && resourceId === microsoft.id);
    say(`${name}: ${isGiven ? 'is consented to' : doing(isDry, 'consent to it')}`);
    if (isGiven || isDry || !own) continue;
    const body = { principalId: own.id, resourceId: microsoft.id, appRoleId: id };
    await graph.send('POST', `/servicePrincipals/${microsoft.id}/appRoleAssignedTo`, body, nothing);
  }
}

/** Where browsers come back to, and the one scope that Teams asks for when the tab signs on. */
async function expose(graph: AdminGraph, { baseUrl, isDry, say }: SetUp, browser: Application): Promise<void> {
  const path = `/applications/${browser.id}`;
  const patch = (body: object) => graph.send('PATCH', path, body, nothing);
  const redirect = `${baseUrl}/link/callback/entra`;
  if (!browser.web.redirectUris.includes(redirect)) {
    say(`${redirect}: ${doing(isDry, 'add the redirect URI')}`);
    if (!isDry) await patch({ web: { redirectUris: [...browser.web.redirectUris, redirect] } });
  }
  const uri = tabResource(baseUrl, browser.appId);
  if (!browser.identifierUris.includes(uri)) {
    say(`${uri}: ${doing(isDry, 'add the application ID URI')}`);
    if (!isDry) await patch({ identifierUris: [...browser.identifierUris, uri] });
  }
  const scopes = browser.api?.oauth2PermissionScopes ?? [];
  const scope = scopes.find(({ value }) => value === scopeName) ?? { ...newScope, id: randomUUID() };
  if (!scopes.includes(scope)) {
    say(`${scopeName}: ${doing(isDry, 'add the scope')}`);
    if (!isDry) await patch({ api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [...scopes, scope] } });
  }
  await authorise(browser.api?.preAuthorizedApplications ?? [], scope.id);

  /** Apart from the scope: Entra takes it only once the scope is there. */
  async function authorise(before: { appId: string; delegatedPermissionIds: string[] }[], id: string): Promise<void> {
    const missing = teamsClients.filter(
      (client) =>
        !before.some(({ appId, delegatedPermissionIds }) => appId === client && delegatedPermissionIds.includes(id)),
    );
    if (missing.length === 0) return;
    say(`Teams' own clients: ${doing(isDry, 'authorise them')}`);
    const others = before.filter(({ appId }) => !missing.includes(appId));
    const added = missing.map((appId) => ({ appId, delegatedPermissionIds: [id] }));
    if (!isDry) await patch({ api: { preAuthorizedApplications: [...others, ...added] } });
  }
}

const newScope = {
  value: scopeName,
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: 'Sign in to Social Profiles',
  adminConsentDescription: 'Lets Teams tell the app who is in its tab.',
  userConsentDisplayName: 'Sign in to Social Profiles',
  userConsentDescription: 'Lets Teams tell the app who you are.',
};

/** A secret of a year, made when none of ours is good for another month. It is seen once, by whoever asked for it. */
async function secret(
  graph: AdminGraph,
  wanted: SetUp,
  app: Application,
  setting: string,
): Promise<Record<string, string>> {
  const { now, isDry, newSecrets, say } = wanted;
  const monthMs = 30 * dayMs;
  const isGood = app.passwordCredentials.some(
    ({ displayName, endDateTime }) =>
      displayName === secretName && Date.parse(endDateTime ?? '') - monthMs > now.getTime(),
  );
  if (isGood && !newSecrets) {
    say(`${setting}: a secret is there; --new-secrets makes another`);
    return {};
  }
  say(`${setting}: ${doing(isDry, 'make a secret, good for a year')}`);
  if (isDry) return {};
  const endDateTime = new Date(now.getTime() + secretLifeMs).toISOString();
  const body = { passwordCredential: { displayName: secretName, endDateTime } };
  const { secretText } = await graph.send('POST', `/applications/${app.id}/addPassword`, body, password);
  return { [setting]: secretText };
}

const doing = (isDry: boolean, what: string) => (isDry ? `would ${what}` : what);
