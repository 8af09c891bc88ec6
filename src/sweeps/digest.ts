import { DateTime } from 'luxon';
import type { Parts } from '../operations/core/parts.js';
import { relayTenant } from '../operations/outbox/relay.js';
import { dayMs } from '../platform/spans.js';
import { activeShares, nameOf } from '../rules/access.js';
import { waitingClaims } from '../rules/claims/claims.js';
import { withEntries } from '../rules/entries.js';
import { digestFor, type Week } from '../rules/tenant/digest.js';
import type { OutboxEntry, Profile, TenantId } from '../rules/types.js';
import type { TenantDoc } from '../store/collections.js';
import type { FindOptions, Where } from '../store/store.js';
import { update } from '../store/update.js';

const job = 'digest';
/** Profiles looked at for each line: a digest is no list. */
const looked = 500;
/** From Monday at this hour on it is a new week, where the organisation is. */
const startsAtHour = 8;
const keptMs = 15 * dayMs;

/**
 * Once a week each admin is told what needs care, who is leaving, which claims wait, and what was shared with everyone.
 * The first week is only noted: somebody who just began knows. A round that finds its week told costs one read.
 */
export async function sweepDigest(services: Parts, tenant: TenantId): Promise<void> {
  const { jobState } = services.collections;
  const now = services.clock();
  const { timeZone } = await services.policies.of(tenant);
  const week = weekOf(now, timeZone);
  const last = await jobState.get(tenant, job);
  if (last?.link === week) return;
  if (last) {
    await services.once(tenant, `${job}:${week}`, () => tell(services, tenant, week, now).then(() => week), { keptMs });
  }
  await update(jobState, tenant, job, () => ({ link: week, at: now }));
}

/** "2026-W48" */
export function weekOf(now: Date, timeZone: string): string {
  return DateTime.fromJSDate(now, { zone: timeZone }).minus({ hours: startsAtHour }).toFormat("kkkk-'W'WW");
}

/** Into the outbox: what cannot be told now is tried again like all notices, and told once. */
async function tell(services: Parts, tenant: TenantId, week: string, now: Date): Promise<void> {
  const happened = await weekBefore(services, tenant, now);
  const admins = await services.admins.of(tenant);
  const entries = admins.flatMap(({ id }): OutboxEntry[] => {
    const notice = digestFor(id, happened);
    return notice ? [{ id: `${job}:${week}:${id}`, kind: 'notice', notice }] : [];
  });
  if (entries.length === 0) return;
  await update<TenantDoc>(services.collections.tenants, tenant, 'tenant', (before) =>
    withEntries(before ?? { tenant, id: 'tenant', version: 0, policy: {}, outbox: [] }, entries, now),
  );
  services.later('relay outbox', () => relayTenant(services, tenant));
}

async function weekBefore(services: Parts, tenant: TenantId, now: Date): Promise<Week> {
  const find = (where: Where, more: FindOptions = {}) =>
    services.collections.profiles.find(tenant, where, { limit: looked, ...more });
  const [dark, ownerless, ending, claimed, everyone] = await Promise.all([
    find({ lightNow: 'red' }),
    find({ access: 'ownerless' }),
    // Of more than these, those that end first.
    find({ nextEnd: { gt: now } }, { sort: { nextEnd: 1 } }),
    find({ access: 'claims' }),
    find({ access: 'everyone' }),
  ]);
  const since = new Date(now.getTime() - 7 * dayMs);
  const isThere = ({ deleted }: Profile) => !deleted;
  return {
    dark: dark.filter((one) => isThere(one) && one.owners.length > 0).map(nameOf),
    ownerless: ownerless.filter(isThere).map(nameOf),
    leaving: ending.flatMap((profile) =>
      profile.owners
        .filter(({ leavingAt }) => leavingAt)
        .map(({ name }) => ({ person: name, profile: nameOf(profile) })),
    ),
    claims: claimed.flatMap((profile) =>
      waitingClaims(profile).map(({ by }) => ({ person: by.name, profile: nameOf(profile) })),
    ),
    everyone: everyone.flatMap((profile) =>
      activeShares(profile, now)
        .filter(({ principal, at }) => principal.kind === 'everyone' && at > since)
        .map(({ by }) => ({ by: by.name, profile: nameOf(profile) })),
    ),
  };
}
