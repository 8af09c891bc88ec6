import { type NetworkId, networkIds } from '../rules/types.js';
import { networkRow } from './index.js';
import type { LinkTarget } from './link.js';
import { withoutTail } from './sameText.js';

/** A pasted link, read without asking anybody. */
export type PastedLink = { network: NetworkId; url: string } & LinkTarget;

/**
 * What a pasted link leads to; undefined for what leads to no network. Wrappers that mail and chat put around links are
 * taken off first. `real` turns an address as browsers see it into the network's own, where they differ.
 */
export function readLink(pasted: string, real: (url: URL) => URL = (url) => url): PastedLink | undefined {
  const url = unwrapped(urlIn(pasted), real);
  if (!url || url.username || url.password || url.port) return undefined;
  const host = url.hostname.toLowerCase();
  const path = decoded(url.pathname).replace(/\/+$/, '');
  for (const network of networkIds) {
    for (const form of networkRow(network).links) {
      const found = form.host.test(host) ? form.path.exec(path) : null;
      const target = found ? form.leadsTo(found, url.searchParams) : undefined;
      if (target) return { network, url: url.href, ...target };
    }
  }
  return undefined;
}

/** No network's link is longer, wrapped or not. */
const longestLink = 8192;

/** People paste links in brackets, with a full stop behind, or without their beginning. */
function urlIn(pasted: string): URL | undefined {
  if (pasted.length > longestLink) return undefined;
  const bare = withoutTail(pasted.trim().replace(/^<(.*)>$/s, '$1'), '.,;!');
  if (/\s/.test(bare)) return undefined;
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(bare) ? bare : `https://${bare}`;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

/** Mail and Teams put a link into the query of another, under `url`. */
const wrappers: { host: RegExp; path?: RegExp }[] = [
  { host: /^(?:[\w-]+\.)+safelinks\.protection\.(?:outlook\.com|office365\.us|partner\.outlook\.cn)$/ },
  { host: /^statics\.teams\.cdn\.(?:office|live)\.net$/, path: /^\/evergreen-assets\/safelinks\// },
];
const mostWrappers = 5;

function unwrapped(url: URL | undefined, real: (url: URL) => URL): URL | undefined {
  let here = url && real(url);
  for (let turn = 0; here && turn < mostWrappers; turn++) {
    const { hostname, pathname, searchParams }: URL = here;
    if (!wrappers.some(({ host, path }) => host.test(hostname) && (!path || path.test(pathname)))) return here;
    const inner = urlIn(searchParams.get('url') ?? '');
    here = inner && real(inner);
  }
  return undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
