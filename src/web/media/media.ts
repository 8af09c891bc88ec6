import type { Needs } from '../../operations/core/parts.js';
import { mediaAt, type OpenVideo } from '../../operations/publishing/media.js';
import type { WebAnswer, WebHandler } from '../server/exchange.js';

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

/** All of it, or one range: https://www.rfc-editor.org/rfc/rfc9110#name-range */
function videoAnswer({ type, size, read }: OpenVideo, range: string | undefined): WebAnswer {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'accept-ranges': 'bytes' };
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return { status: 200, headers, parts: { length: size, bytes: read(0, size) } };
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (from >= to) return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  const told = { ...headers, 'content-range': `bytes ${from}-${to - 1}/${size}` };
  return { status: 206, headers: told, parts: { length: to - from, bytes: read(from, to) } };
}
