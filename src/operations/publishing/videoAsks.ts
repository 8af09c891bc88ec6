import type { Networks } from '../../networks/createNetworks.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { wayOf } from './actOf.js';

/** What has to be said of a video, for all the profiles that it goes out as. `title`: absent where none of them shows one. */
export type VideoAsks = { title?: 'needed' | 'wanted'; titleMost: number; audience: boolean };

/** No network takes a longer title, and one where none is asked for is not looked at. */
const mostTitle = 500;

/** What the networks of these posts ask of a video, together. */
export function asksOf(networks: Networks, intents: readonly Intent[]): VideoAsks {
  const ways = intents.flatMap((intent) => wayOf(networks, intent)?.videos ?? []);
  const titles = ways.flatMap(({ title }) => title ?? []);
  const isNeeded = titles.some((one) => one.isNeeded);
  return {
    ...(titles.length > 0 ? { title: isNeeded ? 'needed' : 'wanted' } : {}),
    titleMost: Math.min(mostTitle, ...titles.map(({ most }) => most)),
    audience: ways.some(({ asksAudience }) => asksAudience),
  };
}
