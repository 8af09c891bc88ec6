import { activeOwners, presentOwners } from '../access.js';
import {
  type Acquisition,
  acquisitions,
  type GrantFacts,
  type Light,
  type PersonId,
  type PersonName,
  type Profile,
  type ProfileType,
} from '../types.js';

export type AcquisitionState = 'running' | 'allowed' | 'expired';

export type Health = {
  /** As one person sees it. `not-proven`: no sign-in is known to work just now, none is known to be dead. */
  state: 'valid' | 'yours-not-valid' | 'not-valid' | 'not-proven' | 'no-owner';
  /** How safe it is: green two or more valid sign-ins, yellow one, red none. */
  light: Light;
  /** How many sign-ins are known to work, and whose they are. */
  valid: number;
  keepers: PersonName[];
  /** How many are not proven just now. */
  unproven: number;
  /** For what an owner allowed: `running` with a valid sign-in that may, `allowed` while it waits for one. */
  acquisition: Partial<Record<Acquisition, AcquisitionState>>;
  /** The earliest end among sign-ins that nobody but a person can renew, or that should have been renewed by now. */
  endsAt?: Date;
  /** Whose sign-in that is. */
  endsFor?: PersonId;
  lastGoodAt?: Date;
  /** When something that is not proven is tried again. */
  retryAt?: Date;
};

/** What health looks at besides: whether a grant's scopes let it read. */
export type MayAcquire = (type: ProfileType, what: Acquisition, scopes: readonly string[]) => boolean;

/** A grant can keep a profile alive while the network has not called it dead and its end has not come. */
export function isValid(grant: GrantFacts, now: Date): boolean {
  return grant.state !== 'dead' && (!grant.expiresAt || grant.expiresAt > now);
}

/** Known to work: the last call did. Unknown is never counted as fine. */
export function isProven(grant: GrantFacts, now: Date): boolean {
  return grant.state === 'good' && isValid(grant, now);
}

/** Only sign-ins of owners who are not leaving keep a profile alive. */
function countedGrants<G extends GrantFacts>(profile: Profile, grants: readonly G[]): G[] {
  const present = new Set(presentOwners(profile).map(({ id }) => id));
  return grants.filter(({ person }) => present.has(person));
}

/** Those that keep it alive. An outage takes none away: only what is dead or has ended is lost. */
export function livingGrants<G extends GrantFacts>(profile: Profile, grants: readonly G[], now: Date): G[] {
  return countedGrants(profile, grants).filter((grant) => isValid(grant, now));
}

/** How safe that makes it; the one answer for health and for notices. */
export function lightOf(living: readonly GrantFacts[]): Light {
  return living.length >= 2 ? 'green' : living.length === 1 ? 'yellow' : 'red';
}

/** Health of a profile as one person sees it. */
export function healthOf(
  profile: Profile,
  grants: readonly GrantFacts[],
  viewer: PersonId,
  now: Date,
  mayAcquire: MayAcquire = () => true,
): Health {
  const owners = activeOwners(profile, now).map((owner) => owner.id);
  const counted = countedGrants(profile, grants);
  const living = counted.filter((grant) => isValid(grant, now));
  const proven = living.filter((grant) => isProven(grant, now));
  const ends = living.filter((grant) => grant.expiresAt).sort((a, b) => time(a.expiresAt) - time(b.expiresAt));
  const good = counted.flatMap((grant) => grant.lastGoodAt ?? []).sort((a, b) => b.getTime() - a.getTime());
  const retries = living.flatMap((grant) => grant.retryAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const [end] = ends;
  return {
    state: stateOf(owners, living, proven, viewer),
    light: lightOf(living),
    valid: proven.length,
    keepers: proven.map(({ person, personName }) => ({ id: person, name: personName })),
    unproven: living.length - proven.length,
    acquisition: acquisitionOf(profile, proven, counted, now, mayAcquire),
    ...(end?.expiresAt ? { endsAt: end.expiresAt, endsFor: end.person } : {}),
    ...(good[0] ? { lastGoodAt: good[0] } : {}),
    ...(retries[0] ? { retryAt: retries[0] } : {}),
  };
}

const time = (at: Date | undefined) => at?.getTime() ?? 0;

function stateOf(
  owners: readonly PersonId[],
  living: readonly GrantFacts[],
  proven: readonly GrantFacts[],
  viewer: PersonId,
): Health['state'] {
  if (owners.length === 0) return 'no-owner';
  if (living.length === 0) return 'not-valid';
  if (owners.includes(viewer) && !living.some((grant) => grant.person === viewer)) return 'yours-not-valid';
  return proven.length > 0 ? 'valid' : 'not-proven';
}

/** Expired: it ran with sign-ins that may, and none of them is valid any more. */
function acquisitionOf(
  profile: Profile,
  proven: readonly GrantFacts[],
  counted: readonly GrantFacts[],
  now: Date,
  mayAcquire: MayAcquire,
): Health['acquisition'] {
  const found: Health['acquisition'] = {};
  for (const what of acquisitions) {
    if (!profile.allowed[what]) continue;
    const able = counted.filter((grant) => mayAcquire(profile.type, what, grant.scopes));
    if (proven.some((grant) => able.includes(grant))) found[what] = 'running';
    else found[what] = able.length > 0 && able.every((grant) => !isValid(grant, now)) ? 'expired' : 'allowed';
  }
  return found;
}
