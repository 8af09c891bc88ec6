import { shortNameOf } from '../access.js';
import { change } from '../change.js';
import { bySystem } from '../entries.js';
import type { Moment } from '../operation.js';
import { dayMs } from '../spans.js';
import type { FormerName, Profile } from '../types.js';

/** For so long a profile is found by a name it had, too. */
const foundMs = 90 * dayMs;
const mostKept = 5;

/** What the network shows of an account now. */
export type Seen = { handle: string; name: string; url?: string };

/** The names a profile had until a while ago, by which people may still ask for it. */
export function formerNames({ formerNames: former = [] }: Pick<Profile, 'formerNames'>, now: Date): FormerName[] {
  return former.filter(({ until }) => until > now);
}

/** What becomes of a profile's names when its network shows these; undefined when they are the same. */
export function newNames(
  profile: Profile,
  { handle, name, url }: Seen,
  now: Date,
): { set: Partial<Profile>; words: string } | undefined {
  if (handle === profile.handle && name === profile.name) return undefined;
  const { type } = profile;
  const old = { handle: profile.handle, name: profile.name, until: new Date(now.getTime() + foundMs) };
  const kept = formerNames(profile, now).filter((one) => one.handle !== handle && one.handle !== old.handle);
  const [from, to] =
    handle === profile.handle
      ? [`"${profile.name}"`, `"${name}"`]
      : [shortNameOf({ type, handle: profile.handle }), shortNameOf({ type, handle })];
  return {
    set: { handle, name, ...(url ? { url } : {}), formerNames: [...kept, old].slice(-mostKept) },
    words: `from ${from} to ${to}`,
  };
}

/** A check of a sign-in found the account under another name: the profile follows, and its history says so. */
export function followRename(profile: Profile, seen: Seen, network: string, moment: Moment): Profile | undefined {
  const names = profile.deleted ? undefined : newNames(profile, seen, moment.now);
  if (!names) return undefined;
  return change(profile, bySystem('network', profile.tenant, moment, network), {
    operation: 'rename',
    set: names.set,
    what: `shows it renamed ${names.words}`,
    done: '',
  }).profile;
}
