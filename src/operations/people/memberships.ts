import { createShared } from '../../platform/cache.js';
import type { GroupId, TenantId } from '../../rules/types.js';

/** Questions to the directory under way, and until when one that did not answer is left alone. */
export type Memberships = {
  asking: (key: string, ask: () => Promise<GroupId[]>) => Promise<GroupId[]>;
  troubles: Map<TenantId, Date>;
};
export const createMemberships = (): Memberships => ({ asking: createShared(), troubles: new Map() });

/** When groups are from that could not be read anew; `never`: they were never read. */
export type AsOf = Date | 'never';
