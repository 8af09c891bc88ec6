import { NetworkTrouble } from '../network.js';
import { ownAddress } from '../ownAddress.js';

export const isAtLinkedIn = (address: string): boolean =>
  ownAddress(address, /^(?:[\w-]+\.)*linkedin\.com$/) !== undefined;

/** An address that LinkedIn named, for bytes. */
export function atLinkedIn(address: string): string {
  if (!isAtLinkedIn(address)) throw new NetworkTrouble('unknown', 'LinkedIn named an address that is not its own.');
  return address;
}
