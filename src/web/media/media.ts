import type { Needs } from '../../operations/core/parts.js';
import { mediaAt } from '../../operations/publishing/media.js';
import type { WebHandler } from '../server/exchange.js';

/** A picture while a network fetches it: its bytes at once, by an address that nobody guesses and that is closed after. */
export function mediaHandler(services: Needs<'collections' | 'vault' | 'clock' | 'networks'>): WebHandler {
  return async ({ params }) => {
    const picture = await mediaAt(services, params.id ?? '');
    if (!picture) return { status: 404 };
    const { bytes, type } = picture;
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: bytes };
  };
}
