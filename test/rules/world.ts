import { defaultPolicy, type SignedIn, type State } from '../../src/rules/decision.js';
import { withAccess } from '../../src/rules/derived.js';
import type { Intent } from '../../src/rules/publishing/intent.js';
import type { Actor, Claim, GrantFacts, Owner, Profile, SealedGrant } from '../../src/rules/types.js';

/** Plain objects for rule tests: no set-up, a fixed present. */
export const now = new Date('2026-11-24T12:00:00Z');
export const seconds = (count: number) => new Date(now.getTime() + count * 1000);
export const minutes = (count: number) => seconds(count * 60);
export const days = (count: number) => minutes(count * 24 * 60);

export function actor(id: string, more: Partial<Actor> = {}): Actor {
  return {
    tenant: 't',
    id,
    name: id[0]?.toUpperCase() + id.slice(1),
    role: 'responder',
    admin: false,
    groups: [],
    timeZone: 'UTC',
    ...more,
  };
}

export function profile(more: Partial<Profile> = {}): Profile {
  return withAccess({
    tenant: 't',
    id: 'p1',
    version: 1,
    revision: 1,
    type: 'x-user',
    externalId: '42',
    handle: 'contoso',
    name: 'Contoso',
    owners: [{ id: 'ann', name: 'Ann', since: now }],
    shares: [],
    claims: [],
    allowed: {},
    access: [],
    outbox: [],
    ...more,
  });
}

/** One post of that profile, by Ann, as it is when it was asked for. */
export const intentOf = (more: Partial<Intent> = {}): Intent => ({
  ...{ tenant: 't', id: 'q.p1', version: 1, posting: 'q', profile: 'p1', type: 'x-user' },
  ...{ handle: '@contoso (X profile)', author: named('ann'), authorId: 'ann', timeZone: 'UTC' },
  ...{ text: 'Hi', wire: 'Hi', hash: 'h', state: 'asked', askedAt: now, attempts: 0, outbox: [] },
  ...more,
});

const named = (id: string) => ({ id, name: `${id[0]?.toUpperCase()}${id.slice(1)}` });
export const owner = (id: string, more: Partial<Owner> = {}): Owner => ({ ...named(id), since: now, ...more });
/** A claim that began at `now`. */
export const claimOf = (id: string, more: Partial<Claim> = {}): Claim => ({
  ...{ id: `claim-${id}`, by: named(id), at: now, ends: days(7), proven: false },
  ...more,
});

export const shareWith = (kind: 'person' | 'group', id: string, until?: Date): Profile['shares'][number] => ({
  principal: { kind, id, name: id },
  by: { id: 'ann', name: 'Ann' },
  at: now,
  ...(until ? { until } : {}),
});
export const everyoneShare: Profile['shares'][number] = {
  principal: { kind: 'everyone' },
  by: { id: 'ann', name: 'Ann' },
  at: now,
};

export const grant = (person: string, more: Partial<GrantFacts> = {}): GrantFacts => ({
  person,
  personName: person,
  state: 'good',
  scopes: [],
  ...more,
});

export function signedIn(person: string, externalId = '42', profileId = 'p1'): SignedIn {
  const sealed: SealedGrant = {
    ...grant(person),
    tenant: 't',
    id: `${profileId}:${person}`,
    version: 1,
    profile: profileId,
    type: 'x-user',
    externalId,
    since: now,
    sealed: 'sealed',
  };
  return { account: { externalId, handle: 'contoso', name: 'Contoso' }, type: 'x-user', grant: sealed };
}

export function state(more: Partial<State> = {}): State {
  return { grants: [], policy: defaultPolicy, confirmed: false, admins: [], ...more };
}
