import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { world } from '../../src/sandbox/world.js';
import { type Player, Story } from './story.js';

/** What anybody sees on the public page of a pretend X account, newest first. */
export async function shownOnX(story: Story, handle = 'contoso'): Promise<string[]> {
  const page = await (await fetch(`${story.app.address}/x.com/${handle}`)).text();
  return [...page.matchAll(/<p class="text">([\s\S]*?)<\/p>/g)].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
}

/** Megan owns @contoso; nothing is held, unless a test says so. */
export async function openStory(undo: string | undefined = '0'): Promise<{ story: Story; megan: Player }> {
  const story = await Story.open();
  const megan = story.player('megan');
  await megan.adds('contoso');
  if (undo !== undefined) await story.player('lynne').says(`policy undo ${undo}`);
  return { story, megan };
}

/** Time passes, and what is due is done. */
export async function later(story: Story, time: { minutes?: number; days?: number }): Promise<void> {
  story.passes(time);
  await story.sweeps();
}

/** So many days from now, at this time of day where the people are: what is tried does not depend on when. */
export const inDays = (story: Story, days: number): string =>
  DateTime.fromJSDate(story.now(), { zone: 'Europe/Berlin' }).plus({ days }).toFormat('yyyy-MM-dd HH:mm');

/** Two minutes: a slow machine is no fault. */
const mostTries = 1200;

/** Posts of one profile leave a second apart, by the clock on the wall: waits until it is so, with `meanwhile` between looks. */
export async function until(isSo: () => boolean | Promise<boolean>, meanwhile?: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < mostTries && !(await isSo()); tries++) {
    await pause(100);
    await meanwhile?.();
  }
}

/** Titles of what the bot wrote to somebody in their own chat, in order. */
export const toldTo = (story: Story, name: string): string[] =>
  story.sandbox.connector
    .transcript(story.sandbox.connector.personal(story.player(name).id))
    .filter((one) => one.from === 'bot')
    .map((one) => one.summary ?? '');

/** The id of a profile, as its boxes and buttons carry it. */
export async function idOf(story: Story, handle: string): Promise<string> {
  const found = await story.store.profiles.find(world.tenant.id, {});
  return found.find((profile) => profile.handle === handle)?.id ?? assert.fail(`no profile ${handle}`);
}
