import { typeWords } from '../../operations/answers/typeWords.js';
import type { Outcome, ProfileFacts } from '../../operations/core/outcome.js';
import type { TabList, TabRow } from '../../operations/core/tabViews.js';
import { activeOwners, activeShares, otherNameOf, principalTitle, shortNameOf } from '../../rules/access.js';
import { daysUntil } from '../../rules/days.js';
import { networkIds } from '../../rules/ids.js';
import { networkLabelOf } from '../../rules/profileTypes.js';
import type { Reader } from '../cards/card.js';
import { healthWord } from '../cards/healthWords.js';
import { iconOf } from '../cards/icons.js';
import { standing } from '../cards/profileRow.js';
import { asOfWords } from '../input/times.js';

/** A page of a list for the tab. */
export function tabList(outcome: Extract<Outcome, { kind: 'browsed' }>, reader: Reader): TabList {
  const { list, rows, total, isMore, next, counts, owners, groups, asOf } = outcome;
  return {
    kind: 'list',
    list,
    rows: rows.map((facts) => tabRow(facts, reader)),
    total,
    isMore,
    ...(next ? { next } : {}),
    counts,
    owners,
    groups,
    networks: networkIds.map((id) => ({ id, label: networkLabelOf(id), icon: iconOf(id) })),
    ...(asOf ? { note: asOfWords(asOf, reader.now) } : {}),
    isAdmin: reader.admin,
  };
}

/** One row; its words are no markdown, so nothing in them is escaped. */
export function tabRow(facts: ProfileFacts, reader: Reader): TabRow {
  const { profile, health, may } = facts;
  const { label, network } = typeWords(profile.type);
  const { endsAt } = health;
  return {
    id: profile.id,
    handle: shortNameOf(profile),
    name: otherNameOf(profile),
    typeName: label,
    network,
    owners: activeOwners(profile, reader.now).map(({ name }) => name),
    sharedWith: activeShares(profile, reader.now).map(({ principal }) => principalTitle(principal)),
    health: healthWord(facts),
    light: health.light,
    ...(endsAt ? { daysLeft: Math.max(0, daysUntil(endsAt, reader.now)) } : {}),
    standing: standing(facts, reader),
    mayShare: may.includes('share'),
    mayInvite: may.includes('invite'),
  };
}
