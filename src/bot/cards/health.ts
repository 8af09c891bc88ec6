import { healthPageSize } from '../../operations/answers/healthList.js';
import { countedAtMost, totalFrom } from '../../operations/answers/pages.js';
import { typeWords } from '../../operations/answers/typeWords.js';
import type { HealthRow, Outcome } from '../../operations/core/outcome.js';
import { inWords } from '../../platform/timeWords.js';
import { nameOf, shortNameOf } from '../../rules/access.js';
import type { Asked } from '../../rules/operation.js';
import type { Mend } from '../../rules/signins/urgency.js';
import { type Button, button } from '../input/button.js';
import { asOfWords } from '../input/times.js';
import { type Colour, cardKind, type Reader } from './card.js';
import { healthSentence, healthWord } from './healthWords.js';
import { iconFor } from './icons.js';
import { backTo, countWords } from './list.js';
import { plain } from './text.js';

export type HealthView = {
  title: string;
  sentence: string;
  note?: string;
  /** How many profiles are how safe, as one bar; a part is never too narrow for its number. */
  lights: { name: string; count: string; width: number; colour: Colour }[];
  rows: {
    handle: string;
    typeName: string;
    icon: string;
    iconAlt: string;
    /** "Ends in 6 days", "Not valid". */
    word: string;
    colour: Colour;
    detail: string;
    /** Days left of 60, as a bar with the words in its wider part; absent where no end is known. */
    bar?: { full: number; empty: number; colour: Colour; inFull?: string; inEmpty?: string };
    mend: Button;
  }[];
  buttons: Button[];
};

export const healthCard = cardKind<HealthView>('health', ({ title, sentence }) => `${title}: ${sentence}`);

type Shown = Extract<Outcome, { kind: 'health' }>;
/** The longest a sign-in lasts that a person has to renew: the whole length of a bar. */
const wholeDays = 60;

/** What needs care, most urgent first, each with the days it has left and the button that mends it. */
export function healthView({ rows, total, page, lights, next, previous, asOf }: Shown, reader: Reader): HealthView {
  const all = lights.green + lights.yellow + lights.red;
  const left = total - page * healthPageSize - rows.length;
  return {
    title: 'Health',
    sentence: sentenceOf(total, all) + whereOf(rows.length, page, total),
    lights: [
      { name: 'Safe', count: lights.green, colour: 'good' as const },
      { name: 'One sign-in', count: lights.yellow, colour: 'warning' as const },
      { name: 'Not valid', count: lights.red, colour: 'attention' as const },
    ]
      .filter(({ count }) => count > 0)
      .map((light) => ({
        ...light,
        count: manyWords(light.count),
        width: Math.max(light.count, Math.ceil(all / 5)),
      })),
    ...(asOf ? { note: asOfWords(asOf, reader.now) } : {}),
    rows: rows.map((row) => rowView(row, reader)),
    buttons: [
      ...(previous && page > 0 ? [button('Back', { kind: 'health', ...backTo(page - 1, previous) })] : []),
      ...(next ? [button(moreOf(left, total), { kind: 'health', page: page + 1, after: next })] : []),
      ...(page > 1 ? [button('Most urgent', { kind: 'health' })] : []),
      button('My profiles', { kind: 'profiles', list: 'mine' }),
    ],
  };
}

/** Where one is, where there are other pages. */
function whereOf(shown: number, page: number, total: number): string {
  if (page === 0 && shown >= total) return '';
  const first = page * healthPageSize + 1;
  return ` ${first}–${first + shown - 1} of ${manyWords(total)}.`;
}

const manyWords = (total: number) => countWords(totalFrom(total));

/** Nobody counts further than so far: then it is only "More". */
const moreOf = (left: number, total: number) => (left > 0 && total <= countedAtMost ? `${left} more` : 'More');

function sentenceOf(total: number, all: number): string {
  if (all === 0) return 'You have no profiles yet. Add one, and its health shows here.';
  if (total === 0) return `All is well: none of ${manyWords(all)} ${all === 1 ? 'profile' : 'profiles'} needs care.`;
  if (all === 1) return 'Your one profile needs care.';
  if (total > countedAtMost) return `${manyWords(total)} profiles need care, most urgent first.`;
  if (total === all) return `All ${all} profiles need care, most urgent first.`;
  return `${total} of ${manyWords(all)} profiles ${total === 1 ? 'needs' : 'need'} care, most urgent first.`;
}

function rowView(row: HealthRow, reader: Reader): HealthView['rows'][number] {
  const { profile } = row.facts;
  const { label } = typeWords(profile.type);
  const { word, colour, detail } = words(row, reader);
  return {
    handle: plain(shortNameOf(profile)),
    typeName: label,
    ...iconFor(profile.type),
    word,
    colour,
    detail,
    ...(row.daysLeft !== undefined && row.daysLeft > 0 ? { bar: barOf(row.daysLeft, colour) } : {}),
    mend: mendButton(row),
  };
}

function words(row: HealthRow, reader: Reader): { word: string; colour: Colour; detail: string } {
  const { health } = row.facts;
  const days = row.daysLeft ?? 0;
  const detail = healthSentence(row.facts, reader);
  const ends = days === 1 ? 'Ends within a day' : `Ends in ${days} days`;
  switch (row.need) {
    case 'not-valid':
      return { word: 'Not valid', colour: 'attention', detail };
    case 'no-owner':
      return { word: 'No owner', colour: 'attention', detail };
    case 'ends-soon':
      return { word: ends, colour: 'attention', detail };
    case 'ends':
      return { word: ends, colour: 'warning', detail };
    case 'yours-not-valid':
      return { word: healthWord(row.facts).word, colour: 'warning', detail };
    case 'acquisition-expired':
      return { word: 'Reading stopped', colour: 'warning', detail: `What was allowed is not read any more. ${detail}` };
    case 'not-proven': {
      const soon = health.retryAt ? inWords(health.retryAt, reader.now) : '';
      return { word: soon ? `Trying again ${soon}` : 'Not proven', colour: 'warning', detail };
    }
    case 'alone':
      return { word: 'One sign-in', colour: 'default', detail };
  }
}

/** Two columns whose widths are days: Teams draws them as a bar; the words in the wider one say the same. */
function barOf(days: number, colour: Colour): NonNullable<HealthView['rows'][number]['bar']> {
  const full = Math.min(wholeDays, Math.max(1, days));
  const empty = Math.max(1, wholeDays - full);
  const words = `${days} ${days === 1 ? 'day' : 'days'} left`;
  // Without a colour a column has no ground, and there is no bar to see.
  return {
    full,
    empty,
    colour: colour === 'default' ? 'good' : colour,
    ...(full > empty ? { inFull: words } : { inEmpty: words }),
  };
}

const titles: Record<Mend, string> = {
  renew: 'Renew',
  claim: 'Claim',
  invite: 'Invite',
  check: 'Check now',
  show: 'Show',
};

function mendButton({ facts: { profile, hasOwnGrant }, mend }: HealthRow): Button {
  const about = { profile: { id: profile.id } };
  const asked: Asked = mend === 'invite' ? { kind: 'invite', who: [], ...about } : { kind: mend, ...about };
  const title = mend === 'renew' && !hasOwnGrant ? 'Sign in' : titles[mend];
  return button(title, asked, { tooltip: `${title}: ${nameOf(profile)}` });
}
