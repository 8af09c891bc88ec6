import type { Needs } from '../../operations/core/parts.js';
import { mediaAt, type OpenVideo } from '../../operations/publishing/media.js';
import type { WebAnswer, WebHandler } from '../server/exchange.js';
import { rangeIn } from '../server/range.js';

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
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'accept-ranges': 'bytes' };
  const asked = rangeIn(range, size, size);
  if (!asked) return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  const { from, to } = asked;
  const parts = { length: to - from, bytes: read(from, to) };
  if (range === undefined) return { status: 200, headers, parts };
  return { status: 206, headers: { ...headers, 'content-range': `bytes ${from}-${to - 1}/${size}` }, parts };
}
