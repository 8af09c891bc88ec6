import { Readable } from 'node:stream';
import { type Answer, type Kit, send } from '../http.js';
import type { VideoToSend } from '../publishing.js';

/** Nobody's line is so slow that more time would help it: a megabyte takes a second more. */
const bytesInMs = 1000;

type Bytes = { video: VideoToSend; from: number; headers: Record<string, string> };

/**
 * All bytes of a video from one place on, in one request, as Meta wants them; some of them in memory at a time. What breaks off
 * is gone on with from where Meta says it stands. The token goes as `OAuth`, in the header alone.
 * @throws NetworkTrouble `passing` when no answer came, or the bytes are not wanted there any more
 */
export function sendBytes(
  kit: Kit,
  label: string,
  url: string,
  access: string,
  { video, from, headers }: Bytes,
): Promise<Answer> {
  const { bytes: size, read } = video;
  async function* rest() {
    for (let at = from; at < size; at += kit.chunkBytes) {
      const bytes = await read(at, Math.min(size, at + kit.chunkBytes));
      if (!bytes) throw new Error('nobody wants the video there any more');
      yield bytes;
    }
  }
  const patient = { ...kit, timeoutMs: kit.publishTimeoutMs + Math.ceil((size - from) / bytesInMs) };
  const init = {
    method: 'POST',
    headers: {
      ...{ authorization: `OAuth ${access}`, accept: 'application/json' },
      ...{ 'content-type': 'application/octet-stream', 'content-length': String(size - from) },
      ...headers,
    },
    body: Readable.toWeb(Readable.from(rest())),
    duplex: 'half',
  };
  return send(patient, label, url, init as RequestInit);
}
