import type { NetworkId } from '../../rules/types.js';
import { initialsPicture } from '../initials.js';
import type { Reply } from './call.js';

/** Where each network keeps the pictures of accounts: on a host for files, beside that of its calls. */
const hosts: Record<NetworkId, string> = {
  x: 'pbs.twimg.com',
  facebook: 'scontent.xx.fbcdn.net',
  instagram: 'scontent.cdninstagram.com',
  linkedin: 'media.licdn.com',
  youtube: 'yt3.ggpht.com',
};

/** The address of an account's picture. It says all that the picture is drawn from, so there is nothing to keep. */
export const portraitOf = (network: NetworkId, { name }: { name: string }): string =>
  `https://${hosts[network]}/${encodeURIComponent(name)}.svg`;

/** As hosts of pictures say it: a page of any origin may show them. */
const headers = { 'cross-origin-resource-policy': 'cross-origin' };

/** What a browser is shown at such an address; undefined: it is of another host. */
export function portraitAt(path: string): Reply | undefined {
  const [, host = '', name = ''] = /^\/([^/?]+)\/([^/?]*)\.svg$/.exec(path) ?? [];
  if (!Object.values(hosts).includes(host)) return undefined;
  const shown = decoded(name);
  return shown === undefined ? { status: 404 } : { status: 200, svg: initialsPicture(shown, shown), headers };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
