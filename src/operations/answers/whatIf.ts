import type { Operation } from '../../rules/operation.js';
import { type Fate, withoutOwner } from '../../rules/ownership/whatIf.js';
import { lostKey } from '../../rules/signins/caring.js';
import { type Actor, networkIds, type Profile } from '../../rules/types.js';
import type { Where } from '../../store/store.js';
import type { FateRows, Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { Total } from '../core/shown.js';
import { countedAtMost, totalFrom } from './pages.js';
import { factsOf, grantsOf } from './profileFacts.js';

/** Rows of one fate on the card; the rest is counted. */
const fateRows = 15;

type WhatIfNeeds = Needs<'collections' | 'clock'>;

/** Which profiles would go dark without a person, and who could keep each alive. Nothing is changed. */
export async function whatIfOutcome(
  services: WhatIfNeeds,
  actor: Actor,
  { who }: Extract<Operation, { kind: 'whatif' }>,
): Promise<Outcome> {
  const { profiles } = services.collections;
  const isOwned = { access: `owner:${who.id}` };
  const count = (where: Where) => profiles.count(actor.tenant, where, countedAtMost + 1);
  const lost = (fate: 'ownerless' | 'dark'): Where => ({ care: lostKey(fate, who.id) });
  const [all, ownerless, dark, first, ...worst] = await Promise.all([
    count(isOwned),
    count(lost('ownerless')),
    count(lost('dark')),
    profiles.find(
      actor.tenant,
      { ...isOwned, network: { in: networkIds } },
      { sort: { sortName: 1 }, limit: 3 * fateRows },
    ),
    ...(['ownerless', 'dark'] as const).map((fate) =>
      profiles.find(actor.tenant, lost(fate), { sort: { urgency: 1 }, limit: fateRows }),
    ),
  ]);
  const rows = await fatesOf(services, actor, who.id, [...worst.flat(), ...first]);
  const owned = totalFrom(all);
  const totals: Record<Fate['fate'], Total> = {
    ownerless: totalFrom(ownerless),
    dark: totalFrom(dark),
    alive: { ...owned, total: Math.max(0, owned.total - ownerless - dark) },
  };
  const sections = (['ownerless', 'dark', 'alive'] as const).map((fate): FateRows => {
    const some = rows.filter((row) => row.fate === fate);
    const { total, isMore } = totals[fate];
    return { fate, rows: some.slice(0, fateRows), total: Math.max(total, some.length), isMore };
  });
  return { kind: 'whatif', person: who, sections };
}

/** How each is judged now, each once. */
async function fatesOf(services: WhatIfNeeds, actor: Actor, person: string, found: readonly Profile[]) {
  const now = services.clock();
  const each = [...new Map(found.map((profile) => [profile.id, profile])).values()];
  const grants = await grantsOf(services, actor.tenant, each);
  return each.flatMap((profile) => {
    const held = grants.get(profile.id) ?? [];
    const fate = withoutOwner(profile, held, person, now);
    return fate ? [{ ...fate, facts: factsOf(profile, held, actor, now) }] : [];
  });
}
