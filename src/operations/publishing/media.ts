import type { StillPicture } from '../../platform/pictures.js';
import { fitPicture } from '../../platform/pictures.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { after, minuteMs } from '../../rules/publishing/times.js';
import type { Video } from '../../rules/publishing/video.js';
import type { TenantId } from '../../rules/types.js';
import { partBytes, readRange } from '../../store/sealedFiles.js';
import type { Needs } from '../core/parts.js';
import { hashOf, makeTicket, tenantOf } from '../linkouts/tickets.js';
import { openPicture } from './pictures.js';

/** Longer than any carrying over: what a process that died left open is closed by then. */
const livesMs = 15 * minuteMs;

/** An address for each picture of a post, or for its video, at which its network can fetch it until they are closed. */
export async function openMedia(
  { collections, clock, baseUrl }: Needs<'collections' | 'clock' | 'baseUrl'>,
  { tenant, type, pictures = [], video }: Intent,
): Promise<string[]> {
  const shown = [...pictures.map(({ id }) => ({ picture: id })), ...(video ? [{ video: video.id }] : [])];
  const tickets = shown.map(() => makeTicket(tenant));
  const expires = after(clock(), livesMs);
  for (const [at, one] of shown.entries()) {
    await collections.media.insert({ tenant, id: hashOf(tickets[at] ?? ''), version: 1, ...one, type, expires });
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

/** A video is never in memory whole: `read` gives some of it, a part at a time, for as long as it is kept. */
export type OpenVideo = { type: Video['type']; size: number; read(from: number, to: number): AsyncIterable<Buffer> };

/** What is behind an address, as its network takes it; undefined when the address is closed, or none. */
export async function mediaAt(
  services: Needs<'collections' | 'vault' | 'clock' | 'networks' | 'files'>,
  ticket: string,
): Promise<StillPicture | OpenVideo | undefined> {
  const tenant = tenantOf(ticket);
  const open = tenant && (await services.collections.media.get(tenant, hashOf(ticket)));
  if (!open || open.expires <= services.clock()) return undefined;
  if (open.video !== undefined) return openVideo(services, tenant, open.video);
  const way = services.networks.publishing(open.type);
  const picture = await openPicture(services, tenant, open.picture ?? '');
  return picture && typeof way !== 'string' && way.pictures ? fitPicture(picture, way.pictures) : undefined;
}

async function openVideo(
  { collections, files }: Needs<'collections' | 'files'>,
  tenant: TenantId,
  file: string,
): Promise<OpenVideo | undefined> {
  const video = (await collections.videos.get(tenant, file))?.video;
  if (!video) return undefined;
  async function* read(from: number, to: number) {
    for (let at = from; at < to; at += partBytes) {
      const bytes = await readRange(files, { tenant, file }, at, Math.min(to, at + partBytes));
      if (!bytes) throw new Error('a video was taken away while it was fetched');
      yield bytes;
    }
  }
  return { type: video.type, size: video.bytes, read };
}
