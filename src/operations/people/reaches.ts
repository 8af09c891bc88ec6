import type { Directory, Reach } from '../../directory/directory.js';
import { createCache } from '../../platform/cache.js';
import type { Clock } from '../../platform/clock.js';
import type { GroupId, TenantId } from '../../rules/types.js';

/** While somebody clicks through a picker, a group is not counted anew at every click. */
const keptMs = 60_000;
const keptGroups = 50;

/** Whom groups reach, at most a minute old. */
export type Reaches = { of: (tenant: TenantId, group: GroupId | 'everyone') => Promise<Reach> };

/** @throws DirectoryDown from `of` */
export function createReaches({ directory, clock }: { directory: Directory; clock: Clock }): Reaches {
  const kept = createCache<Reach>({ entries: keptGroups, forMs: keptMs, clock });
  return {
    of: (tenant, group) =>
      kept.of(`${tenant}|${group}`, async () =>
        group === 'everyone' ? { count: await directory.countEveryone(tenant) } : directory.reach(tenant, group),
      ),
  };
}
