import { createShared } from '../../platform/cache.js';
import type { GroupId, TenantId } from '../../rules/types.js';

/** What the directory says of the one who asks. */
export type Standing = 'works' | 'guest' | 'disabled' | 'unknown';

/** Questions to the directory under way, and until when one that did not answer is left alone. */
export type Memberships = {
  asking: (key: string, ask: () => Promise<GroupId[]>) => Promise<GroupId[]>;
  standings: (key: string, ask: () => Promise<Standing>) => Promise<Standing>;
  troubles: Map<TenantId, Date>;
};
export const createMemberships = (): Memberships => ({
  asking: createShared(),
  standings: createShared(),
  troubles: new Map(),
});

/** When groups are from that could not be read anew; `never`: they were never read. */
export type AsOf = Date | 'never';
