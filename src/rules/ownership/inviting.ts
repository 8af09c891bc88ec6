import { activeOwners, nameOf, principalName } from '../access.js';
import { change, nameFor } from '../change.js';
import { dayOf } from '../days.js';
import type { Deciding, Decision } from '../decision.js';
import type { Operation } from '../operation.js';
import { refuse } from '../refusals.js';
import { dayMs } from '../spans.js';
import type { Invite, Notice, PersonName, Profile } from '../types.js';

const livesMs = 7 * dayMs;

/** An owner asks people to become owners too: their yes in advance. */
export function invite(
  { who, picking }: Extract<Operation, { kind: 'invite' }>,
  profile: Profile,
  deciding: Deciding,
): Decision {
  const { actor, moment } = deciding;
  const name = nameOf(profile);
  const [first] = who;
  if (!first || picking) return { kind: 'pick' };
  const notPerson = who.find(({ kind }) => kind !== 'person');
  if (notPerson) return { kind: 'refuse', refusal: refuse('personOnly', principalName(notPerson)) };
  const owners = activeOwners(profile, moment.now);
  const people = who.flatMap((one) =>
    one.kind === 'person' && !owners.some(({ id }) => id === one.id) ? nameFor(one) : [],
  );
  if (people.length === 0) return { kind: 'refuse', refusal: refuse('ownersNeedNoShare', name, principalName(first)) };
  const ends = new Date(moment.now.getTime() + livesMs);
  const fresh = people.map((person): Invite => ({ person, by: nameFor(actor), at: moment.now, ends }));
  const kept = (profile.invites ?? []).filter(
    (old) => old.ends > moment.now && !people.some(({ id }) => id === old.person.id),
  );
  const names = people.map((person) => person.name).join(', ');
  return change(profile, deciding, {
    operation: 'invite',
    set: { invites: [...kept, ...fresh] },
    what: `invited ${names} to become an owner`,
    done: `Invited ${names}. Whoever signs in to ${name} by ${dayOf(ends, actor.timeZone)} is an owner at once.`,
    notices: people.map((person) => invitedNotice(person, profile, deciding, ends)),
  });
}

function invitedNotice({ id }: PersonName, profile: Profile, { actor }: Deciding, ends: Date): Notice {
  return {
    to: { person: id },
    from: actor.id,
    title: `${actor.name} asks you to become an owner of ${nameOf(profile)}`,
    text: `Sign in to it by ${dayOf(ends)}, and you own it at once.`,
    buttons: [{ title: 'Sign in to it', operation: { kind: 'claim', profile: { id: profile.id } } }],
  };
}
