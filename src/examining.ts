import type { Parts } from './operations/core/parts.js';
import { isWorkingAdmin } from './operations/people/standing.js';
import { createCache } from './platform/cache.js';
import { minuteMs } from './platform/spans.js';
import type { Settings } from './settings.js';
import type { Probed } from './web/ops/probes.js';
import type { TabTokens } from './web/tab/tabToken.js';

/**
 * What the doctor finds, told to admins by the token of their tab: of their own organisation and of what all share. It
 * calls everything that the bot needs, so those who ask within a minute get one answer.
 */
export function createExamining(settings: Settings, services: Parts, tokens: TabTokens): Probed['examined'] {
  const { clock, limits, log } = services;
  const kept = createCache<readonly object[]>({ entries: 100, forMs: minuteMs, clock });
  const examine = async (tenant: string) => {
    const { lookThrough } = await import('./doctor/doctor.js');
    return lookThrough({ ...settings, tenants: [tenant] });
  };
  return async (authorization) => {
    if (!authorization) return undefined;
    try {
      const who = await tokens.check(authorization);
      if (typeof who === 'string' || limits.spend('ask', who) || !(await isWorkingAdmin(services, who)))
        return undefined;
      return await kept.of(who.tenant, () => examine(who.tenant));
    } catch (error) {
      log.warn({ err: error }, 'the bot could not be looked through');
      return undefined;
    }
  };
}
