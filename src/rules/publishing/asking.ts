import { activeOwners, nameOf } from '../access.js';
import { nameFor } from '../change.js';
import type { Deciding, Decision } from '../decision.js';
import { mayDraft, maySee } from '../may.js';
import type { Operation } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import type { Actor, PersonId, Place, Profile } from '../types.js';
import { advance, toAuthor } from './advance.js';
import { askForYes } from './approvalTimes.js';
import { actOf, mayDecidePost, reasonsForYes, rightOf } from './approving.js';
import { actWord, type Draft, type Intent, type Publishing, type Under } from './intent.js';
import { publishingOf } from './loaded.js';
import { after, planMs, previewMs, secondMs } from './times.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** Nobody publishes with what they may not see; who may see and not publish is told who can help. */
export function refusalToPublish(
  profile: Profile | undefined,
  { actor, moment: { now } }: Pick<Deciding, 'actor' | 'moment'>,
): Refusal | undefined {
  const facts = profile && { actor, profile, now };
  if (!facts || !maySee(facts)) return refuse('notFound');
  if (mayDraft(facts)) return undefined;
  const owners = activeOwners(facts.profile, now).map(({ name }) => name);
  return refuse('mayNotPublish', nameOf(facts.profile), owners);
}

/** Words and profiles become a preview: one intent for each profile, of which nothing leaves before Send. */
export function post(operation: Of<'post'>, deciding: Deciding): Decision {
  const { drafts, intents } = publishingOf(deciding);
  for (const { profile } of drafts) {
    const refusal = refusalToPublish(profile, deciding);
    if (refusal) return { kind: 'refuse', refusal };
  }
  const late = operation.at && refusalOfTime(operation.at, deciding);
  if (late) return { kind: 'refuse', refusal: late };
  if (operation.form || drafts.length === 0 || operation.text === undefined) return { kind: 'compose' };
  const { text, at } = operation;
  const { pictures = [], video } = publishingOf(deciding);
  if (pictures.length < (operation.pictures?.length ?? 0)) return { kind: 'refuse', refusal: refuse('pictureGone') };
  if (operation.video && !video) return { kind: 'refuse', refusal: refuse('videoGone') };
  if (video && pictures.length > 0) return { kind: 'refuse', refusal: refuse('picturesOrVideo') };
  const shown = {
    ...(pictures.length > 0 ? { pictures, pictureIds: pictures.map(({ id }) => id) } : {}),
    ...(video ? { video, videoId: video.id } : {}),
  };
  return previewed(drafts, { text, ...shown, ...(at ? { at, scheduled: true } : {}) }, intents, deciding);
}

/** What is the same for all intents of one preview. */
type Asked = Pick<Intent, 'text'> &
  Partial<
    Pick<Intent, 'at' | 'scheduled' | 'kind' | 'target' | 'targetKey' | 'pictures' | 'pictureIds' | 'video' | 'videoId'>
  >;

/** A new preview, in the place of the one it was made from. */
export function previewed(
  drafts: readonly Draft[],
  what: Asked,
  before: readonly Intent[],
  deciding: Deciding,
): Decision {
  const { profiles } = publishingOf(deciding);
  const replaced = before.filter((intent) =>
    mayReplace(intent, profiles.get(intent.profile), deciding.actor, deciding.moment.now),
  );
  const own = replaced.find(({ author }) => author.id === deciding.actor.id);
  return {
    kind: 'intents',
    intents: [
      ...replaced.filter(({ state }) => state !== 'declined').map((intent) => stopped(intent, 'replaced', deciding)),
      ...drafts.map((draft) => asked(draft, what, deciding, { askedIn: own?.askedIn, seen: seenIn(replaced, draft) })),
    ],
  };
}

/** One's own preview; what waits for a yes by those who decide, too. What was declined stays, and its text is remembered. */
export function mayReplace(intent: Intent, profile: Profile | undefined, actor: Actor, now: Date): boolean {
  if (intent.author.id === actor.id) return ['asked', 'toApprove', 'declined'].includes(intent.state);
  return mayDecidePost(intent, profile, actor, now);
}

/** What those who decide about this profile saw last of a post that is changed. */
function seenIn(replaced: readonly Intent[], { profile }: Draft): string | undefined {
  const earlier = replaced.find((intent) => intent.profile === profile.id);
  return earlier?.state === 'asked' ? earlier.before : earlier?.text;
}

type Earlier = { askedIn: Place | undefined; seen: string | undefined };

function asked(draft: Draft, what: Asked, { actor, moment, state }: Deciding, { seen, ...earlier }: Earlier): Intent {
  const askedIn = state.askedIn ?? earlier.askedIn;
  // Said beforehand; Send works it out anew.
  const asks = reasonsForYes({
    ...{ profile: draft.profile, actor, policy: state.policy, draft },
    ...{ at: what.at ?? moment.now, now: moment.now },
  });
  return {
    tenant: actor.tenant,
    id: `${moment.id}.${draft.profile.id}`,
    version: 0,
    posting: moment.id,
    profile: draft.profile.id,
    type: draft.profile.type,
    handle: draft.handle,
    author: nameFor(actor),
    authorId: actor.id,
    timeZone: actor.timeZone,
    ...what,
    wire: draft.wire,
    hash: draft.hash,
    state: 'asked',
    askedAt: moment.now,
    attempts: 0,
    ...(askedIn ? { askedIn } : {}),
    ...(seen === undefined ? {} : { before: seen }),
    ...(asks.length > 0 ? { asks } : {}),
    ...(draft.domains?.length ? { domains: draft.domains } : {}),
    expires: after(moment.now, previewMs),
    outbox: [],
  };
}

function refusalOfTime(at: Date, { moment: { now } }: Deciding): Refusal | undefined {
  if (at <= now) return refuse('timePast');
  return after(now, planMs) < at ? refuse('timeTooFar') : undefined;
}

/** One's own preview of a post, before it is sent: it alone takes pictures, or a video. */
export const takesPictures = ({ authorId, state, kind }: Intent, person: PersonId): boolean =>
  authorId === person && state === 'asked' && !kind;

/** Where pictures are chosen. */
export function pictures(_: Of<'pictures'>, deciding: Deciding): Decision {
  const { intents } = publishingOf(deciding);
  if (intents.some((intent) => takesPictures(intent, deciding.actor.id))) return { kind: 'pictures' };
  const isMine = intents.some(({ authorId }) => authorId === deciding.actor.id);
  return { kind: 'refuse', refusal: refuse(isMine ? 'previewOld' : 'postGone') };
}

/** Send on the preview. A second click finds them held already, and changes nothing. */
export function send(_: Of<'send'>, deciding: Deciding): Decision {
  const { moment } = deciding;
  const publishing = publishingOf(deciding);
  const isOver = ({ expires }: Intent) => expires !== undefined && expires <= moment.now;
  const own = publishing.intents.filter((intent) => intent.author.id === deciding.actor.id && !isOver(intent));
  if (own.length === 0) return { kind: 'refuse', refusal: refuse('postGone') };
  const open = own.filter((intent) => intent.state === 'asked');
  if (open.length === 0) {
    const isOld = own.every(({ why }) => why?.code === 'replaced');
    return isOld ? { kind: 'refuse', refusal: refuse('previewOld') } : { kind: 'intents', intents: [] };
  }
  for (const intent of open) {
    const refusal = refusalToSend(intent, deciding, publishing);
    if (refusal) return { kind: 'refuse', refusal };
  }
  return { kind: 'intents', intents: open.map((intent) => afterSend(intent, publishing, deciding)) };
}

/** Held until its time, or waiting for the yes that it needs. */
function afterSend(intent: Intent, { profiles, drafts }: Publishing, deciding: Deciding): Intent {
  const { actor, moment, state } = deciding;
  const hold = after(moment.now, state.policy.undoSeconds * secondMs);
  const at = intent.scheduled && intent.at ? intent.at : hold;
  const profile = profiles.get(intent.profile);
  if (!profile) return held(intent, at, undefined, deciding);
  const draft = drafts.find((one) => one.profile.id === intent.profile);
  const asks = reasonsForYes({ profile, actor, policy: state.policy, at, now: moment.now, draft });
  const under = rightOf(profile, actor, moment.now);
  return asks.length > 0 ? askForYes(intent, asks, under, deciding) : held(intent, at, under, deciding);
}

function refusalToSend(intent: Intent, deciding: Deciding, publishing: Publishing): Refusal | undefined {
  const profile = publishing.profiles.get(intent.profile);
  const refusal = refusalToPublish(profile, deciding);
  if (refusal || !profile) return refusal;
  if (deciding.state.frozenAll || profile.frozen) return refuse('frozen', intent.handle);
  const draft = publishing.drafts.find((one) => one.profile.id === intent.profile);
  if (!draft || draft.hash !== intent.hash) return refuse('previewOld');
  if (draft.problems.length > 0) return refuse('cannotBeSent', intent.handle, draft.problems[0] ?? '');
  return intent.at ? refusalOfTime(intent.at, deciding) : undefined;
}

/** Whether there is something to do before its time: to look ahead, or to carry over what goes with it. */
export const worksInHold = ({ scheduled, pictures, video }: Intent): boolean =>
  scheduled !== undefined || pictures !== undefined || video !== undefined;

function held(intent: Intent, at: Date, under: Under | undefined, { actor, moment, state }: Deciding): Intent {
  const time = { at, ...(intent.scheduled ? { scheduled: true as const } : {}) };
  return advance(intent, actor, moment, {
    to: 'held',
    // A planned one is looked at right away: what would keep it is worth knowing now. Pictures are carried over in the hold.
    set: { ...time, due: worksInHold(intent) ? moment.now : time.at, ...(under ? { under } : {}) },
    without: ['expires', 'why', 'asks'],
    operation: actWord(intent),
    act: actOf(intent, under, { actor, moment, state }),
    what: intent.scheduled
      ? `planned a ${actWord(intent)} for ${time.at.toISOString()}`
      : `asked to send a ${actWord(intent)}`,
  });
}

/** Undo, cancel, or a change that takes its place. */
export function stopped(intent: Intent, code: 'undone' | 'replaced', { actor, moment }: Deciding): Intent {
  const isPreview = intent.state === 'asked';
  const isAnothers = code === 'replaced' && intent.author.id !== actor.id;
  return advance(intent, actor, moment, {
    to: 'stopped',
    set: { why: { code } },
    without: ['due', 'foreseen'],
    operation: 'undo',
    ...(isPreview ? {} : { what: `stopped a ${actWord(intent)} of ${intent.author.name}` }),
    ...(isAnothers
      ? {
          notices: [
            toAuthor(
              intent,
              actor.id,
              `${actor.name} changed your ${actWord(intent)} with ${intent.handle}`,
              'Yours does not go out. Ask them what becomes of it.',
            ),
          ],
        }
      : {}),
  });
}
