import { createHash } from 'node:crypto';
import type { Intent } from '../../../src/rules/publishing/intent.js';
import { postsMade } from '../../contract/publishingWorld.js';
import { film } from './film.js';
import type { Seen } from './messages.js';

/** A post that was asked for, and what the one who asked knows of it. */
export type Asked = {
  text: string;
  posting: string;
  tenant: string;
  profile: string;
  undone: boolean;
  person: string;
  picture?: true;
  video?: true;
};
/** From the answer "frozen" (or that a share was taken away) until just before it was over. `named`: on their way already. */
export type Stop = { tenant: string; profile: string; from: number; to: number; named: number; person?: string };

export type Verdict = {
  /** By the state they ended in, with the reason where there is one. */
  ends: Record<string, number>;
  twice: number;
  /** Its state says that it is there and it is not, or the other way round. */
  untrue: number;
  /** The last word on its card is not what its state says. */
  untold: number;
  undoneButThere: number;
  frozenButSent: number;
  withoutRight: number;
  /** There, though it needed a yes and nobody but its author gave one. */
  withoutYes: number;
  /** There without the picture it was asked with. */
  withoutPicture: number;
  /** There without the video it was asked with, or with another. */
  withoutVideo: number;
  /** Not at an end though all is over. */
  unfinished: number;
  /** There, and nobody ever pressed Send for it. */
  stray: number;
  /** What was wrong, for a look. */
  odd: string[];
};

const filmHash = createHash('sha256').update(film).digest('base64url');

/** Texts of one run begin differently, and the dial cuts them in half at most. */
const keyOf = (text: string) => text.slice(0, 30);

type Wrong =
  | 'twice'
  | 'untrue'
  | 'untold'
  | 'undoneButThere'
  | 'unfinished'
  | 'withoutYes'
  | 'withoutPicture'
  | 'withoutVideo';

type Made = { made: number; there: number; cut: boolean; pictures: number; videos: number; at: number[] };
const none: Made = { made: 0, there: 0, cut: false, pictures: 0, videos: 0, at: [] };

/** What exists on the pretend networks, as they wrote it down themselves. */
function madeOn(dataDir: string, lengths: ReadonlyMap<string, number>): Map<string, Made> {
  const found = new Map<string, Made>();
  for (const { post, gone } of postsMade(dataDir)) {
    const key = keyOf(post.text);
    const before = found.get(key) ?? none;
    found.set(key, {
      made: before.made + 1,
      there: before.there + (gone ? 0 : 1),
      cut: before.cut || post.text.length < (lengths.get(key) ?? 0),
      pictures: before.pictures + (post.media?.length ?? 0),
      videos: before.videos + (post.video?.hash === filmHash ? 1 : 0),
      at: [...before.at, post.at],
    });
  }
  return found;
}

/** Whose posts go out after a yes only. */
export const needsYes = 'cee';

/** What the card has to say of each state that is an end. */
const cardWords: Partial<Record<Intent['state'], readonly string[]>> = {
  sent: ['Sent', 'Not there any more', 'Shown in another way than it was sent'],
  toSettle: ['Please have a look'],
  notSent: ['Not there'],
  refused: ['Did not go out'],
  stopped: ['Stopped'],
  declined: ['Declined'],
};

/** Counts from outside: what is on the networks and what people saw, against what the ledger says. */
export function judge(
  asked: readonly Asked[],
  ledger: ReadonlyMap<string, Intent>,
  dataDir: string,
  seen: Seen,
  stops: { frozen: readonly Stop[]; unshared: readonly Stop[] },
): Verdict {
  const made = madeOn(dataDir, new Map(asked.map(({ text }) => [keyOf(text), text.length])));
  const verdict: Verdict = {
    ...{ ends: {}, twice: 0, untrue: 0, untold: 0, undoneButThere: 0, frozenButSent: 0, withoutRight: 0 },
    ...{ withoutYes: 0, withoutPicture: 0, withoutVideo: 0 },
    ...{ unfinished: 0, stray: 0, odd: [] },
  };
  const wrong = (what: Wrong, post: Asked, found: Made) => {
    verdict[what]++;
    const intent = ledger.get(post.posting);
    const shown = JSON.stringify(seen[post.posting] ?? {});
    verdict.odd.push(
      `${what}: ${intent?.type} ${intent?.state} (${intent?.why?.code}), people saw ${shown}; made ${found.made}, there ${found.there}${found.cut ? ', cut' : ''}`,
    );
  };
  for (const post of asked) {
    const intent = ledger.get(post.posting);
    const found = made.get(keyOf(post.text)) ?? none;
    const end = intent ? endOf(intent, found) : 'not in the ledger';
    verdict.ends[end] = (verdict.ends[end] ?? 0) + 1;
    if (found.made > 1) wrong('twice', post, found);
    if (post.undone && found.made > 0) wrong('undoneButThere', post, found);
    const hasYes = intent?.approval !== undefined && intent.approval.by.id !== post.person;
    if (post.person === needsYes && found.made > 0 && !hasYes) wrong('withoutYes', post, found);
    if (post.picture && found.pictures < found.made) wrong('withoutPicture', post, found);
    if (post.video && found.videos < found.made) wrong('withoutVideo', post, found);
    const words = intent && cardWords[intent.state];
    if (!words) wrong('unfinished', post, found);
    else if (!isTrue(intent, found)) wrong('untrue', post, found);
    else if (!words.includes(seen[post.posting]?.card ?? '')) wrong('untold', post, found);
  }
  const known = new Set(asked.map(({ text }) => keyOf(text)));
  verdict.stray = [...made.keys()].filter((key) => !known.has(key)).length;
  for (const stop of stops.frozen) verdict.frozenButSent += Math.max(0, sentWithin(asked, made, stop) - stop.named);
  for (const stop of stops.unshared) verdict.withoutRight += sentWithin(asked, made, stop);
  return verdict;
}

function endOf({ state, why }: Intent, { there, made, cut }: Made): string {
  const dropped = state === 'sent' && made === 1 && there === 0 ? ', then dropped by its network' : '';
  const shortened = state === 'sent' && cut ? ', cut by its network' : '';
  return `${state}${why ? ` (${why.code})` : ''}${dropped}${shortened}`;
}

/** There exactly once, or nothing there; where only a person can tell, one at most. */
function isTrue({ state }: Intent, { made, there }: Made): boolean {
  if (state === 'sent') return made === 1;
  return state === 'toSettle' ? made <= 1 : there === 0;
}

function sentWithin(asked: readonly Asked[], made: ReadonlyMap<string, Made>, stop: Stop): number {
  const about = asked.filter(
    ({ tenant, profile, person }) =>
      tenant === stop.tenant && profile === stop.profile && (stop.person === undefined || person === stop.person),
  );
  const times = about.flatMap(({ text }) => made.get(keyOf(text))?.at ?? []);
  return times.filter((at) => at > stop.from && at < stop.to).length;
}
