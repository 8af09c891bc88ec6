import type { Kept } from '../../operations/linkouts/linkouts.js';
import type { WebRequest } from '../server/exchange.js';

const livesSeconds = 20 * 60;

/**
 * The cookie that ties a link to the browser it was opened in. Behind https it carries the prefix that no other host and
 * no page without https can set. Each Continue makes a new one, under a name of its own: two sign-ins side by side in one
 * browser do not take each other's.
 */
export function linkCookies(baseUrl: string) {
  const isSecure = baseUrl.startsWith('https:');
  const nameOf = (hash: string) => `${isSecure ? '__Host-' : ''}link-${hash.slice(0, 12)}`;
  return {
    /** The `Set-Cookie` that keeps `secret`, which is found again by `hash`. */
    set: (hash: string, secret: string): string =>
      `${nameOf(hash)}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${livesSeconds}${isSecure ? '; Secure' : ''}`,
    keptBy:
      ({ cookie }: WebRequest): Kept =>
      (hash) =>
        cookie(nameOf(hash)),
  };
}
