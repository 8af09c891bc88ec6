import type { Needs } from '../../operations/core/parts.js';
import { mediaAt, type OpenVideo } from '../../operations/publishing/media.js';
import type { WebAnswer, WebHandler } from '../server/exchange.js';
import { ranged } from '../server/range.js';

/** A picture or a video while a network fetches it: its bytes at once, by an address that nobody guesses and that is closed after. */
export function mediaHandler(services: Needs<'collections' | 'vault' | 'clock' | 'networks' | 'files'>): WebHandler {
  return async ({ params, headers }) => {
    const media = await mediaAt(services, params.id ?? '');
    if (!media) return { status: 404 };
    if ('read' in media) return videoAnswer(media, headers.range);
    const { bytes, type } = media;
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: bytes };
  };
}

/** All of it, or one range, whatever its length: it is passed on a part at a time. */
function videoAnswer({ type, size, read }: OpenVideo, range: string | undefined): WebAnswer {
  const asked = ranged(range, { size, type });
  if (!('from' in asked)) return asked.answer;
  const { from, to, answer } = asked;
  return { ...answer, parts: { length: to - from, bytes: read(from, to) } };
}
