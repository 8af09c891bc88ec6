import { systemActors } from '../entries.js';
import type { Notice, PersonId } from '../types.js';

/** What happened in a week and what waits, as names; `more`: there are others that were not looked at. */
export type Week = {
  /** Profiles that no sign-in keeps alive, and those without an owner. */
  dark: readonly string[];
  ownerless: readonly string[];
  /** Who is leaving, and of what. */
  leaving: readonly { person: string; profile: string }[];
  /** Claims that wait, by whom and for what. */
  claims: readonly { person: string; profile: string }[];
  /** Shared with everyone in the week. */
  everyone: readonly { by: string; profile: string }[];
};

const named = 3;

/** The week of an organisation for one admin; undefined when there is nothing to say. */
export function digestFor(admin: PersonId, week: Week): Notice | undefined {
  const lines = [
    line(week.dark, ['profile has', 'profiles have'], 'no sign-in that works'),
    line(week.ownerless, ['profile has', 'profiles have'], 'no owner'),
    line(
      week.leaving.map(({ person, profile }) => `${person} (${profile})`),
      ['owner is', 'owners are'],
      'leaving',
    ),
    line(
      week.claims.map(({ person, profile }) => `${person} (${profile})`),
      ['claim waits', 'claims wait'],
      'for a decision',
    ),
    line(
      week.everyone.map(({ by, profile }) => `${profile} by ${by}`),
      ['profile was', 'profiles were'],
      'shared with everyone',
    ),
  ].filter((one) => one !== undefined);
  if (lines.length === 0) return undefined;
  return {
    to: { person: admin },
    from: systemActors.clock.id,
    topic: 'digest',
    title: 'The week of your social profiles',
    text: lines.join(' '),
    buttons: [
      { title: 'What needs care', operation: { kind: 'health' } },
      ...(week.claims.length > 0 ? [{ title: 'Claims', operation: { kind: 'claims' } as const }] : []),
      { title: 'No more digests', operation: { kind: 'notices', topic: 'digest', on: false } },
    ],
  };
}

/** "2 profiles have no owner: @contoso (X profile), @fabrikam (X profile)." */
function line(names: readonly string[], [one, many]: readonly [string, string], what: string): string | undefined {
  if (names.length === 0) return undefined;
  const more = names.length > named ? ` and ${names.length - named} more` : '';
  const count = `${names.length} ${names.length === 1 ? one : many} ${what}`;
  return `${count}: ${names.slice(0, named).join(', ')}${more}.`;
}
