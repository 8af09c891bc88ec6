import type { Needs } from '../operations/core/parts.js';
import { dropPictures } from '../operations/publishing/pictures.js';
import { dropPast } from '../store/dropPast.js';

/** Pictures are kept until their post has ended, and addresses of pages where they are chosen for ten minutes. */
export async function sweepPictures(services: Needs<'collections' | 'clock'>, tenant: string): Promise<void> {
  await dropPictures(services, tenant);
  await dropPast(services.collections.picturePages, tenant, services.clock());
}
