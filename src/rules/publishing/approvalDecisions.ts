import { nameFor } from '../change.js';
import { adminNames, type Deciding, type Decision } from '../decision.js';
import { isOwner } from '../may.js';
import type { Operation } from '../operation.js';
import { type Refusal, refuse } from '../refusals.js';
import type { Profile } from '../types.js';
import { advance, toAuthor } from './advance.js';
import { decidersOfPost, mayDecidePost, maySeeApproval, mayWatch } from './approving.js';
import { worksInHold } from './asking.js';
import { type Approval, actWord, type Intent } from './intent.js';
import { publishingOf } from './loaded.js';
import { after, secondMs } from './times.js';

type Decide = Extract<Operation, { kind: 'approvePost' | 'declinePost' }>;

/** A yes or a no to a post. The first one counts, and a yes only for what the one who says it has seen. */
export function decidePost(operation: Decide, deciding: Deciding): Decision {
  const { intents, profiles, hashes } = publishingOf(deciding);
  const [intent] = intents;
  const profile = intent && profiles.get(intent.profile);
  const hash = intent && hashes?.get(intent.id);
  if (!intent || hash === undefined || !maySeeApproval(intent, profile, deciding))
    return { kind: 'refuse', refusal: refuse('postGone') };
  const refusal = refusalToDecide(intent, profile, deciding) ?? refusalOfAnswer(operation, hash, intent);
  if (refusal) return { kind: 'refuse', refusal };
  const next =
    operation.kind === 'approvePost'
      ? approve(intent, profile, hash, deciding)
      : decline(intent, operation.reason ?? '', deciding);
  return { kind: 'intents', intents: [next] };
}

function refusalToDecide(intent: Intent, profile: Profile | undefined, { actor, state, moment }: Deciding) {
  const { author, handle } = intent;
  if (intent.state !== 'toApprove') return refuse('postDecided', handle, decisionWords(intent));
  if (actor.id === author.id) return refuse('ownPost', handle);
  if (mayDecidePost(intent, profile, actor, moment.now)) return undefined;
  const deciders = profile && decidersOfPost(profile, author.id, moment.now);
  return deciders?.kind === 'owners'
    ? refuse(
        'ownersSayYes',
        handle,
        deciders.owners.map(({ name }) => name),
      )
    : refuse('managersSayYes', handle, adminNames(state.admins));
}

function refusalOfAnswer(operation: Decide, hash: string, intent: Intent): Refusal | undefined {
  if (operation.kind === 'declinePost') return operation.reason ? undefined : refuse('noNeedsReason');
  return operation.hash === hash ? undefined : refuse('approvalOld', intent.handle);
}

/** How it stands, in words that fit behind a colon. */
export function decisionWords({ state, approval, declined, why }: Intent): string {
  if (declined) return `declined by ${declined.by.name}`;
  if (why?.code === 'undecided') return 'nobody decided in time';
  if (state === 'stopped') return why?.code === 'replaced' ? 'it was changed' : 'it was stopped';
  return approval ? `approved by ${approval.by.name}` : 'it needs no yes any more';
}

/** It goes on as it would have after Send. After its time somebody says first: now, or not at all. */
function approve(
  intent: Intent,
  profile: Profile | undefined,
  hash: string,
  { actor, moment, state }: Deciding,
): Intent {
  const { now } = moment;
  const as = profile && isOwner({ actor, profile, now }) ? 'owner' : 'manager';
  const approval: Approval = { by: nameFor(actor), at: now, hash, as };
  const isLate = intent.decideBy !== undefined && intent.decideBy <= now;
  const at = intent.scheduled && intent.at ? intent.at : after(now, state.policy.undoSeconds * secondMs);
  const { handle, author } = intent;
  return advance(intent, actor, moment, {
    to: isLate ? 'waiting' : 'held',
    set: {
      approval,
      ...(isLate ? { why: { code: 'late' } } : { at, due: worksInHold(intent) ? now : at }),
    },
    without: isLate ? ['due'] : ['why'],
    operation: 'approvePost',
    act: { hash },
    what: `said yes to a ${actWord(intent)} of ${author.name}${isLate ? ', after its time' : ''}`,
    notices: [
      isLate
        ? toAuthor(
            intent,
            actor.id,
            `${actor.name} said yes to your ${actWord(intent)} with ${handle}`,
            'Its time is over, so it did not go out. Send it now, or stop it.',
          )
        : toAuthor(
            intent,
            actor.id,
            `${actor.name} said yes to your ${actWord(intent)} with ${handle}`,
            intent.scheduled ? 'It goes out at its time.' : 'It goes out now.',
          ),
    ],
  });
}

function decline(intent: Intent, reason: string, { actor, moment }: Deciding): Intent {
  return advance(intent, actor, moment, {
    to: 'declined',
    set: { declined: { by: nameFor(actor), at: moment.now, reason } },
    without: ['due', 'why'],
    operation: 'declinePost',
    what: `said no to a ${actWord(intent)} of ${intent.author.name}: "${reason}"`,
    notices: [
      toAuthor(
        intent,
        actor.id,
        `${actor.name} said no to your ${actWord(intent)} with ${intent.handle}`,
        `"${reason}"`,
      ),
    ],
  });
}

/** Looking at what waits, or at what was decided. */
export function seeApproval(_: Extract<Operation, { kind: 'approvalcard' }>, deciding: Deciding): Decision {
  const { intents, profiles } = publishingOf(deciding);
  const [intent] = intents;
  const isSeen = intent && maySeeApproval(intent, profiles.get(intent.profile), deciding);
  return isSeen ? { kind: 'view' } : { kind: 'refuse', refusal: refuse('postGone') };
}

/** The way to the video of a post that waits. */
export function watchVideo(_: Extract<Operation, { kind: 'watchVideo' }>, deciding: Deciding): Decision {
  const { intents, profiles } = publishingOf(deciding);
  const [intent] = intents;
  const profile = intent && profiles.get(intent.profile);
  if (!intent || !maySeeApproval(intent, profile, deciding)) return { kind: 'refuse', refusal: refuse('postGone') };
  if (mayWatch(intent, profile, deciding.actor, deciding.moment.now)) return { kind: 'view' };
  const refusal = intent.video ? refusalToDecide(intent, profile, deciding) : undefined;
  return { kind: 'refuse', refusal: refusal ?? refuse('videoGone') };
}
