import type { Moment } from '../operation.js';
import type { Notice, PersonName, Place } from '../types.js';
import { advance, toAuthor, workerName } from './advance.js';
import { askAgain } from './approvalTimes.js';
import { isForGood } from './hindrance.js';
import { actWord, type Candidate, type Intent, type Proof, type Why } from './intent.js';
import { after, attemptMs, lookAfterMs, minuteMs, watchAfterMs } from './times.js';

/** What a network said to one attempt. `later`: surely not there, and worth another try from then on; `isForgotten`: with all that goes with it anew. */
export type Answer =
  | { kind: 'there'; id: string; url?: string }
  | { kind: 'refused'; text?: string }
  | { kind: 'later'; why: Why; isForgotten?: true }
  | { kind: 'unknown'; named?: Candidate };

/** Every quarter of an hour what stands in the way is looked at again, until it is too late to go out unasked. */
const againMs = 15 * minuteMs;

/**
 * The mark that goes before the bytes. Its attempt is the fencing number: an answer counts for the attempt that it
 * belongs to only, and a mark that a dead process left behind is found by its end.
 */
export function markSending(intent: Intent, moment: Moment, hash?: string): Intent {
  const until = after(moment.now, attemptMs);
  return advance(intent, workerName, moment, {
    to: 'sending',
    set: {
      attempts: intent.attempts + 1,
      sending: { since: moment.now, until, ...(hash ? { hash } : {}) },
      due: until,
      at: intent.at ?? moment.now,
    },
    without: ['why', 'named', 'foreseen'],
    operation: 'send',
    quiet: true,
  });
}

/**
 * Of a copy of the data that was put back: its time came after the copy was made, so it may be out already. It counts as
 * begun, by somebody who is dead: it is looked for on the network, and never sent blindly. Undefined: it is still to come.
 */
export function maybeSent(intent: Intent, moment: Moment): Intent | undefined {
  const { state, at } = intent;
  if ((state !== 'held' && state !== 'waiting') || !at || at > moment.now) return undefined;
  return { ...markSending(intent, moment), sending: { since: at, until: moment.now }, due: moment.now };
}

/** Something stands in the way: it waits, is refused for good, or its author is asked. Told once for each reason. */
export function hindered(intent: Intent, why: Why, moment: Moment): Intent {
  const { handle } = intent;
  if (why.code === 'needsYes') return askAgain(intent, moment);
  if (isForGood(why)) {
    return advance(intent, workerName, moment, {
      to: 'refused',
      set: { why },
      without: ['due', 'foreseen'],
      operation: 'send',
      what: `did not send a ${actWord(intent)} of ${intent.author.name} (${why.code})`,
      notices: [
        toAuthor(
          intent,
          workerName.id,
          `Your ${actWord(intent)} with ${handle} did not go out`,
          sentenceFor[why.code] ?? why.text ?? '',
        ),
      ],
    });
  }
  const isNews = intent.why?.code !== why.code;
  const asks = why.code === 'late' || why.code === 'frozen';
  return advance(intent, workerName, moment, {
    to: 'waiting',
    set: { why, ...(asks ? {} : { due: why.until ?? after(moment.now, againMs) }) },
    without: asks ? ['due', 'foreseen'] : ['foreseen'],
    operation: 'send',
    ...(isNews ? {} : { quiet: true as const }),
    ...(isNews
      ? {
          what: `let a ${actWord(intent)} of ${intent.author.name} wait (${why.code})`,
          notices: [
            toAuthor(
              intent,
              workerName.id,
              `Your ${actWord(intent)} with ${handle} waits`,
              sentenceFor[why.code] ?? '',
              why,
            ),
          ],
        }
      : {}),
  });
}

/** In short, for a message in chat; its card says more. */
const sentenceFor: Partial<Record<Why['code'], string>> = {
  profileGone: 'The profile was deleted here.',
  noRight: 'You may not publish with it any more.',
  notOffered: 'Its network is not set up here any more. An admin can change that.',
  frozen: 'It is frozen: nothing goes out until two Managers have thawed it.',
  late: 'Its time passed before it could go out. Send it now, or stop it.',
  noSignIn: 'No sign-in of the profile works just now. An owner has to renew theirs.',
  networkWaits: 'The network asks us to wait. It goes out by itself after that.',
  noCredit: "This app's plan at the network is used up. An admin has to top it up.",
  directoryDown: "Your organisation's directory does not answer, so your right can't be checked. It is tried again.",
};

/** What came of an attempt. An answer of another attempt than the last changes nothing. */
export function answered(intent: Intent, attempt: number, answer: Answer, moment: Moment): Intent | undefined {
  if (intent.attempts !== attempt || (intent.state !== 'sending' && intent.state !== 'unknown')) return undefined;
  const { handle, author } = intent;
  switch (answer.kind) {
    case 'there':
      return found(
        intent,
        { id: answer.id, ...(answer.url ? { url: answer.url } : {}), how: 'answer', at: moment.now },
        moment,
      );
    case 'refused':
      return advance(intent, workerName, moment, {
        to: 'refused',
        set: { why: { code: 'rejected', ...(answer.text ? { text: answer.text } : {}) } },
        without: ['due'],
        operation: 'send',
        what: `was told by the network that a ${actWord(intent)} of ${author.name} is refused`,
        notices: [
          toAuthor(intent, workerName.id, `Your ${actWord(intent)} with ${handle} was refused`, answer.text ?? ''),
        ],
      });
    case 'later':
      return intent.state === 'sending' ? hindered(intent, answer.why, moment) : undefined;
    case 'unknown':
      return intent.state === 'sending' ? lost(intent, moment, answer.named) : undefined;
  }
}

/** Its answer is lost, or the process that sent it is dead: from now on it is only looked for. */
export function lost(intent: Intent, moment: Moment, named?: Candidate): Intent {
  const { sending } = intent;
  return advance(intent, workerName, moment, {
    to: 'unknown',
    set: {
      why: { code: 'answerLost' },
      looks: 0,
      due: after(moment.now, lookAfterMs[0]),
      ...(named ? { named } : {}),
      ...(sending ? { sending: { ...sending, ended: moment.now } } : {}),
    },
    operation: 'send',
    what: `sent a ${actWord(intent)} of ${intent.author.name} and got no answer`,
  });
}

/** The proof again, to be found by. */
export const foundBy = ({ id, url }: Proof): Pick<Intent, 'proofId' | 'proofUrl'> => ({
  proofId: id,
  ...(url ? { proofUrl: url } : {}),
});

/** It is there, and this is the proof. From now on it is watched. */
export function found(intent: Intent, proof: Proof, moment: Moment, by = workerName): Intent {
  const hows = { answer: 'sent', found: 'found on the network', person: 'was shown' } as const;
  return advance(intent, by, moment, {
    to: 'sent',
    set: { proof, ...foundBy(proof), looks: 0, due: after(moment.now, watchAfterMs[0]) },
    without: ['why', 'candidates', 'named'],
    operation: 'send',
    act: {
      ...(intent.sending?.hash ? { hash: intent.sending.hash } : {}),
      ...(proof.id ? { post: { id: proof.id, ...(proof.url ? { url: proof.url } : {}) } } : {}),
    },
    what: `${hows[proof.how]} the ${actWord(intent)} of ${intent.author.name}${proof.url ? `: ${proof.url}` : ''}`,
    also: intent.askedIn ? [sayOut(intent, intent.askedIn, proof)] : [],
    notices: intent.scheduled || proof.how === 'found' ? [outNotice(intent, proof, by)] : [],
  });
}

const outTexts = {
  answer: 'It went out at its time.',
  found: 'The answer was lost. I looked, and it is there.',
  person: 'The answer was lost. Somebody looked, and it is there.',
};

function outNotice(intent: Intent, { how, url }: Proof, { id }: PersonName): Notice {
  const notice = toAuthor(intent, id, `Your ${actWord(intent)} with ${intent.handle} is out`, outTexts[how]);
  return url ? { ...notice, url } : notice;
}

const didWords = { post: 'published', reply: 'replied', like: 'liked a post', repost: 'reposted' };

/** Others in the channel it was asked in read who published, with which profile, and where it is. */
function sayOut({ author, handle, kind }: Intent, where: Place, { url }: Proof) {
  const title = `${author.name} ${didWords[kind ?? 'post']} with ${handle}.`;
  return { kind: 'sayOut' as const, where, title, ...(url ? { url } : {}) };
}
