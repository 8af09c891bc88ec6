import { realTime } from '../platform/clock.js';
import type { Env } from '../platform/settingsReader.js';
import { SettingsError } from '../platform/settingsReader.js';
import { readSettings, type Settings } from '../settings.js';
import { checkAddress } from './addressChecks.js';
import { checkBotToken } from './botChecks.js';
import { type Finding, look, ok, wrong } from './finding.js';
import { checkNetworks } from './networkChecks.js';
import { checkDirectory } from './outsideChecks.js';
import { checkStore } from './storeChecks.js';

/** What is looked at once the settings fit together. Each is on its own: one that fails hides no other. */
const checks: readonly [name: string, check: (settings: Settings) => Promise<Finding[]>][] = [
  ['store', checkStore],
  ['directory', (settings) => checkDirectory(settings, realTime)],
  ['bot token', (settings) => checkBotToken(settings, realTime)],
  ['address', checkAddress],
  ['networks', (settings) => checkNetworks(settings, realTime)],
];

/** Looks at everything that the bot needs to run with these settings, and says what is wrong and how it is mended. */
export async function examine(env: Env): Promise<Finding[]> {
  const settings = settingsOf(env);
  return Array.isArray(settings) ? settings : lookThrough(settings);
}

/** The same with settings that were read already. */
export async function lookThrough(settings: Settings): Promise<Finding[]> {
  if (settings.mode === 'sandbox') return [ok('settings', 'none is set: the sandbox runs, and needs nothing else')];
  const found = await Promise.all(checks.map(([name, check]) => check(settings).catch(() => [broken(name)])));
  return [ok('settings', 'they fit together'), ...found.flat()];
}

/** The sentences of the settings name what is wrong, and say what it has to be. */
function settingsOf(env: Env): Settings | Finding[] {
  try {
    return readSettings(env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map((problem) =>
      wrong(nameIn(problem), problem, 'Set it as README.md says under "Settings".'),
    );
  }
}

const names =
  /\b(Microsoft\w+|Certificate\w+|ChannelService|To(?:Bot|Channel)\w+|OAuthUrl|CallerId|[A-Z\d]+(?:_[A-Z\d]+)+|PORT|ADMINS|TENANTS)\b/;

/** What is missing where one thing needs another, else what the sentence is about. */
function nameIn(problem: string): string {
  const missing = /, so (.*)/.exec(problem)?.[1] ?? problem;
  return names.exec(missing)?.[1] ?? 'settings';
}

const broken = (name: string): Finding => look(name, 'it could not be looked at.');
