import { nameOf, presentOwners } from '../access.js';
import { dayOf } from '../days.js';
import { auditEntry, bySystem, systemActors, withEntries } from '../entries.js';
import type { Moment } from '../operation.js';
import { dayMs } from '../spans.js';
import type { Light, Notice, OutboxEntry, Owner, PersonId, Profile, SealedGrant } from '../types.js';
import { isValid, lightOf, livingGrants } from './health.js';

/** Days before the real end, and days of age of sign-ins that last about 60 days, when somebody is told. */
const daysBefore = [14, 7, 3, 1] as const;
const daysOld = [30, 45] as const;

/** One thing to be told of one grant, with when it becomes so. `rank`: of several at once the lowest is told. */
type Mark = {
  key: string;
  at: Date;
  rank: number;
  grant: SealedGrant;
  kind: 'dead' | 'ended' | 'ends' | 'age';
  days: number;
};

/**
 * The profile with the notices that are due now: about sign-ins that ended, will end or are getting old, and about how
 * many keep it alive. Each is told once, in one message, to who can act. Undefined when there is nothing to write.
 */
export function careFor(profile: Profile, grants: readonly SealedGrant[], moment: Moment): Profile | undefined {
  const { now, id } = moment;
  if (profile.deleted) return undefined;
  const marks = grants.flatMap(marksOf);
  const known = new Set(profile.told);
  const due = marks.filter((mark) => mark.at <= now && !known.has(mark.key));
  const light = lightOf(livingGrants(profile, grants, now));
  const messages = messagesFor(profile, grants, due, light, now);
  const told = marks.filter((mark) => mark.at <= now).map(({ key }) => key);
  const next = marks.filter((mark) => mark.at > now).sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  const { careAt: _, told: __, ...rest } = profile;
  const entries = [
    ...due
      .filter(({ kind }) => kind === 'dead')
      .map(({ grant }, index) =>
        auditEntry(bySystem('network', profile.tenant, { now, id: `${id}:${index}` }), {
          operation: 'renew',
          what: `ended the sign-in of ${grant.personName}`,
          about: profile,
        }),
      ),
    ...messages.map(
      (notice, index): OutboxEntry => ({
        id: `${id}:care-${index}`,
        kind: 'notice',
        notice: { ...notice, about: profile.type },
      }),
    ),
  ];
  const looked: Profile = {
    ...rest,
    light,
    ...(told.length > 0 ? { told } : {}),
    ...(next ? { careAt: next.at } : {}),
  };
  return withEntries(looked, entries, now);
}

function marksOf(grant: SealedGrant): Mark[] {
  const start = grant.renewedAt ?? grant.since;
  const mark = (kind: Mark['kind'], days: number, at: Date, rank: number): Mark => ({
    ...{ kind, days, at, rank, grant },
    key: `${grant.person}:${start.getTime()}:${kind}-${days}`,
  });
  // That it is over is told once, whether the network said so first or its end came first.
  const over = `${grant.person}:${start.getTime()}:over`;
  if (grant.state === 'dead') return [{ ...mark('dead', 0, start, 0), key: over }];
  const { expiresAt } = grant;
  if (!expiresAt) return [];
  const before = daysBefore.map((days) => mark('ends', days, new Date(expiresAt.getTime() - days * dayMs), 1 + days));
  const lifeDays = (expiresAt.getTime() - start.getTime()) / dayMs;
  // A sign-in that renews itself does not get old; of one that should have, the end is told.
  const ages = lifeDays >= 55 && lifeDays <= 65 && !grant.refreshAt ? daysOld : [];
  const old = ages.map((days) => mark('age', days, new Date(start.getTime() + days * dayMs), 100 - days));
  // What had passed when the sign-in was made is no news: it was made for a week.
  return [...before, ...old, { ...mark('ended', 0, expiresAt, 1), key: over }].filter(({ at }) => at > start);
}

function messagesFor(
  profile: Profile,
  grants: readonly SealedGrant[],
  due: readonly Mark[],
  light: Light,
  now: Date,
): Notice[] {
  const messages = new Map<PersonId, Notice>();
  const owners = presentOwners(profile);
  for (const mark of [...due].sort((a, b) => b.rank - a.rank)) {
    for (const owner of whoCanAct(profile, owners, mark.grant))
      messages.set(owner.id, aboutGrant(profile, mark, owner, light));
  }
  if (isWorse(light, profile.light)) {
    const gone = new Set(
      due.filter(({ kind }) => kind === 'dead' || kind === 'ended').map(({ grant }) => grant.person),
    );
    for (const owner of owners.filter(({ id }) => !gone.has(id))) {
      messages.set(owner.id, aboutLight(profile, grants, owner, light, now));
    }
  }
  return [...messages.values()];
}

/** Whose sign-in it is; while they are leaving, the owners who stay. That of a mere claimant is nobody's concern. */
function whoCanAct(profile: Profile, owners: readonly Owner[], grant: SealedGrant): readonly Owner[] {
  if (!profile.owners.some(({ id }) => id === grant.person)) return [];
  const own = owners.filter(({ id }) => id === grant.person);
  return own.length > 0 ? own : owners;
}

const order: readonly Light[] = ['green', 'yellow', 'red'];
/** A profile nobody was told of yet began with the sign-in that added it: yellow. */
const isWorse = (light: Light, before: Light = 'yellow') => order.indexOf(light) > order.indexOf(before);

const renewButton = ({ id }: Profile): NonNullable<Notice['buttons']> => [
  { title: 'Renew', operation: { kind: 'renew', profile: { id } } },
];
const day = (at: Date | undefined) => (at ? dayOf(at) : '');

function aboutGrant(profile: Profile, { grant, kind, days }: Mark, to: Owner, light: Light): Notice {
  const name = nameOf(profile);
  const whose = to.id === grant.person ? 'Your' : `${grant.personName}'s`;
  const notice = (title: string, text: string): Notice => ({
    ...{ to: { person: to.id }, from: systemActors.clock.id, topic: 'sign-ins', title, text },
    buttons: renewButton(profile),
  });
  const left =
    light === 'red'
      ? 'Nothing can be published with it until an owner signs in again.'
      : `Another owner's sign-in keeps it alive.`;
  switch (kind) {
    case 'dead':
      return notice(`${whose} sign-in to ${name} does not work any more`, `${because(grant)} ${left}`);
    case 'ended':
      return notice(`${whose} sign-in to ${name} has ended`, left);
    case 'ends':
      return notice(
        `${whose} sign-in to ${name} ends ${days === 1 ? 'tomorrow' : `in ${days} days`}`,
        `It ends on ${day(grant.expiresAt)}. Signing in again takes a minute and keeps it alive.`,
      );
    case 'age':
      return notice(
        `${whose} sign-in to ${name} is ${days} days old`,
        `The network ends it on ${day(grant.expiresAt)}, 60 days after it was made. Signing in again starts anew.`,
      );
  }
}

function because({ reason }: SealedGrant): string {
  if (reason === 'interrupted') return 'Renewing it was cut off half-way, and the network does not take the old one.';
  return 'The network ended it: the password was changed, or the permission was taken back.';
}

function aboutLight(profile: Profile, grants: readonly SealedGrant[], owner: Owner, light: Light, now: Date): Notice {
  const name = nameOf(profile);
  const own = grants.find((grant) => grant.person === owner.id && isValid(grant, now));
  const to = { to: { person: owner.id }, from: systemActors.clock.id };
  if (light === 'red') {
    const text = 'No sign-in works any more, so nothing can be published with it. Sign in again to bring it back.';
    return { ...to, title: `Nothing keeps ${name} alive`, text, buttons: renewButton(profile) };
  }
  const title = `Only one sign-in keeps ${name} alive`;
  if (!own)
    return {
      ...to,
      topic: 'sign-ins',
      title,
      text: 'It is not yours. Sign in again to make it safe.',
      buttons: renewButton(profile),
    };
  const share: NonNullable<Notice['buttons']> = [
    { title: 'Invite an owner', operation: { kind: 'invite', who: [], profile: { id: profile.id } } },
  ];
  return {
    ...to,
    topic: 'sign-ins',
    title,
    text: 'It is yours. Invite a colleague to sign in to it too, to make it safe.',
    buttons: share,
  };
}
