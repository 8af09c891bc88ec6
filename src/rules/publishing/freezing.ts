import { isManagerOrAdmin, nameOf } from '../access.js';
import { change, nameFor, showButton } from '../change.js';
import { adminNames, type Deciding, type Decision } from '../decision.js';
import { auditEntry } from '../entries.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import type { Freeze, Notice, OutboxEntry, Profile } from '../types.js';

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

const neededYes = 2;

export function freeze({ drill }: Of<'freeze'>, profile: Profile, deciding: Deciding): Decision {
  const { actor, moment } = deciding;
  const name = nameOf(profile);
  if (profile.frozen) return { kind: 'refuse', refusal: refuse('frozenAlready', name) };
  const frozen: Freeze = { by: nameFor(actor), at: moment.now, yes: [], ...(drill ? { drill } : {}) };
  return change(profile, deciding, {
    operation: 'freeze',
    set: { frozen },
    what: drill ? 'froze it as a drill' : 'froze it: nothing goes out',
    done: `${name} is frozen: nothing goes out from now on.`,
    ...(drill ? { also: [{ id: `${moment.id}:drill`, kind: 'endDrill' as const, profile: profile.id }] } : {}),
    notices: drill
      ? []
      : ownersToTell(
          profile,
          deciding,
          `${actor.name} froze ${name}`,
          'Nothing goes out until two Managers have thawed it.',
        ),
  });
}

export function thaw({ reason }: Of<'thaw'>, profile: Profile, deciding: Deciding): Decision {
  const { actor, moment } = deciding;
  const name = nameOf(profile);
  const judged = judgeThaw(profile.frozen, name, reason, deciding);
  if (judged.kind === 'refuse') return judged;
  if (judged.frozen) {
    return change(profile, deciding, {
      operation: 'thaw',
      set: { frozen: judged.frozen },
      what: `said yes to a thaw: ${reason}`,
      done: `Your yes is kept. A second Manager or admin has to say "thaw ${name}" too.`,
    });
  }
  const { frozen: _, ...rest } = profile;
  return change(rest, deciding, {
    operation: 'thaw',
    set: {},
    what: `thawed it: ${reason}`,
    done: `${name} is thawed. What waited asks its author before it goes out.`,
    also: [{ id: `${moment.id}:wake`, kind: 'wakeIntents', profile: profile.id }],
    notices: ownersToTell(profile, deciding, `${actor.name} thawed ${name}`, 'Posts can go out again.'),
  });
}

/** The freeze with one yes more; without a freeze once there are enough. */
function judgeThaw(
  frozen: Freeze | undefined,
  name: string,
  reason: string | undefined,
  deciding: Deciding,
): { kind: 'go'; frozen?: Freeze } | Extract<Decision, { kind: 'refuse' }> {
  const { actor, moment } = deciding;
  if (!isManagerOrAdmin(deciding.actor))
    return { kind: 'refuse', refusal: refuse('thawersOnly', adminNames(deciding.state.admins)) };
  if (!frozen) return { kind: 'refuse', refusal: refuse('notFrozen', name) };
  if (!reason) return { kind: 'refuse', refusal: refuse('thawNeedsReason', `thaw ${name}`) };
  if (frozen.yes.some(({ id }) => id === actor.id)) return { kind: 'refuse', refusal: refuse('thawedByYou', name) };
  const yes = [...frozen.yes, { ...nameFor(actor), reason, at: moment.now }];
  return yes.length < neededYes ? { kind: 'go', frozen: { ...frozen, yes } } : { kind: 'go' };
}

/** Everything of the organisation, for a Manager or admin. */
export function freezeAll(_: Of<'freezeAll'>, deciding: Deciding): Decision {
  const { actor, moment, state } = deciding;
  if (!isManagerOrAdmin(deciding.actor))
    return { kind: 'refuse', refusal: refuse('thawersOnly', adminNames(deciding.state.admins)) };
  if (state.frozenAll) return { kind: 'refuse', refusal: refuse('frozenAlready', 'Everything') };
  return {
    kind: 'changeTenant',
    frozen: { by: nameFor(actor), at: moment.now, yes: [] },
    also: [foreseeAll(deciding)],
    done: 'Everything is frozen: nothing of the organisation goes out from now on.',
    entry: tenantAudit('freezeAll', 'froze everything: nothing goes out', deciding),
  };
}

export function thawAll({ reason }: Of<'thawAll'>, deciding: Deciding): Decision {
  const judged = judgeThaw(deciding.state.frozenAll, 'all', reason, deciding);
  if (judged.kind === 'refuse') return judged;
  return {
    kind: 'changeTenant',
    frozen: judged.frozen ?? null,
    ...(judged.frozen
      ? {}
      : { also: [{ id: `${deciding.moment.id}:wake`, kind: 'wakeIntents' as const }, foreseeAll(deciding)] }),
    done: judged.frozen
      ? 'Your yes is kept. A second Manager or admin has to say "thaw all" too.'
      : 'Everything is thawed. What waited asks its author before it goes out.',
    entry: tenantAudit(
      'thawAll',
      `${judged.frozen ? 'said yes to thawing' : 'thawed'} everything: ${reason}`,
      deciding,
    ),
  };
}

/** What was planned for later would not go out now, or would again. */
const foreseeAll = ({ moment }: Deciding): OutboxEntry => ({ id: `${moment.id}:foresee`, kind: 'foreseeIntents' });

function tenantAudit(operation: string, what: string, by: Deciding): OutboxEntry {
  return auditEntry(by, { operation, what });
}

function ownersToTell(profile: Profile, { actor }: Deciding, title: string, text: string): Notice[] {
  return profile.owners.map(({ id }) => ({
    to: { person: id },
    from: actor.id,
    title,
    text,
    buttons: [showButton(profile)],
  }));
}
