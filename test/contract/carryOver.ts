import { createHash } from 'node:crypto';
import type { Tokens } from '../../src/networks/network.js';
import type { Author, Publishing, Uploaded, VideoToSend } from '../../src/networks/publishing.js';
import { videoFile } from './videoFiles.js';

export const file = videoFile({ mediaBytes: 700_000 });
export const hashOfFile = createHash('sha256').update(file).digest('base64url');

export const videoToSend = (bytes = file): VideoToSend => ({
  ...{ type: 'video/mp4', bytes: bytes.length, seconds: 12.5, width: 1920, height: 1080, codecs: ['H.264', 'AAC'] },
  read: async (from, to) => bytes.subarray(from, to),
});

export type Signed = { author: Author; tokens: Tokens; publishing: Publishing };

/** Carries a video over in as many tries as it takes; `kept`: what was written down on the way. */
export async function carryOver(
  { author, tokens, publishing }: Signed,
  wire: string,
  { video = videoToSend(), session, tries = 4 }: { video?: VideoToSend; session?: string; tries?: number } = {},
): Promise<{ done: Uploaded | undefined; kept: string[]; times: number }> {
  const kept: string[] = session ? [session] : [];
  const keep = async (one: string) => {
    kept.push(one);
    return true;
  };
  let done: Uploaded | undefined;
  let times = 0;
  do {
    const known = kept.at(-1);
    done = await publishing.videos?.upload(tokens, { author, wire, video, keep, ...(known ? { session: known } : {}) });
    times++;
  } while (done?.kind === 'later' && times < tries);
  return { done, kept, times };
}
