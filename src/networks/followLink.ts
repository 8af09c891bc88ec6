import { realThrough } from '../platform/outbound.js';
import { type Kit, send } from './http.js';
import { type PastedLink, readLink } from './links.js';
import { NetworkTrouble } from './network.js';

/** Where a pasted link leads, short links followed. */
export type Followed = PastedLink | { kind: 'nowhere' } | { kind: 'later' };

/**
 * What a pasted link leads to. A network's own short link is asked where it leads: one hop, at that network's host only,
 * without cookies. The address that it names is read like a pasted one and never opened, so it may be any.
 */
export async function followLink(kit: Kit, pasted: string): Promise<Followed> {
  const real = realThrough(kit.outbound);
  const link = readLink(pasted, real);
  if (link?.kind !== 'short') return link ?? { kind: 'nowhere' };
  try {
    const { status, headers } = await send(kit, 'The short link', link.url, { method: 'HEAD' });
    const target = status >= 300 && status <= 399 ? readLink(headers.get('location') ?? '', real) : undefined;
    // A short link behind a short link is nobody's pasted post.
    return target && target.kind !== 'short' ? target : { kind: 'nowhere' };
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    return { kind: 'later' };
  }
}
