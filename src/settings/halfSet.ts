import { settingsPrefixes } from '../networks/types.js';
import { isLoopbackUrl } from '../platform/loopback.js';
import { listed, type SettingsReader } from '../platform/settingsReader.js';

/** What only a bot of an organisation has any use for. */
const names = ['TENANTS', 'GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID', 'GRAPH_CLIENT_SECRET', 'GRAPH_CLOUD', 'ChannelService'];

/**
 * Without credentials of a bot the sandbox runs. Whoever set an organisation's database, networks or tenants meant a bot
 * for that organisation and left something out: a sandbox on their data would be the worst of answers.
 */
export function refuseHalfSet(read: SettingsReader): void {
  const pairs = settingsPrefixes().flatMap(({ prefix }) => [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`]);
  const isTest = read.text('OUTBOUND_ORIGIN') !== undefined;
  const entra = isTest ? [] : ['ENTRA_CLIENT_ID', 'ENTRA_CLIENT_SECRET'];
  const set = [...names, ...pairs, 'X_CONSUMER_SECRET', ...entra].filter((name) => read.text(name));
  const mongo = read.text('MONGODB_URI');
  if (mongo !== undefined && !isHere(mongo)) set.push('MONGODB_URI');
  if (set.length === 0) return;
  const verb = set.length > 1 ? 'are' : 'is';
  read.problem(
    `${listed(set)} ${verb} set, so MicrosoftAppId and its partners must be set too: without them it is a sandbox.`,
  );
}

/** Every host of the address is this machine. */
function isHere(uri: string): boolean {
  const hosts = /^mongodb:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1]?.split(',') ?? [];
  return hosts.length > 0 && hosts.every((host) => isLoopbackUrl(`http://${host}`));
}
