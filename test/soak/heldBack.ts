import type { Brand, Model } from './model.js';

/** Whether something is so, as far as people were told. */
export type Sure = 'yes' | 'no' | 'perhaps';

/** What an owner hears who only just came by signing in, of what opens later. */
export const opensLater = /this opens on/;

/** With more people than this they do not share; a list of members may be some minutes old, so near to it both is right. */
const most = 50;
const near = 12;

/** Whether what this owner shared, with this one more, is too far for somebody who only just came. */
export function isFar({ groups }: Model, { shares }: Brand, who: string, more: string): Sure {
  const own = [...shares].filter(([, by]) => by === who).map(([share]) => share);
  const reached = new Set<string>();
  for (const share of [...own, more]) {
    const [kind, key = ''] = share.split(/:(.*)/s);
    const members = kind === 'group' ? [...(groups.get(key) ?? [])].filter(([, left]) => left === Infinity) : [[key]];
    for (const [id] of members) if (typeof id === 'string') reached.add(id);
  }
  if (reached.size > most + near) return 'yes';
  return reached.size < most - near ? 'no' : 'perhaps';
}

/** Whether the answer has to be that it opens later. */
export function hasToWait({ cooling }: Brand, who: string, isShut: Sure = 'yes'): Sure {
  const isCooling = cooling.get(who) ?? 'no';
  if (isCooling === 'no' || isShut === 'no') return 'no';
  return isCooling === 'yes' && isShut === 'yes' ? 'yes' : 'perhaps';
}
