import type { Moment } from '../operation.js';
import { advance, toAuthor, workerName } from './advance.js';
import { actWord, type Candidate, type Intent, type Why } from './intent.js';
import { found, foundBy } from './sending.js';
import { after, dayMs, lookAfterMs, minuteMs, watchAfterMs } from './times.js';

/**
 * What one look gave. `cannot`: there was no looking, for the reason given, or since this network shows such posts to people
 * only. `trouble`: it did not answer. `named`: what the network called the same. `begun`: what has only the beginning of the text. Both without other intents' posts.
 */
export type Looked =
  | { kind: 'found'; posts: readonly Candidate[]; begun: readonly Candidate[] }
  | { kind: 'cannot'; reason?: string; named: readonly Candidate[] }
  | { kind: 'trouble'; until?: Date; named: readonly Candidate[] };

/** A network that does not answer looks is asked this long, then a person. */
const patienceMs = dayMs;

/**
 * What a look means. One match is the post, two are shown to a person. None at the last look means it is not there, unless
 * a post has its beginning: that may be it, cut by its network, which only a person can say.
 */
export function looked(intent: Intent, look: Looked, moment: Moment): Intent {
  switch (look.kind) {
    case 'cannot':
      return toPerson(intent, { code: 'cannotLook', ...reasonIn(look) }, look.named, moment);
    case 'trouble':
      return troubled(intent, look, moment);
    case 'found': {
      const [first, ...more] = look.posts;
      if (first && more.length > 0) return toPerson(intent, { code: 'several' }, look.posts, moment);
      if (first) return found(intent, { ...first, how: 'found', at: moment.now }, moment);
      return notYet(intent, look.begun, moment);
    }
  }
}

function notYet(intent: Intent, begun: readonly Candidate[], moment: Moment): Intent {
  const looks = (intent.looks ?? 0) + 1;
  const since = intent.sending?.ended ?? intent.askedAt;
  const next = lookAfterMs[looks];
  if (next !== undefined) {
    const at = after(since, next);
    const due = at > moment.now ? at : after(moment.now, lookAfterMs[0]);
    return advance(intent, workerName, moment, {
      to: 'unknown',
      set: { looks, due },
      operation: 'lookAgain',
      quiet: true,
    });
  }
  if (begun.length > 0) return toPerson(intent, { code: 'begun' }, begun, moment);
  const { handle } = intent;
  return advance(intent, workerName, moment, {
    to: 'notSent',
    set: { why: { code: 'notFound' }, looks },
    without: ['due'],
    operation: 'lookAgain',
    what: `looked ${looks} times for the ${actWord(intent)} of ${intent.author.name} and did not find it`,
    notices: [
      toAuthor(
        intent,
        workerName.id,
        `Your ${actWord(intent)} with ${handle} is not there`,
        'The answer was lost, and I looked for it.',
      ),
    ],
  });
}

function troubled(intent: Intent, { until, named }: Extract<Looked, { kind: 'trouble' }>, moment: Moment): Intent {
  const since = intent.sending?.ended ?? intent.askedAt;
  if (after(since, patienceMs) < moment.now)
    return toPerson(intent, { code: 'cannotLook', text: 'It did not answer for a day.' }, named, moment);
  const soon = after(moment.now, moment.now.getTime() - since.getTime() < 10 * minuteMs ? minuteMs : 10 * minuteMs);
  return advance(intent, workerName, moment, {
    to: 'unknown',
    set: { due: until && until > soon ? until : soon },
    operation: 'lookAgain',
    quiet: true,
  });
}

const asksWhat = {
  several: 'More than one post looks like it.',
  begun: 'A post has only the beginning of its text. Please look.',
  cannotLook: 'The network does not show it to me. Please look.',
};

const reasonIn = ({ reason }: { reason?: string }) => (reason ? { text: reason } : {});

function toPerson(
  intent: Intent,
  why: Why & { code: keyof typeof asksWhat },
  candidates: readonly Candidate[],
  moment: Moment,
): Intent {
  return advance(intent, workerName, moment, {
    to: 'toSettle',
    set: { why, candidates },
    without: ['due'],
    operation: 'lookAgain',
    what: `could not tell what became of the ${actWord(intent)} of ${intent.author.name}`,
    notices: [
      toAuthor(intent, workerName.id, `Is your ${actWord(intent)} with ${intent.handle} there?`, asksWhat[why.code]),
    ],
  });
}

/** What the network shows now of a post that was sent. */
export type Watched = 'same' | 'changed' | 'gone' | 'cannot' | 'trouble';

/** Reads lag behind writes: what is not shown once is looked for again after this. */
const missedMs = 5 * minuteMs;

/**
 * After a minute and after a day what is there is compared; the author hears of a difference, once. `url`: its own link,
 * where only reading it tells that.
 */
export function watched(intent: Intent, seen: Watched, moment: Moment, url?: string): Intent {
  if (seen === 'gone' && !intent.missed) {
    const due = after(moment.now, missedMs);
    return advance(intent, workerName, moment, {
      to: 'sent',
      set: { missed: true, due },
      operation: 'watch',
      quiet: true,
    });
  }
  const looks = (intent.looks ?? 0) + 1;
  const sentAt = intent.proof?.at ?? moment.now;
  const next = seen === 'cannot' || seen === 'gone' ? undefined : watchAfterMs[looks];
  const differs = seen === 'changed' || seen === 'gone' ? seen : undefined;
  const shown = seen === 'same' || differs ? (differs ?? 'same') : undefined;
  const isNews = differs !== undefined && differs !== intent.differs;
  const proof = intent.proof && url && url !== intent.proof.url ? { ...intent.proof, url } : undefined;
  return advance(intent, workerName, moment, {
    to: 'sent',
    set: {
      looks,
      ...(shown ? { seen: [...(intent.seen ?? []), { at: moment.now, as: shown }] } : {}),
      ...(next ? { due: after(sentAt, next) } : {}),
      ...(differs ? { differs } : {}),
      ...(proof ? { proof, ...foundBy(proof) } : {}),
    },
    without: next ? ['missed'] : ['due', 'missed'],
    operation: 'watch',
    ...(shown ? { act: { shown } } : {}),
    ...(isNews
      ? {
          what: `found the ${actWord(intent)} of ${intent.author.name} ${differs === 'gone' ? 'gone from the network' : 'changed on the network'}`,
          notices: [
            toAuthor(
              intent,
              workerName.id,
              `Your ${actWord(intent)} with ${intent.handle} is ${differs === 'gone' ? 'not there any more' : 'not what was sent'}`,
              differs === 'gone'
                ? 'Somebody or the network removed it.'
                : 'The network shows another text. Have a look.',
            ),
          ],
        }
      : { ...(proof ? {} : { quiet: true as const }), ...(shown ? { what: sawWords(intent, shown) } : {}) }),
  });
}

/** For the history and the receipt, where nobody has to be told. */
const sawWords = (intent: Intent, shown: 'same' | 'changed' | 'gone') =>
  shown === 'same'
    ? `saw the ${actWord(intent)} of ${intent.author.name} on the network as it was sent`
    : `found the ${actWord(intent)} of ${intent.author.name} ${shown === 'gone' ? 'gone from' : 'changed on'} the network, as before`;
