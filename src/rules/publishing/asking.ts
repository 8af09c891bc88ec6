import { activeOwners, nameOf, sharesReaching } from '../access.js';
import { nameFor } from '../change.js';
import type { Deciding, Decision } from '../decision.js';
import { mayPublish, maySee } from '../may.js';
import type { Operation } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import type { Place, Profile } from '../types.js';
import { advance } from './advance.js';
import { actWord, type Draft, type Intent, type Publishing } from './intent.js';
import { after, planMs, previewMs, secondMs } from './times.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** What was loaded for an operation on posts. */
export const publishingOf = ({ state }: Deciding): Publishing =>
  state.publishing ?? { drafts: [], intents: [], profiles: new Map() };

/** Nobody publishes with what they may not see; who may see and not publish is told who can help. */
export function refusalToPublish(
  profile: Profile | undefined,
  { actor, moment: { now } }: Deciding,
): Refusal | undefined {
  const facts = profile && { actor, profile, now };
  if (!facts || !maySee(facts)) return refuse('notFound');
  if (mayPublish(facts)) return undefined;
  const owners = activeOwners(facts.profile, now).map(({ name }) => name);
  const needsYes = sharesReaching(facts.profile, actor, now).length > 0 && owners.length > 0;
  return refuse(needsYes ? 'needsOwnersYes' : 'mayNotPublish', nameOf(facts.profile), owners);
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
  const { pictures = [] } = publishingOf(deciding);
  if (pictures.length < (operation.pictures?.length ?? 0)) return { kind: 'refuse', refusal: refuse('pictureGone') };
  const shown = pictures.length > 0 ? { pictures, pictureIds: pictures.map(({ id }) => id) } : {};
  return previewed(drafts, { text, ...shown, ...(at ? { at, scheduled: true } : {}) }, intents, deciding);
}

/** What is the same for all intents of one preview. */
type Asked = Pick<Intent, 'text'> &
  Partial<Pick<Intent, 'at' | 'scheduled' | 'kind' | 'target' | 'targetKey' | 'pictures' | 'pictureIds'>>;

/** A new preview, in the place of the one it was made from. */
export function previewed(
  drafts: readonly Draft[],
  what: Asked,
  before: readonly Intent[],
  deciding: Deciding,
): Decision {
  const replaced = before.filter(({ state, author }) => state === 'asked' && author.id === deciding.actor.id);
  return {
    kind: 'intents',
    intents: [
      ...replaced.map((intent) => stopped(intent, 'replaced', deciding)),
      ...drafts.map((draft) => asked(draft, what, deciding, replaced[0]?.askedIn)),
    ],
  };
}

function asked(draft: Draft, what: Asked, { actor, moment, state }: Deciding, before: Place | undefined): Intent {
  const askedIn = state.askedIn ?? before;
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
    expires: after(moment.now, previewMs),
    outbox: [],
  };
}

function refusalOfTime(at: Date, { moment: { now } }: Deciding): Refusal | undefined {
  if (at <= now) return refuse('timePast');
  return after(now, planMs) < at ? refuse('timeTooFar') : undefined;
}

/** Where pictures are chosen: for one's own preview, before it is sent. */
export function pictures(_: Of<'pictures'>, deciding: Deciding): Decision {
  const { intents } = publishingOf(deciding);
  const own = intents.filter(
    ({ authorId, state, kind }) => authorId === deciding.actor.id && state === 'asked' && !kind,
  );
  return own.length > 0 ? { kind: 'pictures' } : { kind: 'refuse', refusal: refuse('previewOld') };
}

/** Send on the preview. A second click finds them held already, and changes nothing. */
export function send(_: Of<'send'>, deciding: Deciding): Decision {
  const { actor, moment, state } = deciding;
  const publishing = publishingOf(deciding);
  const isOver = ({ expires }: Intent) => expires !== undefined && expires <= moment.now;
  const own = publishing.intents.filter((intent) => intent.author.id === actor.id && !isOver(intent));
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
  const hold = after(moment.now, state.policy.undoSeconds * secondMs);
  return {
    kind: 'intents',
    intents: open.map((intent) => held(intent, intent.scheduled ? intent.at : hold, deciding)),
  };
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

function held(intent: Intent, at: Date | undefined, { actor, moment }: Deciding): Intent {
  const time = { at: at ?? moment.now, ...(intent.scheduled ? { scheduled: true as const } : {}) };
  return advance(intent, actor, moment, {
    to: 'held',
    // A planned one is looked at right away: what would keep it is worth knowing now. Pictures are carried over in the hold.
    set: { ...time, due: intent.scheduled || intent.pictures ? moment.now : time.at },
    without: ['expires', 'why'],
    operation: actWord(intent),
    what: intent.scheduled
      ? `planned a ${actWord(intent)} for ${time.at.toISOString()}`
      : `asked to send a ${actWord(intent)}`,
  });
}

/** Undo, cancel, or a change that takes its place. */
export function stopped(intent: Intent, code: 'undone' | 'replaced', { actor, moment }: Deciding): Intent {
  const isPreview = intent.state === 'asked';
  return advance(intent, actor, moment, {
    to: 'stopped',
    set: { why: { code } },
    without: ['due', 'foreseen'],
    operation: 'undo',
    ...(isPreview ? {} : { what: `stopped a ${actWord(intent)} of ${intent.author.name}` }),
  });
}
