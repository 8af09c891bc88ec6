import { defaultPolicy } from '../../rules/decision.js';
import type { TenantId } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';

/** The tenant's rules as they are now. */
export async function policyOutcome(services: Needs<'collections'>, tenant: TenantId, done?: string): Promise<Outcome> {
  const doc = await services.collections.tenants.get(tenant, 'tenant');
  return {
    kind: 'policy',
    policy: { ...defaultPolicy, ...doc?.policy },
    ...(doc?.approvals ? { approvals: doc.approvals } : {}),
    ...(done ? { done } : {}),
  };
}
