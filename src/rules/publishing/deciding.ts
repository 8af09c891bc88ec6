import type { Deciding, Decision } from '../decision.js';
import { mayPublish, maySee } from '../may.js';
import type { Operation } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import { isOutsideHours } from '../tenant/hours.js';
import type { Notice, PersonName, Profile } from '../types.js';
import { advance, toAuthor } from './advance.js';
import { decides } from './approving.js';
import { refusalToPublish, stopped } from './asking.js';
import { actWord, type Intent, isBeforeSending, type Publishing } from './intent.js';
import { publishingOf } from './loaded.js';
import { found } from './sending.js';
import { lookAfterMs } from './times.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** The author may always stop and look; so may everyone who may publish with the profile now. */
export function mayTouch(intent: Intent, { actor, moment }: Deciding, { profiles }: Publishing): boolean {
  const profile = profiles.get(intent.profile);
  return intent.author.id === actor.id || (profile !== undefined && mayPublish({ actor, profile, now: moment.now }));
}

/** Seeing them is for those who may touch them, and for admins. */
export function posts({ profiles, posting }: Of<'posts'>, deciding: Deciding): Decision {
  const publishing = publishingOf(deciding);
  if (posting && publishing.intents.every((intent) => !maySeeIntent(intent, deciding, publishing))) {
    return { kind: 'refuse', refusal: refuse('postGone') };
  }
  const [refusal] = profiles.flatMap((id) => refusalToSee(publishing.profiles.get(id), deciding) ?? []);
  return refusal ? { kind: 'refuse', refusal } : { kind: 'view' };
}

function refusalToSee(profile: Profile | undefined, deciding: Deciding): Refusal | undefined {
  const { actor, moment } = deciding;
  const seesAll = actor.admin && profile !== undefined && maySee({ actor, profile, now: moment.now });
  return seesAll ? undefined : refusalToPublish(profile, deciding);
}

const maySeeIntent = (intent: Intent, deciding: Deciding, publishing: Publishing): boolean =>
  deciding.actor.admin || mayTouch(intent, deciding, publishing);

/** The first reason counts when nothing of what was named can be moved. */
function moved(deciding: Deciding, move: (intent: Intent) => Intent | Refusal): Decision {
  const publishing = publishingOf(deciding);
  const visible = publishing.intents.filter((intent) => mayTouch(intent, deciding, publishing));
  if (visible.length === 0) return { kind: 'refuse', refusal: refuse('postGone') };
  const results = visible.map(move);
  const intents = results.filter((one): one is Intent => !('sentence' in one));
  const [refusal] = results.filter((one): one is Refusal => 'sentence' in one);
  return intents.length > 0 || !refusal ? { kind: 'intents', intents } : { kind: 'refuse', refusal };
}

export function undo(_: Of<'undo'>, deciding: Deciding): Decision {
  if (publishingOf(deciding).intents.length === 0) return { kind: 'refuse', refusal: refuse('nothingToUndo') };
  return moved(deciding, (intent) => {
    if (isBeforeSending(intent.state)) return stopped(intent, 'undone', deciding);
    return tooLate(intent);
  });
}

function tooLate({ state, handle }: Intent): Refusal {
  if (state === 'stopped') return refuse('stoppedAlready', handle);
  if (state === 'declined') return refuse('declinedAlready', handle);
  return state === 'sent' ? refuse('sentAlready', handle) : refuse('underWay', handle);
}

/** Now instead of at its time; or once more, after it was shown that nothing is there. */
export function sendNow(_: Of<'sendNow'>, deciding: Deciding): Decision {
  const { actor, moment, state } = deciding;
  const { profiles } = publishingOf(deciding);
  return moved(deciding, (intent) => {
    const isAgain = intent.state === 'notSent';
    if (isAgain && intent.attempts > 1) return refuse('sentTwice', intent.handle);
    if (intent.state === 'toApprove') return refuse('needsYesFirst', intent.handle);
    if (intent.state !== 'held' && intent.state !== 'waiting' && !isAgain) return tooLate(intent);
    const refusal =
      refusalToPublish(profiles.get(intent.profile), deciding) ??
      refusalOfEarly(intent, deciding) ??
      refusalOfHours(intent, deciding);
    if (refusal) return refusal;
    if (state.frozenAll || profiles.get(intent.profile)?.frozen) return refuse('frozen', intent.handle);
    return advance(intent, actor, moment, {
      to: 'held',
      set: { at: moment.now, due: moment.now },
      without: ['why', 'scheduled', 'looks', 'foreseen'],
      operation: 'sendNow',
      what: sendNowWords(intent, moment.now),
    });
  });
}

function sendNowWords(intent: Intent, now: Date): string {
  const it = `a ${actWord(intent)} of ${intent.author.name}`;
  if (intent.state === 'notSent') return `asked to send ${it} once more`;
  return intent.at && intent.at > now ? `sent ${it} before its time` : `sent ${it} after its time`;
}

const isEarly = ({ scheduled, at }: Intent, now: Date) => scheduled === true && at !== undefined && at > now;

/** A yes was for the time that it named: whoever needs one does not send before it. */
function refusalOfEarly(intent: Intent, deciding: Deciding): Refusal | undefined {
  const { actor, moment } = deciding;
  const profile = publishingOf(deciding).profiles.get(intent.profile);
  const isFree = profile !== undefined && mayPublish({ actor, profile, now: moment.now });
  return isEarly(intent, moment.now) && intent.asks && !isFree ? refuse('yesWasForThen', intent.handle) : undefined;
}

/** Outside working hours a post leaves with a yes for this very moment, or by the hand of somebody who could give it. */
function refusalOfHours(intent: Intent, deciding: Deciding): Refusal | undefined {
  const { actor, moment, state } = deciding;
  const { hours, timeZone } = state.policy;
  if (!isOutsideHours(hours, moment.now, timeZone)) return undefined;
  const { approval, asks, scheduled } = intent;
  const isForNow = !scheduled || (asks?.includes('hours') && !isEarly(intent, moment.now));
  if (approval && isForNow) return undefined;
  const isTheirs = decides(intent, publishingOf(deciding).profiles.get(intent.profile), actor, moment.now);
  return isTheirs ? undefined : refuse('outsideHours', intent.handle, hours);
}

/** Off the network again, by the worker. It is asked first, since it costs and cannot be undone. */
export function takeBack(_: Of<'takeBack'>, deciding: Deciding): Decision {
  const publishing = publishingOf(deciding);
  const [intent] = publishing.intents;
  if (!intent || !mayTouch(intent, deciding, publishing)) return { kind: 'refuse', refusal: refuse('postGone') };
  if (intent.state !== 'sent' || !intent.proof) return { kind: 'refuse', refusal: refuse('notThere', intent.handle) };
  const refusal = refusalToPublish(publishing.profiles.get(intent.profile), deciding);
  if (refusal) return { kind: 'refuse', refusal };
  if (!deciding.state.confirmed) return { kind: 'ask', question: 'take-back' };
  const { actor, moment } = deciding;
  const next = advance(intent, actor, moment, {
    to: 'sent',
    set: { takeBack: { id: actor.id, name: actor.name }, takeBackAt: moment.now, due: moment.now },
    operation: 'takeBack',
    what: `asked to take back a ${actWord(intent)} of ${intent.author.name}`,
  });
  return { kind: 'intents', intents: [next] };
}

/** One more look, whatever the earlier ones said. */
export function lookAgain(_: Of<'lookAgain'>, deciding: Deciding): Decision {
  const { actor, moment } = deciding;
  return moved(deciding, (intent) => {
    if (intent.state !== 'unknown' && intent.state !== 'toSettle' && intent.state !== 'notSent') return tooLate(intent);
    return advance(intent, actor, moment, {
      to: 'unknown',
      set: { due: moment.now, looks: Math.max(intent.looks ?? 0, lookAfterMs.length - 1), why: { code: 'answerLost' } },
      without: ['candidates'],
      operation: 'lookAgain',
      what: `asked to look for a ${actWord(intent)} of ${intent.author.name} again`,
    });
  });
}

function notThereNotice(intent: Intent, { id, name }: PersonName): Notice {
  return toAuthor(
    intent,
    id,
    `Your ${actWord(intent)} is not there`,
    `${name} looked at the network. You can have it sent once more.`,
  );
}

/** A person looked at the network and says what is there. */
export function settle({ there, candidate }: Of<'settle'>, deciding: Deciding): Decision {
  const { actor, moment } = deciding;
  return moved(deciding, (intent) => {
    // Who said that it is not there may have been wrong.
    if (intent.state !== 'toSettle' && !(there && intent.state === 'notSent')) return tooLate(intent);
    if (!there) {
      return advance(intent, actor, moment, {
        to: 'notSent',
        set: { why: { code: 'notSeen' } },
        without: ['candidates'],
        operation: 'settle',
        what: `looked, and the ${actWord(intent)} of ${intent.author.name} is not there`,
        notices: actor.id === intent.author.id ? [] : [notThereNotice(intent, actor)],
      });
    }
    const known = intent.candidates?.find(({ id }) => id === candidate);
    if (candidate && !known) return refuse('postGone');
    return found(intent, { ...(known ?? { id: '' }), how: 'person', at: moment.now }, moment, actor);
  });
}
