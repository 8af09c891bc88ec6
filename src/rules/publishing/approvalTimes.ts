import type { Deciding } from '../decision.js';
import type { Moment } from '../operation.js';
import type { Notice, PersonId } from '../types.js';
import { advance, toAuthor, workerName } from './advance.js';
import { actOf } from './approving.js';
import { actWord, type Intent, type Under, type YesReason } from './intent.js';
import { after, dayMs, nextDue } from './times.js';

/** How long a yes is waited for, where the post has no time of its own. */
const patienceMs = 2 * dayMs;
/** After its time it can still be decided this long, as "now, or drop"; then it ends. */
const keptMs = 7 * dayMs;

/** Until when it has to be decided: its own time, where that is to come. */
const decideByOf = ({ at, scheduled }: Intent, now: Date): Date =>
  scheduled && at && at > now ? at : after(now, patienceMs);

const dueOf = (decideBy: Date, now: Date): Date => nextDue({ at: decideBy, scheduled: true }, now);

/** Send, where it needs a yes: those who decide are asked. */
export function askForYes(intent: Intent, asks: readonly YesReason[], under: Under | undefined, deciding: Deciding) {
  const { actor, moment } = deciding;
  const decideBy = decideByOf(intent, moment.now);
  return advance(intent, actor, moment, {
    to: 'toApprove',
    set: { asks, decideBy, due: dueOf(decideBy, moment.now), ...(under ? { under } : {}) },
    without: ['expires', 'why'],
    operation: actWord(intent),
    act: actOf(intent, under, deciding),
    what: `asked for a yes to a ${actWord(intent)}`,
  });
}

/** Its time came, and the yes it needs is not there, or was for something else: those who decide are asked, its author is told. */
export function askAgain(intent: Intent, moment: Moment): Intent {
  const { approval: _, ...rest } = intent;
  const decideBy = decideByOf(intent, moment.now);
  const isOver = intent.scheduled && intent.at && intent.at <= moment.now;
  return advance(rest, workerName, moment, {
    to: 'toApprove',
    set: { asks: intent.asks ?? ['share'], decideBy, due: dueOf(decideBy, moment.now), why: { code: 'needsYes' } },
    // A yes to it now cannot be for a time that is over: it goes out after the yes.
    without: isOver ? ['at', 'scheduled'] : [],
    operation: 'send',
    what: `did not send a ${actWord(intent)} of ${intent.author.name}: it needs a yes for exactly this`,
    notices: [
      toAuthor(
        intent,
        workerName.id,
        `Your ${actWord(intent)} with ${intent.handle} waits for a yes`,
        'It needs the yes of somebody else, for exactly this text. They are asked.',
      ),
    ],
  });
}

/** A post that waits for a yes, at a moment that was set for it: reminders, its time, its end. `deciders`: whom to remind. */
export function tendApproval(intent: Intent, deciders: readonly PersonId[], moment: Moment): Intent {
  const decideBy = intent.decideBy ?? moment.now;
  const ends = after(decideBy, keptMs);
  if (moment.now >= ends) return undecided(intent, moment);
  if (moment.now < decideBy) return reminded(intent, deciders, decideBy, moment);
  return overdue(intent, deciders, ends, moment);
}

function reminded(intent: Intent, deciders: readonly PersonId[], decideBy: Date, moment: Moment): Intent {
  const left = decideBy.getTime() - moment.now.getTime() > dayMs / 2 ? 'a day' : 'an hour';
  const text = `It has to be decided within ${left}.`;
  return advance(intent, workerName, moment, {
    to: 'toApprove',
    set: { due: dueOf(decideBy, moment.now) },
    operation: actWord(intent),
    quiet: true,
    notices: [
      ...toDeciders(
        intent,
        deciders,
        `A ${actWord(intent)} of ${intent.author.name} with ${intent.handle} waits for your yes`,
        text,
      ),
      toAuthor(intent, workerName.id, `Your ${actWord(intent)} with ${intent.handle} still waits for a yes`, text),
    ],
  });
}

function overdue(intent: Intent, deciders: readonly PersonId[], ends: Date, moment: Moment): Intent {
  const { author, handle } = intent;
  return advance(intent, workerName, moment, {
    to: 'toApprove',
    set: { due: ends, why: { code: 'overdue' } },
    operation: actWord(intent),
    what: `let the time pass for a yes to a ${actWord(intent)} of ${author.name}`,
    notices: [
      toAuthor(
        intent,
        workerName.id,
        `Nobody decided on your ${actWord(intent)} with ${handle} in time`,
        'It did not go out. It can still be decided for a week; then somebody is asked: now, or not at all.',
      ),
      ...toDeciders(
        intent,
        deciders,
        `The time is over for a ${actWord(intent)} of ${author.name} with ${handle}`,
        'It did not go out. You can still say yes for a week; then somebody sends it or drops it.',
      ),
    ],
  });
}

function undecided(intent: Intent, moment: Moment): Intent {
  const { author, handle } = intent;
  return advance(intent, workerName, moment, {
    to: 'stopped',
    set: { why: { code: 'undecided' } },
    without: ['due'],
    operation: actWord(intent),
    what: `ended a ${actWord(intent)} of ${author.name} that nobody decided on`,
    notices: [
      toAuthor(
        intent,
        workerName.id,
        `Your ${actWord(intent)} with ${handle} ended`,
        'Nobody decided on it. Nothing went out. You can post it again.',
      ),
    ],
  });
}

const toDeciders = ({ id, author }: Intent, people: readonly PersonId[], title: string, text: string): Notice[] =>
  people
    .filter((person) => person !== author.id)
    .map((person) => ({
      to: { person },
      from: workerName.id,
      title,
      text,
      buttons: [{ title: 'Look at it', operation: { kind: 'approvalcard', intent: id } }],
    }));
