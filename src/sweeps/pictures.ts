import type { Needs } from '../operations/core/parts.js';
import { dropPictures } from '../operations/publishing/pictures.js';

/** Pictures are kept until their post has ended, and addresses of pages where they are chosen for ten minutes. */
export async function sweepPictures(services: Needs<'collections' | 'clock'>, tenant: string): Promise<void> {
  await dropPictures(services, tenant);
  const { picturePages } = services.collections;
  const past = await picturePages.find(tenant, { expires: { lte: services.clock() } }, { limit: 500 });
  for (const { id } of past) await picturePages.delete(tenant, id);
}
