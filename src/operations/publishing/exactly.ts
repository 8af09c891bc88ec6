import type { Intent } from '../../rules/publishing/intent.js';
import { seenOf } from '../../rules/publishing/video.js';
import { hashOf } from '../linkouts/tickets.js';

/**
 * The hash of exactly what would be sent: with which profile, the text as it goes over the wire, what it is done to, and
 * the very bytes and words of its pictures or its video. It is worked out anew from what is stored each time, so that a yes to one
 * thing is none to another, however that came to be stored.
 */
export const exactHash = ({ type, profile, wire, kind, target, pictures = [], video }: Intent): string =>
  hashOf(
    JSON.stringify([
      ...[type, profile, wire, kind ?? 'post', target?.id ?? '', target?.comment ?? ''],
      pictures.map(({ hash, alt }) => [hash, alt]),
      ...(video ? [seenOf(video)] : []),
    ]),
  );
