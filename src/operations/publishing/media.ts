import type { StillPicture } from '../../platform/pictures.js';
import { fitPicture } from '../../platform/pictures.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { after, minuteMs } from '../../rules/publishing/times.js';
import type { Needs } from '../core/parts.js';
import { hashOf, makeTicket, tenantOf } from '../linkouts/tickets.js';
import { openPicture } from './pictures.js';

/** Longer than any carrying over: what a process that died left open is closed by then. */
const livesMs = 15 * minuteMs;

/** An address for each picture of a post, at which its network can fetch it until they are closed. */
export async function openMedia(
  { collections, clock, baseUrl }: Needs<'collections' | 'clock' | 'baseUrl'>,
  { tenant, type, pictures = [] }: Intent,
): Promise<string[]> {
  const tickets = pictures.map(() => makeTicket(tenant));
  const expires = after(clock(), livesMs);
  for (const [at, { id: picture }] of pictures.entries()) {
    await collections.media.insert({ tenant, id: hashOf(tickets[at] ?? ''), version: 1, picture, type, expires });
  }
  return tickets.map((ticket) => `${baseUrl}/media/${ticket}`);
}

/** They have done their work. */
export async function closeMedia({ collections }: Needs<'collections'>, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const ticket = address.split('/').at(-1) ?? '';
    const tenant = tenantOf(ticket);
    if (tenant) await collections.media.delete(tenant, hashOf(ticket));
  }
}

/** The picture behind an address, as its network takes it; undefined when the address is closed, or none. */
export async function mediaAt(
  services: Needs<'collections' | 'vault' | 'clock' | 'networks'>,
  ticket: string,
): Promise<StillPicture | undefined> {
  const tenant = tenantOf(ticket);
  const open = tenant && (await services.collections.media.get(tenant, hashOf(ticket)));
  if (!open || open.expires <= services.clock()) return undefined;
  const way = services.networks.publishing(open.type);
  const picture = await openPicture(services, tenant, open.picture);
  return picture && typeof way !== 'string' && way.pictures ? fitPicture(picture, way.pictures) : undefined;
}
