import { typeFacts } from '../../networks/types.js';
import { isCooling } from '../../rules/claims/claims.js';
import type { ChannelPlace, SignedIn, State } from '../../rules/decision.js';
import { type Fact, type Operation, rowOf } from '../../rules/operation.js';
import { isLastOwner, noHeirs } from '../../rules/ownership/leaving.js';
import type { Actor, Principal, Profile, ProfileType } from '../../rules/types.js';
import { heirsOf } from '../people/heirs.js';
import { effectOf } from '../people/reach.js';
import { frozenAllFacts, publishingFacts } from '../publishing/publishingFacts.js';
import type { Needs, Parts } from './parts.js';
import type { Proof } from './step.js';

export type Given = { confirmed: boolean; proof?: Proof; channel?: ChannelPlace; profile?: Profile };

/** A reaction asks its network with a sign-in, which takes whatever sign-ins take. */
type LoadNeeds = Parts;

/** Facts that only the directory knows, asked live. */
type Outside = 'claimant' | 'leaver' | 'reached';
/** Until it is asked, nothing of it stands in the way: who is refused anyhow is refused without asking. */
const unasked: { [F in Outside]: Required<Pick<State, F>> } = {
  claimant: { claimant: 'works' },
  leaver: { leaver: 'gone' },
  reached: { reached: 0 },
};
const isOutside = (fact: Fact): fact is Outside => fact in unasked;

/** Everything `decide` may look at for this operation that the store knows, read once. */
export async function loadState(services: LoadNeeds, actor: Actor, operation: Operation, given: Given): Promise<State> {
  const [policy, profile] = await Promise.all([
    services.policies.of(actor.tenant),
    profileOf(services, actor, operation, given),
  ]);
  const grants = profile ? await services.collections.grants.find(actor.tenant, { profile: profile.id }) : [];
  const needed = rowOf(operation, actor).needs ?? [];
  const asked = { services, actor, operation, given, ...(profile ? { profile } : {}) };
  const facts = await Promise.all(needed.map((fact) => (isOutside(fact) ? unasked[fact] : loaders[fact](asked))));
  return Object.assign(
    {
      policy,
      grants,
      confirmed: given.confirmed,
      admins: await services.admins.of(actor.tenant),
      ...(profile ? { profile, cannotAcquire: cannotAcquire(profile.type) } : {}),
      ...(given.proof ? { signedIn: sealed(services, given.proof, profile) } : {}),
    },
    ...facts,
  );
}

/** What the directory has to say besides, once it is clear that the actor may ask for it at all. */
export async function outsideFacts(
  services: LoadNeeds,
  actor: Actor,
  operation: Operation,
  { profile, confirmed }: State,
): Promise<Partial<State>> {
  const needed = (rowOf(operation, actor).needs ?? []).filter(isOutside);
  const asked = { services, actor, operation, given: { confirmed }, ...(profile ? { profile } : {}) };
  const facts = await Promise.all(needed.map((fact) => outside[fact](asked)));
  return Object.assign({}, ...facts);
}

type Needing = { services: LoadNeeds; actor: Actor; operation: Operation; given: Given; profile?: Profile };

/** How each fact that costs a question of its own is found, for the operations whose rows ask for it. */
const loaders: Record<Exclude<Fact, Outside>, (about: Needing) => Promise<Partial<State>>> = {
  tenant: async ({ services, actor }) => {
    const { admins, version } = await services.admins.fresh(actor.tenant);
    return { admins, tenantVersion: version };
  },
  approvals: ({ services, actor, given }) => approvalsFacts(services, actor, given),
  publishing: ({ services, actor, operation }) => publishingFacts(services, actor, operation),
  frozenAll: ({ services, actor }) => frozenAllFacts(services, actor),
  accessAsked: async ({ services, actor, operation }) => {
    const id = operation.kind === 'refuseaccess' ? operation.who.id : actor.id;
    const { accessAskedAt } = (await services.collections.people.get(actor.tenant, id)) ?? {};
    return accessAskedAt ? { accessAskedAt } : {};
  },
};

const outside: Record<Outside, (about: Needing) => Promise<Partial<State>>> = {
  claimant: async ({ services, profile, operation }) =>
    profile && 'claim' in operation ? claimantFacts(services, profile, operation.claim) : {},
  leaver: async ({ services, profile, operation }) =>
    profile && 'owner' in operation && operation.owner ? leaverFacts(services, profile, operation.owner) : {},
  reached: async ({ services, profile, operation, actor }) =>
    profile && operation.kind === 'share' ? reachedFacts(services, profile, actor, operation.who) : {},
};

/** For the profile as it was read just now; a new one gets its id here. */
function sealed(services: Needs<'ids'>, { seal, ...signedIn }: Proof, profile: Profile | undefined): SignedIn {
  return { ...signedIn, grant: seal(profile?.id ?? services.ids()) };
}

function cannotAcquire(type: ProfileType): NonNullable<State['cannotAcquire']> {
  const { acquireMessages, acquireSearch } = typeFacts[type].may;
  return {
    ...(acquireMessages === true ? {} : { messages: acquireMessages }),
    ...(acquireSearch === true ? {} : { search: acquireSearch }),
  };
}

async function profileOf(
  services: Needs<'collections'>,
  actor: Actor,
  operation: Operation,
  { proof, profile }: Given,
) {
  if (profile) return profile;
  const { profiles } = services.collections;
  if ('profile' in operation) return operation.profile ? profiles.get(actor.tenant, operation.profile) : undefined;
  if (operation.kind !== 'add' || !proof) return undefined;
  const [same] = await profiles.find(actor.tenant, { type: proof.type, externalId: proof.account.externalId });
  return same;
}

/** Several small shares are as wide as a big one: those that an owner made in cool-off count together with the new ones. */
async function reachedFacts(
  services: Needs<'clock' | 'reaches'>,
  profile: Profile,
  actor: Actor,
  who: readonly Principal[],
): Promise<Pick<State, 'reached'>> {
  const own = profile.owners.find(({ id }) => id === actor.id);
  if (!own || !isCooling(own, services.clock())) return {};
  const made = profile.shares.filter(({ by }) => by.id === actor.id).map(({ principal }) => principal);
  const effect = await effectOf(services, actor.tenant, [...made, ...who]);
  // Whose members nobody may count may be anybody.
  return { reached: effect?.hidden ? Number.POSITIVE_INFINITY : (effect?.people ?? 0) };
}

async function approvalsFacts(services: Needs<'collections'>, { tenant }: Actor, { channel }: Given) {
  const approvals = (await services.collections.tenants.get(tenant, 'tenant'))?.approvals;
  return { ...(approvals ? { approvals } : {}), ...(channel ? { channel } : {}) };
}

/** Asked live: who left, or may only read, does not become an owner. */
async function claimantFacts(
  services: Needs<'collections' | 'directory' | 'policies'>,
  profile: Profile,
  claim: string,
): Promise<Pick<State, 'claimant'>> {
  const open = profile.claims.find((one) => one.id === claim && !one.decided);
  if (!open) return {};
  if (!(await services.directory.isEnabled(profile.tenant, open.by.id))) return { claimant: 'gone' };
  const policy = await services.policies.of(profile.tenant);
  const person = await services.collections.people.get(profile.tenant, open.by.id);
  return { claimant: (person?.role ?? policy.defaultRole) === 'reader' ? 'reader' : 'works' };
}

/** Asked live, so that nobody is removed who came back. */
async function leaverFacts(
  services: Needs<'collections' | 'directory' | 'clock' | 'policies' | 'admins' | 'followed'>,
  profile: Profile,
  owner: string,
): Promise<Pick<State, 'leaver' | 'heirs'>> {
  const isBack = await services.directory.isEnabled(profile.tenant, owner);
  const heirs = isLastOwner(profile, [owner]) ? await heirsOf(services, profile) : noHeirs;
  return { leaver: isBack ? 'back' : 'gone', heirs };
}

/** What a confirm shows of a profile, to say what changed when it did. */
export function shownOf(profile: Profile): string[] {
  return [
    ...profile.owners.map((owner) => `${owner.name} owns it`),
    ...profile.shares.map(
      ({ principal }) => `it is shared with ${principal.kind === 'everyone' ? 'everyone' : principal.name}`,
    ),
  ];
}
