import { isLoopbackHost } from './loopback.js';

/** Maps an address of the outside world to where it is really reached. */
export type Outbound = (url: string | URL) => URL;

/**
 * With an origin (tests and sandbox only), `https://api.x.com/2/users/me` becomes `<origin>/api.x.com/2/users/me`;
 * without one, an address is itself. Paging and delta links name real hosts, so they pass through here as well.
 */
export function outboundThrough(origin: string | undefined): Outbound {
  if (!origin) return (url) => new URL(url);
  return (url) => {
    const real = new URL(url);
    if (real.origin === origin) return real;
    return new URL(`/${real.host}${real.pathname}${real.search}${real.hash}`, origin);
  };
}

/** This machine goes by several names, and a browser's address bar may hold any of them. */
function isSame(url: URL, origin: string): boolean {
  const own = new URL(origin);
  const isHere = isLoopbackHost(url.hostname) && isLoopbackHost(own.hostname);
  return url.origin === origin || (isHere && url.port === own.port && url.protocol === own.protocol);
}

/** The way back: what a browser has in its address bar, as the address of the outside world that it stands for. */
export function realThrough(outbound: Outbound): (url: URL) => URL {
  const probe = 'https://example.com/';
  const { origin } = outbound(probe);
  if (origin === new URL(probe).origin) return (url) => url;
  return (url) => {
    const [, host, path] = /^\/([^/]+\.[^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    return isSame(url, origin) && host ? new URL(`https://${host}${path ?? '/'}${url.search}`) : url;
  };
}
