import { createCache } from '../../platform/cache.js';
import type { Clock } from '../../platform/clock.js';
import { defaultPolicy, type Policy } from '../../rules/decision.js';
import type { TenantId } from '../../rules/types.js';
import type { Collections } from '../../store/collections.js';

/** The tenants' own rules over the defaults. Seldom changed: kept a few seconds per process. */
export type Policies = {
  of: (tenant: TenantId) => Promise<Policy>;
  /** After it was changed here. */
  forget: (tenant: TenantId) => void;
};

export function createPolicies(parts: { collections: Pick<Collections, 'tenants'>; clock: Clock }): Policies {
  const kept = createCache<Policy>({ entries: 1000, forMs: 5000, clock: parts.clock });
  return {
    of: (tenant) =>
      kept.of(tenant, async () => ({
        ...defaultPolicy,
        ...(await parts.collections.tenants.get(tenant, 'tenant'))?.policy,
      })),
    forget: (tenant) => kept.forget(tenant),
  };
}
