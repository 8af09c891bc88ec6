import { NetworkTrouble } from '../network.js';

/** Where bytes go is named by LinkedIn: a token or a secret goes along, so it goes to LinkedIn's own hosts alone. */
export function ownAddress(address: string): string {
  if (!isOwnAddress(address)) throw new NetworkTrouble('unknown', 'LinkedIn named an address that is not its own.');
  return address;
}

export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username } = new URL(address);
  return protocol === 'https:' && /^(?:[\w-]+\.)*linkedin\.com$/.test(hostname) && port === '' && username === '';
}
