import type { Needs } from '../operations/core/parts.js';
import { dropPictures } from '../operations/publishing/pictures.js';
import { dropVideos } from '../operations/publishing/videos.js';
import { dropPast } from '../store/dropPast.js';

/** Pictures and videos are kept until their post has ended, and addresses, of pages and for networks, for minutes. */
export async function sweepPictures(services: Needs<'collections' | 'files' | 'clock'>, tenant: string): Promise<void> {
  await dropPictures(services, tenant);
  await dropVideos(services, tenant);
  const { picturePages, media, watchPages } = services.collections;
  await dropPast(picturePages, tenant, services.clock());
  await dropPast(media, tenant, services.clock());
  await dropPast(watchPages, tenant, services.clock());
}
