/** Fills the Teams app manifest and packs it with its icons: `npm run package` -> build/social-profiles.zip. */
import { createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ZipFile } from 'yazl';
import { type Command, commands } from '../src/bot/input/commands.js';
import { isGuid } from '../src/platform/guid.js';
import { tabResource } from '../src/web/tab/tabToken.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root));

export type Manifest = Record<string, unknown> & { bots: { commandLists: { commands: ListedCommand[] }[] }[] };
/** Older Teams clients show 32 and 128 characters of them, and ten in all. */
type ListedCommand = { title: string; description: string };
type Env = Record<string, string | undefined>;

/**
 * The manifest for one installation, from the bot's own settings `MicrosoftAppId`, `BASE_URL` and, when it is set,
 * `ENTRA_CLIENT_ID` (the app that the tab's sign-on is for); optional: `DEVELOPER_NAME`, `WEBSITE_URL`, `PRIVACY_URL`, `TERMS_URL` (https),
 * `TEAMS_APP_ID` (where Teams' developer portal gave the app an id of its own). Schema 1.25 is the first with
 * `supportsChannelFeatures` (shared and private channels); nothing newer is used, so every catalogue takes it.
 * @throws Error naming everything that is missing or wrong
 */
export function fillManifest(env: Env): Manifest {
  const { botId, base } = checked(env);
  const entraId = env.ENTRA_CLIENT_ID || botId;
  const values: Record<string, string> = {
    botId,
    appId: env.TEAMS_APP_ID || botId,
    domain: base.hostname,
    tab: `${base.href.replace(/\/+$/, '')}/tab/profiles`,
    entraId,
    resource: tabResource(base.href, entraId),
    version: (JSON.parse(read('package.json').toString()) as { version: string }).version,
    developer: env.DEVELOPER_NAME ?? 'Your organisation',
    website: env.WEBSITE_URL ?? base.href,
    privacy: env.PRIVACY_URL ?? new URL('privacy', base).href,
    terms: env.TERMS_URL ?? new URL('terms', base).href,
  };
  const fill = (_: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '') : value;
  const manifest = JSON.parse(read('manifest/manifest.json').toString(), fill) as Manifest;
  for (const bot of manifest.bots) for (const list of bot.commandLists) list.commands = listedCommands();
  return manifest;
}

/** A click on one puts its title into the box; the description says how it goes on. */
function listedCommands(): ListedCommand[] {
  const rows: [string, Command][] = Object.entries(commands);
  return rows
    .filter(([, { listed }]) => listed)
    .map(([title, { usage, about }]) => ({ title, description: usage === title ? about : `${about} ${usage}` }));
}

function checked(env: Env): { botId: string; base: URL } {
  const botId = env.MicrosoftAppId ?? '';
  const addresses = ['BASE_URL', 'WEBSITE_URL', 'PRIVACY_URL', 'TERMS_URL'];
  const problems = [
    ...(isGuid(botId) ? [] : ['MicrosoftAppId must be the bot’s app id']),
    ...(!env.TEAMS_APP_ID || isGuid(env.TEAMS_APP_ID)
      ? []
      : ['TEAMS_APP_ID must be the id that the developer portal gave']),
    ...(env.BASE_URL ? [] : ['BASE_URL must say how browsers reach the bot']),
    ...addresses
      .filter((name) => env[name] && !isHttps(env[name]))
      .map((name) => `${name} must be an https address: Teams takes no other`),
  ];
  if (problems.length > 0) throw new Error(`${problems.join('.\n')}.`);
  return { botId, base: new URL(env.BASE_URL ?? '') };
}

const isHttps = (address: string) => URL.canParse(address) && new URL(address).protocol === 'https:';

/** Writes the package to upload in Teams; the same input gives the same bytes. Answers with its path. */
export async function writePackage(env: Env, path = fileURLToPath(new URL('build/social-profiles.zip', root))) {
  const zip = new ZipFile();
  const options = { mtime: new Date(Date.UTC(2026, 0, 1)), mode: 0o100644 };
  zip.addBuffer(Buffer.from(`${JSON.stringify(fillManifest(env), null, 2)}\n`), 'manifest.json', options);
  for (const icon of ['color.png', 'outline.png']) zip.addBuffer(read(`manifest/${icon}`), icon, options);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const path = await writePackage(process.env);
    console.log(`Upload ${path} in the Teams admin center: Teams apps, Manage apps, Upload new app.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
