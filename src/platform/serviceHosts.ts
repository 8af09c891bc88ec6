import { LRUCache } from 'lru-cache';
import { isLoopbackHost } from './loopback.js';

/**
 * Where the bot's token and replies may go: Teams' services, those for governments included (learn.microsoft.com, "Send
 * proactive messages"), and the Bot Connector. Anybody can take a name under trafficmanager.net, so that one is named in full.
 */
const hosts = ['smba.trafficmanager.net'];
const domains = [
  'botframework.com',
  'botframework.azure.us',
  'botframework.us',
  'teams.microsoft.com',
  'teams.microsoft.us',
];

/** Activities name few services, each turn twice; taking an address apart is most of the judging. */
const judged = new LRUCache<string, boolean>({ max: 200 });

/** `loopback`: this machine is the service, in the sandbox and in tests; then only this machine is. */
export function isServiceUrl(serviceUrl: string, { loopback }: { loopback: boolean }): boolean {
  const key = `${loopback ? 'here' : 'there'} ${serviceUrl}`;
  const known = judged.get(key);
  if (known !== undefined) return known;
  const verdict = judge(serviceUrl, loopback);
  judged.set(key, verdict);
  return verdict;
}

function judge(serviceUrl: string, loopback: boolean): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname, username, password, port } = new URL(serviceUrl);
  if (username || password) return false;
  if (loopback) return isLoopbackHost(hostname) && (protocol === 'http:' || protocol === 'https:');
  const isKnown = hosts.includes(hostname) || domains.some((domain) => hostname.endsWith(`.${domain}`));
  return protocol === 'https:' && port === '' && isKnown;
}

/**
 * Where the files of a person's chats are: their OneDrive, under sharepoint.com. National clouds with domains of their own
 * hand bots no files (learn.microsoft.com, "Send and receive files through the bot").
 */
export function isStorageUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, port } = new URL(address);
  return protocol === 'https:' && !username && !password && port === '' && hostname.endsWith('.sharepoint.com');
}
