import { DirectoryDown } from '../../directory/directory.js';
import { AskedTooMuch } from '../../directory/fair.js';
import type { How } from '../../platform/watch.js';
import { decide } from '../../rules/decide.js';
import type { Decision, State } from '../../rules/decision.js';
import { maySee } from '../../rules/may.js';
import { type Asked, type KindsWith, type Moment, type Operation, rowOf } from '../../rules/operation.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor, Profile } from '../../rules/types.js';
import type { ConfirmDoc, LinkoutDoc } from '../../store/collections.js';
import { StoreUnknown } from '../../store/store.js';
import { KeptChanging, untilWritten } from '../../store/update.js';
import { factsOf } from '../answers/profileFacts.js';
import { finish, proveByCode } from '../linkouts/linkoutProof.js';
import { isAdmin } from '../people/admins.js';
import { slowDown } from '../people/limits.js';
import { writeIntents } from '../publishing/ledger.js';
import { liveGroups } from '../publishing/liveFacts.js';
import { changedSince, endConfirm, openConfirm } from './confirms.js';
import { loadState, outsideFacts } from './load.js';
import type { Outcome } from './outcome.js';
import { outcomeOf } from './outcomeOf.js';
import { isOver, outcomeOnce } from './outcomeOnce.js';
import { ownWork, readBack } from './ownWork.js';
import type { Needs, Parts } from './parts.js';
import { prepare } from './prepare.js';
import type { Caller, Run, Step } from './step.js';
import { writeNotices, writePerson, writeProfile, writeRefusal, writeTenant } from './write.js';

/** As often as a person would wait for; then they see what it is now. */
const attempts = 3;

/** Handles one operation from one actor: resolve, load, decide, write once, and say what there is to show. */
export function handle(services: Parts, caller: Caller, asked: Asked): Promise<Outcome> {
  return services.watch('operation', asked.kind, () => handleNow(services, caller, asked), howOf);
}

const howOf = ({ kind }: Outcome): How => (kind === 'refused' ? 'refused' : 'done');

async function handleNow(services: Parts, caller: Caller, asked: Asked): Promise<Outcome> {
  try {
    const own = caller.again ? await ownWork(services, caller) : undefined;
    if (own) return own;
    const resume = resumes[asked.kind as Resumed] as Resume<Resumed> | undefined;
    return await (resume ? resume(services, caller, asked as never) : run(services, caller, asked, {}));
  } catch (error) {
    if (error instanceof DirectoryDown) return directoryDown(error, services.clock());
    throw error;
  }
}

function directoryDown(error: DirectoryDown, now: Date): Outcome {
  if (error instanceof AskedTooMuch) return { kind: 'refused', refusal: slowDown(error.until, now) };
  const seconds = error.retryAt ? Math.ceil((error.retryAt.getTime() - now.getTime()) / 1000) : 60;
  const when = seconds > 90 ? `in ${Math.ceil(seconds / 60)} minutes` : 'in a minute';
  return { kind: 'refused', refusal: refuse('directoryDown', when) };
}

type Resumed = KindsWith<'does', 'resumes'>;
type Resume<K extends Resumed> = (
  services: Parts,
  caller: Caller,
  asked: Extract<Asked, { kind: K }>,
) => Promise<Outcome>;

/** How what was asked before goes on. */
const resumes: { [K in Resumed]: Resume<K> } = {
  yes: (services, caller, { confirm }) =>
    answered(services, caller, confirm, (asked) => run(services, caller, asked.asked, { confirm: asked })),
  no: (services, caller, { confirm }) =>
    answered(services, caller, confirm, async ({ profile }) => ({
      kind: 'said',
      title: 'Nothing was changed.',
      ...(profile ? { back: { kind: 'show', profile: { id: profile } } } : {}),
    })),
  code: (services, caller, { digits }) => proveByCode(services, caller, digits, run),
};

async function answered(
  services: Parts,
  caller: Caller,
  id: string,
  then: (confirm: ConfirmDoc) => Promise<Outcome>,
): Promise<Outcome> {
  const { tenant } = caller.actor;
  const confirm = await openConfirm(services, caller.actor, id);
  const outcome = confirm && (await outcomeOnce(services, tenant, `confirm:${id}`, () => then(confirm)));
  if (!outcome) return { kind: 'refused', refusal: refuse('confirmGone') };
  if (isOver(outcome)) await endConfirm(services, confirm);
  return outcome;
}

const run: Run = async (services, caller, asked, earlier) => {
  const moment: Moment = { now: caller.now ?? services.clock(), id: caller.id };
  const prepared = await prepare(services, caller, asked, earlier, moment);
  return prepared.kind === 'ready' ? decideAndWrite(services, prepared.step) : prepared.outcome;
};

/** Runs what waited for a sign-in, once the person in the browser is known to be the one who asked. */
export function finishLinkout(services: Parts, caller: Caller, doc: LinkoutDoc): Promise<Outcome> {
  return finish(services, caller, doc, run);
}

async function decideAndWrite(services: Parts, step: Step): Promise<Outcome> {
  const { operation, moment, earlier } = step;
  let seen = step.profile;
  let profile: Profile | undefined;
  const tried: Tried = {};
  const outcome = untilWritten(async () => {
    const channel = earlier.confirm?.channel ?? step.channel;
    const given = {
      confirmed: earlier.confirm !== undefined,
      ...(channel ? { channel } : {}),
      ...(earlier.proof ? { proof: earlier.proof } : {}),
      ...(seen ? { profile: seen } : {}),
    };
    const state = await loadState(services, step.actor, operation, given);
    if (step.askedIn) state.askedIn = step.askedIn;
    seen = undefined;
    profile = state.profile;
    const changed = earlier.confirm && profile ? changedSince(earlier.confirm, profile) : undefined;
    if (changed) state.confirmed = false;
    const admin = isAdmin(state.admins, step.actor.id);
    const actor = await withLiveGroups(services, { ...step.actor, admin }, operation, state);
    const decision = await services.watch(
      'decide',
      operation.kind,
      () => decideLive(services, { ...step, actor }, state, tried),
      ({ kind }) => (kind === 'refuse' ? 'refused' : 'done'),
    );
    tried.kind = decision.kind;
    if (await write(services, actor, operation, state, decision, moment)) {
      return shown(services, decision, outcomeOf(services, { ...step, actor }, state, decision, changed));
    }
    return undefined;
  }, attempts);
  return outcome.catch((error: unknown) => {
    if (error instanceof KeptChanging) return meanwhile(services, step, profile);
    if (error instanceof StoreUnknown)
      return readBack(services, { actor: step.actor, id: moment.id }, tried.kind, error);
    throw error;
  });
}

/** What is done stays done when it cannot be shown. */
function shown(services: Needs<'log'>, decision: Decision, outcome: Promise<Outcome>): Promise<Outcome> {
  return outcome.catch((error: unknown): Outcome => {
    if (!('done' in decision)) throw error;
    services.log.error({ err: error }, 'what was done could not be shown');
    return { kind: 'said', title: decision.done };
  });
}

/** What was found out of the outside, once, however often it is decided. */
type Tried = { posted?: boolean; isOpen?: boolean; kind?: Decision['kind'] };

/** On what the store knows first: who is refused anyhow makes nobody outside work. Then on what is so outside, too. */
async function decideLive(services: Parts, step: Step, state: State, tried: Tried): Promise<Decision> {
  const { actor, operation, moment } = step;
  const onSight = decide(operation, actor, state, moment);
  if (onSight.kind === 'refuse') return onSight;
  const closed = tried.isOpen ? undefined : await step.closedNow?.();
  if (closed) return { kind: 'refuse', refusal: closed };
  tried.isOpen = true;
  const facts = await outsideFacts(services, actor, operation, state);
  return ifPosted(services, actor, decide(operation, actor, { ...state, ...facts }, moment), tried);
}

/** What was decided holds only if a line can be posted; it is posted once, however often this is decided. */
async function ifPosted(
  services: Needs<'decisionCards'>,
  actor: Actor,
  decision: Decision,
  tried: Tried,
): Promise<Decision> {
  if (decision.kind !== 'changeTenant' || !decision.onlyIf) return decision;
  tried.posted ??= await services.decisionCards.tryChannel(decision.onlyIf.posted, actor);
  return tried.posted ? decision : { kind: 'refuse', refusal: decision.onlyIf.else };
}

/** Someone else kept winning: nothing was changed, and the card shows how it is now. */
async function meanwhile(
  services: Needs<'collections'>,
  { actor, moment }: Step,
  profile: Profile | undefined,
): Promise<Outcome> {
  const fresh = profile && (await services.collections.profiles.get(actor.tenant, profile.id));
  const visible = fresh && maySee({ actor, profile: fresh, now: moment.now }) ? fresh : undefined;
  return {
    kind: 'refused',
    refusal: refuse('changedMeanwhile', visible ? visible.handle : 'it'),
    ...(visible ? { profile: factsOf(visible, [], actor, moment.now) } : {}),
  };
}

/** What rests on a group share for good asks the directory now, not the cache: joining and leaving count at once. */
async function withLiveGroups(
  services: Needs<'directory'>,
  actor: Actor,
  operation: Operation,
  state: State,
): Promise<Actor> {
  if (rowOf(operation, actor).groups !== 'live') return actor;
  const about = [...(state.profile ? [state.profile] : []), ...(state.publishing?.profiles.values() ?? [])];
  if (!about.some(({ shares }) => shares.some(({ principal }) => principal.kind === 'group'))) return actor;
  return { ...actor, groups: await liveGroups(services, actor.tenant, actor.id, about) };
}

async function write(
  services: Parts,
  actor: Actor,
  operation: Operation,
  state: State,
  decision: Decision,
  moment: Moment,
): Promise<boolean> {
  switch (decision.kind) {
    case 'refuse':
      await writeRefusal(services, actor, operation.kind, decision.refusal, state.profile, moment);
      return true;
    case 'change':
      return writeProfile(services, decision.profile, state.profile);
    case 'changeTenant':
      return writeTenant(services, actor.tenant, decision, state.tenantVersion ?? 0, moment.now);
    case 'intents':
      return writeIntents(services, decision.intents);
    case 'changePerson':
      return writePerson(services, actor, decision, moment.now);
    case 'changeNotices':
      return writeNotices(services, actor, decision, moment.now);
    default:
      return true;
  }
}
