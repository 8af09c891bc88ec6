import { refusedBefore, refusedByRole } from '../../rules/mayNot.js';
import { type Asked, type Moment, rowOf, type WhoRef } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import type { Actor, Profile } from '../../rules/types.js';
import { factsOf } from '../answers/profileFacts.js';
import { type Groups, groupsFor } from '../people/groups.js';
import type { Standing } from '../people/memberships.js';
import { closedTo, standingNow, standingOf } from '../people/standing.js';
import { withAttached } from '../publishing/attaching.js';
import type { Outcome } from './outcome.js';
import type { Parts } from './parts.js';
import { locate, nameAll } from './resolve.js';
import type { Caller, Earlier, Step } from './step.js';
import { writeRefusal } from './write.js';

export type Prepared = { kind: 'ready'; step: Step } | { kind: 'answered'; outcome: Outcome };
const answered = (outcome: Outcome): Prepared => ({ kind: 'answered', outcome });

/**
 * From what was asked to an operation that can be decided. Rights come before whatever costs: who may not ask, and whom
 * the rules refuse already, is told so before anybody they named is looked up, and what is hidden from them answers like
 * what is not there, whatever the directory does.
 */
export async function prepare(
  services: Parts,
  caller: Caller,
  asked: Asked,
  earlier: Earlier,
  moment: Moment,
): Promise<Prepared> {
  const no = (refusal: Refusal, profile?: Profile) => refused(services, caller.actor, asked, refusal, profile, moment);
  const admins = await services.admins.of(caller.actor.tenant);
  const byRole = refusedByRole(asked, caller.actor, admins);
  if (byRole) return no(byRole);
  const row = rowOf(asked, caller.actor);
  const known = row.who === 'anybody' ? undefined : await standingOf(services, caller);
  const closed = known && closedTo(known.standing);
  if (closed) return no(closed);
  const { groups, asOf }: Groups = row.groups === 'no' ? { groups: [] } : await groupsFor(services, caller);
  const actor = asActor(caller.actor, groups, known?.standing);

  const by = { actor, moment, attached: caller.attached };
  const located = await locate(services, actor, asked);
  if (located.kind === 'refused') return answered(located);
  if (located.kind === 'chooseProfile') {
    const files = await withAttached(services, by, asked);
    if ('sentence' in files) return no(files);
    const more = { ...(await whoIn(caller, asked)), ...files };
    const options = located.options.map((option) => ({
      facts: factsOf(option.profile, [], actor, moment.now),
      asked: { ...option.asked, ...more } as Asked,
    }));
    return answered({ ...located, options });
  }
  const { profile } = located;
  const refusal = refusedBefore(located.asked, { actor, state: { admins, ...(profile ? { profile } : {}) }, moment });
  if (refusal) return no(refusal, profile);
  // Whoever changes something is asked for live: an account that was disabled just now changes nothing, nor has anybody
  // looked up.
  const closedNow = async () => closedTo(await standingNow(services, caller));
  const isOpen = row.does !== 'changes' || known?.isNow === true;
  const looksUp = namesSomebody(located.asked);
  const closedBefore = !isOpen && looksUp ? await closedNow() : undefined;
  if (closedBefore) return no(closedBefore, profile);

  const files = await withAttached(services, by, located.asked);
  if ('sentence' in files) return no(files, profile);
  const more = { ...(await whoIn(caller, asked)), ...files };
  const named = await nameAll(services, actor, { ...located.asked, ...more } as Asked, profile);
  if (named.kind !== 'operation') return answered(named);
  const { channel, askedIn } = caller;
  return {
    kind: 'ready',
    step: {
      ...{ actor, operation: named.operation, moment, earlier, asOf, asked: { ...asked, ...more } as Asked },
      ...(profile ? { profile } : {}),
      ...(isOpen || looksUp ? {} : { closedNow }),
      ...(channel ? { channel } : {}),
      ...(askedIn ? { askedIn } : {}),
    },
  };
}

/** Whom the mentions name, as Teams knows them; nothing where nobody was mentioned. */
async function whoIn({ known }: Caller, asked: Asked): Promise<{ who?: WhoRef | WhoRef[] }> {
  const now = known && 'who' in asked ? await known() : undefined;
  return now && 'who' in now ? { who: now.who } : {};
}

/** Whether somebody is named in it whom only the directory knows. */
function namesSomebody(asked: Asked): boolean {
  return 'who' in asked && [asked.who].flat().some((who) => !('everyone' in who));
}

function asActor(actor: Actor, groups: readonly string[], standing: Standing | undefined): Actor {
  return { ...actor, groups, ...(standing === 'guest' ? { guest: true as const } : {}) };
}

async function refused(
  services: Parts,
  actor: Actor,
  asked: Asked,
  refusal: Refusal,
  profile: Profile | undefined,
  moment: Moment,
): Promise<Prepared> {
  await writeRefusal(services, actor, asked.kind, refusal, profile, moment);
  return answered({ kind: 'refused', refusal });
}
