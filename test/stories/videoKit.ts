import assert from 'node:assert/strict';
import { partBytes } from '../../src/operations/publishing/videos.js';
import type { Message } from '../../src/sandbox/connector/types.js';
import { world } from '../../src/sandbox/world.js';
import { later, until } from './publishingKit.js';
import type { Player, Story } from './story.js';

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

/** Begins a post with this profile; gives where its video is chosen. */
export async function addressFor(player: Player, text: string, handle = 'contoso'): Promise<string> {
  await player.says(`post ${handle} "${text}"`);
  await player.clicks('Video');
  return String(player.action('Choose in the browser').url);
}

/** Chooses a video there, and sees the preview with it. */
export async function chooses(
  story: Story,
  player: Player,
  address: string,
  file: Buffer,
  said: SaidOfVideo = {},
): Promise<Message> {
  const { status, body } = await pageOf(address).choose(file, said);
  assert.equal(status, 200, JSON.stringify(body));
  await story.settled();
  player.sees('Preview of your post');
  return player.message();
}

/** Lets time pass until the card says that the post is out. */
export async function untilOut(story: Story, player: Player, card: Message, minutes = 0.1): Promise<void> {
  await until(
    async () => /Your post is out/.test(player.looksAt(card).words()),
    () => later(story, { minutes }),
  );
  player.looksAt(card).sees('Your post is out');
}

export const heldPost = async (story: Story) => (await story.store.intents.find(world.tenant.id, { state: 'held' }))[0];

/** In the hold, with no time passing: all but the last call is done. */
export async function untilCarried(story: Story): Promise<void> {
  await until(
    async () => (await heldPost(story))?.uploads !== undefined,
    () => story.settled(),
  );
}

export const videosKept = (story: Story) => story.store.videos.find(world.tenant.id, {});

/** What anybody sees on the public page of the pretend channel. */
export const channelPage = async (story: Story): Promise<string> =>
  (await fetch(`${story.app.address}/www.youtube.com/channel/UCcontoso0000000000000101`)).text();

/** The titles there, newest first. */
export const titlesOn = async (story: Story): Promise<string[]> =>
  [...(await channelPage(story)).matchAll(/<h2 class="video">([\s\S]*?)<\/h2>/g)].map(([, title = '']) => title);
