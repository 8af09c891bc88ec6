/**
 * `npm run setup:entra -- --tenant <id> --base-url https://social.contoso.com [--dry-run] [--bot <client id>]
 * [--new-secrets] [--out .env]`: both app registrations, by Microsoft Graph, as the administrator who signs in with the code
 * that is shown. What is there already stays. Settings go into the file, for its owner alone; secrets are never printed.
 */
import { parseArgs } from 'node:util';
import { clouds } from '../src/directory/clouds.js';
import { realTime } from '../src/platform/clock.js';
import { isGuid } from '../src/platform/guid.js';
import { setUpEntra } from '../src/setup/entra.js';
import { keepSettings } from '../src/setup/envFile.js';
import { createAdminGraph } from '../src/setup/graph.js';

/** "Microsoft Graph Command Line Tools", which is in every organisation: it asks for the two scopes below and no more. */
const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const scopes = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const { values } = parseArgs({
    options: {
      tenant: { type: 'string' },
      'base-url': { type: 'string' },
      bot: { type: 'string' },
      out: { type: 'string', default: '.env' },
      cloud: { type: 'string', default: 'global' },
      'dry-run': { type: 'boolean', default: false },
      'new-secrets': { type: 'boolean', default: false },
    },
  });
  await main(values);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main(values: Record<string, string | boolean | undefined>): Promise<void> {
  const { tenant = '', bot, out = '.env' } = values as Record<string, string | undefined>;
  const baseUrl = baseUrlIn(String(values['base-url'] ?? process.env.BASE_URL ?? ''));
  if (!isGuid(tenant)) throw new Error('Name your organisation by its tenant id: --tenant 00000000-0000-...');
  if (bot !== undefined && !isGuid(bot)) throw new Error('--bot wants the client id of an app registration.');
  const cloud = Object.hasOwn(clouds, String(values.cloud)) ? clouds[values.cloud as keyof typeof clouds] : undefined;
  if (!cloud) throw new Error(`--cloud is one of ${Object.keys(clouds).join(', ')}.`);

  const { DeviceCodeCredential } = await import('@azure/identity');
  const credential = new DeviceCodeCredential({
    ...{ tenantId: tenant, clientId, authorityHost: cloud.authority },
    userPromptCallback: ({ message }) => say(message),
  });
  const asked = scopes.map((scope) => `${cloud.graph}/${scope}`);
  const token = async () => (await credential.getToken(asked)).token;
  const graph = createAdminGraph({ root: cloud.graph, token, outbound: (url) => new URL(url) });
  const isDry = values['dry-run'] === true;
  const wanted = { baseUrl, now: realTime(), isDry, newSecrets: values['new-secrets'] === true, say };
  const made = await setUpEntra(graph, { ...wanted, ...(bot ? { botAppId: bot } : {}) });
  if (isDry) {
    say('Nothing was changed.');
    return;
  }
  const settings = { ...made, BASE_URL: baseUrl, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: tenant };
  keepSettings(out, settings);
  say(`The settings are in ${out}. It holds secrets: keep it to yourself. Next: npm run doctor, once the bot runs.`);
}

function baseUrlIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.pathname === '/') return url.origin;
  throw new Error('Say how browsers will reach the bot: --base-url https://social.contoso.com');
}
