import { defaultPolicy } from '../../rules/decision.js';
import type { TenantId } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Services } from '../core/services.js';

/** The tenant's rules as they are now. */
export async function policyOutcome(services: Services, tenant: TenantId, done?: string): Promise<Outcome> {
  const doc = await services.collections.tenants.get(tenant, 'tenant');
  return {
    kind: 'policy',
    policy: { ...defaultPolicy, ...doc?.policy },
    ...(doc?.approvals ? { approvals: doc.approvals } : {}),
    ...(done ? { done } : {}),
  };
}
