import { DirectoryDown } from '../../directory/directory.js';
import { decide, refusedByRole } from '../../rules/decide.js';
import type { ChannelPlace, Decision, SignedIn, State } from '../../rules/decision.js';
import { maySee } from '../../rules/may.js';
import { type Asked, changes, type Moment, type Operation } from '../../rules/operation.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor, GroupId, Profile } from '../../rules/types.js';
import type { ConfirmDoc, LinkoutDoc } from '../../store/collections.js';
import { KeptChanging, untilWritten } from '../../store/update.js';
import { factsOf } from '../answers/profileFacts.js';
import { finish, proveByCode } from '../linkouts/linkoutProof.js';
import type { Authenticated } from '../people/actor.js';
import { type Groups, groupsFor, needsGroups } from '../people/groups.js';
import type { AsOf } from '../people/memberships.js';
import { changedSince, takeConfirm } from './confirms.js';
import { loadState } from './load.js';
import type { Outcome } from './outcome.js';
import { outcomeOf } from './outcomeOf.js';
import type { Needs, Parts } from './parts.js';
import { resolve } from './resolve.js';
import { writeProfile, writeRefusal, writeRole, writeTenant } from './write.js';

/** Who asks, with the id of this delivery and whether only they can see the answer. */
export type Caller = Authenticated & {
  id: string;
  personal: boolean;
  /** The channel it was said in. */
  channel?: ChannelPlace;
};

/** What comes with an operation that was asked before: a yes, or a proven sign-in. */
type Earlier = { confirm?: ConfirmDoc; signedIn?: SignedIn };

/** As often as a person would wait for; then they see what it is now. */
const attempts = 3;

/** Handles one operation from one actor: resolve, load, decide, write once, and say what there is to show. */
export async function handle(services: Parts, caller: Caller, asked: Asked): Promise<Outcome> {
  try {
    if (asked.kind === 'yes' || asked.kind === 'no') return await answered(services, caller, asked);
    if (asked.kind === 'code') return await proveByCode(services, caller, asked.digits, run);
    return await run(services, caller, asked, {});
  } catch (error) {
    if (error instanceof DirectoryDown) return directoryDown(error, services.clock());
    throw error;
  }
}

function directoryDown(error: DirectoryDown, now: Date): Outcome {
  const seconds = error.retryAt ? Math.ceil((error.retryAt.getTime() - now.getTime()) / 1000) : 60;
  const when = seconds > 90 ? `in ${Math.ceil(seconds / 60)} minutes` : 'in a minute';
  return { kind: 'refused', refusal: refuse('directoryDown', when) };
}

async function answered(
  services: Parts,
  caller: Caller,
  asked: Extract<Asked, { kind: 'yes' | 'no' }>,
): Promise<Outcome> {
  const confirm = await takeConfirm(services, caller.actor, asked.confirm);
  if (!confirm) return { kind: 'refused', refusal: refuse('confirmGone') };
  if (asked.kind === 'no') return { kind: 'said', title: 'Nothing was changed.' };
  return run(services, caller, confirm.asked, { confirm });
}

export type Run = (services: Parts, caller: Caller, asked: Asked, earlier: Earlier) => Promise<Outcome>;

const run: Run = async (services, caller, asked, earlier) => {
  const moment: Moment = { now: services.clock(), id: caller.id };
  const barred = refusedByRole(asked.kind, caller.actor, []);
  const { groups, asOf }: Groups = barred || !needsGroups(asked) ? { groups: [] } : await groupsFor(services, caller);
  const actor: Actor = { ...caller.actor, groups };
  const resolved = barred
    ? { kind: 'operation' as const, operation: withoutNames(asked) }
    : await resolve(services, actor, asked);
  if (resolved.kind === 'refused') return resolved;
  if (resolved.kind === 'chooseWho') return resolved;
  const now = moment.now;
  if (resolved.kind === 'chooseProfile') {
    const options = resolved.options.map((option) => ({
      facts: factsOf(option.profile, [], actor, now),
      asked: option.asked,
    }));
    return { ...resolved, options };
  }
  // Whoever changes something is asked for live: an account that was disabled just now changes nothing.
  if (!barred && changes(asked.kind) && !(await services.directory.isEnabled(actor.tenant, actor.id))) {
    return { kind: 'refused', refusal: refuse('disabled') };
  }
  const { channel } = caller;
  const step = { actor, operation: resolved.operation, asked, moment, earlier, asOf, ...(channel ? { channel } : {}) };
  return decideAndWrite(services, step);
};

/** Runs what waited for a sign-in, once the person in the browser is known to be the one who asked. */
export function finishLinkout(services: Parts, caller: Caller, doc: LinkoutDoc): Promise<Outcome> {
  return finish(services, caller, doc, run);
}

/** Names of what a Reader asked about are never looked up. */
const withoutNames = (asked: Asked): Operation => ({ ...asked, profile: '', who: [] }) as unknown as Operation;

export type Step = {
  actor: Actor;
  operation: Operation;
  asked: Asked;
  moment: Moment;
  earlier: Earlier;
  asOf: AsOf | undefined;
  channel?: ChannelPlace;
};

async function decideAndWrite(services: Parts, step: Step): Promise<Outcome> {
  const { operation, moment, earlier } = step;
  let profile: Profile | undefined;
  const once: { open?: boolean } = {};
  const outcome = untilWritten(async () => {
    const channel = earlier.confirm?.channel ?? step.channel;
    const given = {
      confirmed: earlier.confirm !== undefined,
      ...(channel ? { channel } : {}),
      ...(earlier.signedIn ? { signedIn: earlier.signedIn } : {}),
    };
    const state = await loadState(services, step.actor, operation, given);
    profile = state.profile;
    if (state.confirmed && operation.kind === 'approvals' && state.channel) {
      // Posting a line is the only way to know; it is posted once, however often this is decided.
      once.open ??= await services.claimCards.tryChannel(state.channel, step.actor);
      state.channel = { ...state.channel, open: once.open };
    }
    const changed = earlier.confirm && profile ? changedSince(earlier.confirm, profile) : undefined;
    if (changed) state.confirmed = false;
    const actor = await withLiveGroups(services, step.actor, operation, state);
    const decision = decide(operation, actor, state, moment);
    if (await write(services, actor, operation, state, decision, moment)) {
      return outcomeOf(services, { ...step, actor }, state, decision, changed);
    }
    return undefined;
  }, attempts);
  return outcome.catch((error: unknown) => {
    if (error instanceof KeptChanging) return meanwhile(services, step, profile);
    throw error;
  });
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

/** A claim that rests on a group share asks the directory now, not the cache: joining and leaving count at once. */
async function withLiveGroups(
  services: Needs<'directory'>,
  actor: Actor,
  operation: Operation,
  state: State,
): Promise<Actor> {
  if (operation.kind !== 'claim' || !state.profile) return actor;
  const asked: GroupId[] = state.profile.shares.flatMap(({ principal }) =>
    principal.kind === 'group' ? principal.id : [],
  );
  if (asked.length === 0) return actor;
  return { ...actor, groups: await services.directory.memberOf(actor.tenant, actor.id, asked) };
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
      await writeRefusal(services, actor, operation, decision.refusal, state.profile, moment);
      return true;
    case 'change':
      return writeProfile(services, decision.profile, state.profile);
    case 'changeTenant':
      return writeTenant(services, actor.tenant, decision, moment.now);
    case 'changeRole':
      return operation.kind === 'role' && writeRole(services, actor, operation.who, decision, moment.now);
    default:
      return true;
  }
}
