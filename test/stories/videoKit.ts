import { partBytes } from '../../src/operations/publishing/videos.js';
import type { Story } from './story.js';

export type SaidOfVideo = { title?: string; privacy?: string; kids?: string };
type Told = { status: number; body: { sentence?: string; done?: string; partBytes?: number } };

/** What the script of the page asks for, of the page at this address. */
export function pageOf(address: string, more: Record<string, string> = {}) {
  const { origin } = new URL(address);
  const own = { origin, 'sec-fetch-site': 'same-origin', ...more };
  const ask = async (path: string, init: RequestInit): Promise<Told> => {
    const answer = await fetch(`${address}${path}`, { ...init, headers: { ...own, ...init.headers } });
    return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Told['body'] };
  };
  const begin = (bytes: unknown) =>
    ask('/video', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ bytes }) });
  const part = (number: number | string, bytes: Uint8Array) =>
    ask(`/video/${number}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
  const done = (said: Record<string, string>) =>
    ask('/video/done', { method: 'POST', body: new URLSearchParams(said) });
  /** All of it, as a person does. */
  const choose = async (file: Buffer, { title = 'Bikes', privacy = 'unlisted', kids = 'no' }: SaidOfVideo = {}) => {
    const begun = await begin(file.length);
    if (begun.status !== 200) return begun;
    for (let number = 0; number * partBytes < file.length; number++) {
      await part(number, file.subarray(number * partBytes, (number + 1) * partBytes));
    }
    return done({ title, privacy, kids });
  };
  return { begin, part, done, choose };
}

/** What anybody sees on the public page of the pretend channel. */
export const channelPage = async (story: Story): Promise<string> =>
  (await fetch(`${story.app.address}/www.youtube.com/channel/UCcontoso0000000000000101`)).text();

/** The titles there, newest first. */
export const titlesOn = async (story: Story): Promise<string[]> =>
  [...(await channelPage(story)).matchAll(/<h2 class="video">([\s\S]*?)<\/h2>/g)].map(([, title = '']) => title);
