import { randomUUID } from 'node:crypto';
import { dayMs } from '../../platform/spans.js';
import { isWaiting, whoDecides } from '../../rules/claims/claims.js';
import type { ChannelPlace } from '../../rules/decision.js';
import type { Claim, OutboxEntry, PersonId, Profile, TenantId } from '../../rules/types.js';
import type { ClaimCardDoc } from '../../store/claimCardDocs.js';
import type { PersonDoc } from '../../store/collections.js';
import { waitForLease } from '../../store/lease.js';
import { update } from '../../store/update.js';
import { claimForAll, decidersOfTenant } from '../answers/claims.js';
import type { ClaimFacts } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { hashOf } from '../linkouts/tickets.js';
import { arrivesMs, invite } from './invite.js';
import { keepTold } from './told.js';

export type CardEntry = Extract<OutboxEntry, { kind: 'claimCard' }>;

/** A card whose post got no answer is looked for this long (whoever sees it makes it known), then posted again. */
const unknownMs = 10 * 60_000;
const keptMs = 60 * dayMs;
const peopleLimit = 20;
/** Of a bigger team only so many are looked at: who decides and is not among them gets the card in their chat too. */
const teamLimit = 2_000;
const triesLimit = 12;
/** Somebody else shows the same claim just now: waited for, and then tried again soon. */
const [patienceMs, soonMs] = [5_000, 2_000];

type Work = {
  services: Needs<
    'collections' | 'clock' | 'log' | 'policies' | 'admins' | 'claimCards' | 'once' | 'install' | 'directory'
  >;
  profile: Profile;
  claim: Claim;
  facts: ClaimFacts;
  told: string[];
  missed: string[];
};

/**
 * Makes all cards of one claim show how it is now, and posts those that are missing: one in the approvals channel, else
 * one to each who decides. Gives the entry back when something has to be tried again. Doing it twice does no harm: what
 * is posted is remembered before the next step, and a card that shows the right thing is left alone.
 *
 * One at a time shows a claim, over all processes: of two updates that cross, the older could arrive last and stay.
 */
export async function showClaim(
  services: Needs<
    'collections' | 'clock' | 'log' | 'policies' | 'admins' | 'claimCards' | 'once' | 'install' | 'directory'
  >,
  profile: Profile,
  entry: CardEntry,
): Promise<CardEntry | undefined> {
  const name = { tenant: profile.tenant, id: `claim:${entry.claim}`, holder: randomUUID() };
  const lease = await waitForLease(services, name, patienceMs);
  if (!lease) return { ...entry, after: new Date(services.clock().getTime() + soonMs) };
  try {
    // It may have been decided while another showed it.
    const fresh = await services.collections.profiles.get(profile.tenant, profile.id);
    return await showNow(services, fresh ?? profile, entry);
  } finally {
    await lease.give();
  }
}

async function showNow(services: Work['services'], profile: Profile, entry: CardEntry): Promise<CardEntry | undefined> {
  const claim = profile.claims.find((one) => one.id === entry.claim);
  if (!claim) return undefined;
  const facts = await claimForAll(services, profile, claim);
  const work: Work = { services, profile, claim, facts, told: [], missed: [] };
  const waits = [await updateAll(work), isWaiting(claim) ? await postMissing(work) : undefined];
  const tries = (entry.tries ?? 0) + 1;
  await keepTold(services, profile, `${entry.id}:${tries}`, work);
  const again = waits.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  if (!again) return undefined;
  if (tries < triesLimit) return { ...entry, tries, after: again };
  services.log.warn({ entry: entry.id }, 'a claim card was given up after many tries');
  return undefined;
}

async function updateAll(work: Work): Promise<Date | undefined> {
  const { services, profile, claim, facts } = work;
  const { claimCards } = services.collections;
  let again: Date | undefined;
  for (const doc of await claimCards.find(profile.tenant, { claim: claim.id })) {
    const shown = forPlace(doc.place, facts);
    const shows = stamp(shown);
    if (!doc.card || doc.state === 'lost' || doc.shows === shows) continue;
    const updated = await services.claimCards.update(doc.card, shown);
    if (updated.kind === 'later') again = updated.at;
    else if (updated.kind === 'updated') await keep(services, doc, { shows });
    else if (updated.kind === 'gone') again = (await postAgain(work, doc)) ?? again;
    else await keep(services, doc, { state: 'unreachable' });
  }
  return again;
}

/** Somebody deleted the card: it is posted once more, then not again. */
async function postAgain(work: Work, doc: ClaimCardDoc): Promise<Date | undefined> {
  const { services, profile } = work;
  const gone = { card: undefined, shows: undefined };
  if (doc.repeated) {
    await keep(services, doc, { ...gone, state: 'lost' });
    return undefined;
  }
  const where = await whereOf(services, profile.tenant, doc.place);
  if (!where) return undefined;
  const result = await postTo(work, doc.place, where, { ...doc, ...gone, repeated: true });
  return result instanceof Date ? result : undefined;
}

async function whereOf(services: Needs<'collections'>, tenant: TenantId, place: string) {
  const [kind, ...id] = place.split(':');
  if (kind === 'person') return services.collections.people.get(tenant, id.join(':'));
  const approvals = (await services.collections.tenants.get(tenant, 'tenant'))?.approvals;
  return approvals?.channel === id.join(':') ? approvals : undefined;
}

/** The channel; where there is none, or it cannot be written to, those who decide, and after them the next. */
async function postMissing(work: Work): Promise<Date | undefined> {
  const { services, profile } = work;
  const approvals = (await services.collections.tenants.get(profile.tenant, 'tenant'))?.approvals;
  if (approvals) {
    const result = await postOnce(work, `channel:${approvals.channel}`, approvals);
    if (result !== 'unreachable') return soonest([result, ...(await toPeople(work, await outsiders(work, approvals)))]);
  }
  for (const people of await peopleInTurn(services, profile, work.claim)) {
    const results = await toPeople(work, people);
    if (soonest(results) || results.includes('posted')) return soonest(results);
  }
  return undefined;
}

const soonest = (results: readonly Result[]): Date | undefined =>
  results.flatMap((one) => (one instanceof Date ? one : [])).sort((a, b) => a.getTime() - b.getTime())[0];

/** Who may decide but cannot see the channel, since they are not in its team: they get the card in their own chat. */
async function outsiders({ services, profile, claim }: Work, { group }: ChannelPlace): Promise<PersonId[]> {
  if (!group) return [];
  const [owners = [], managers = [], admins = []] = await peopleInTurn(services, profile, claim);
  const deciders = owners.length > 0 ? owners : [...new Set([...managers, ...admins])];
  const inside = new Set((await services.directory.members(profile.tenant, group, teamLimit)).map(({ id }) => id));
  return deciders.filter((id) => !inside.has(id));
}

async function peopleInTurn(
  services: Needs<'collections' | 'clock' | 'admins'>,
  profile: Profile,
  claim: Claim,
): Promise<PersonId[][]> {
  const deciders = whoDecides(profile, claim, services.clock());
  const owners = deciders.kind === 'owners' ? deciders.owners.map(({ id }) => id) : [];
  const tiers = [owners, ...(await decidersOfTenant(services, profile.tenant))];
  const party = [claim.by.id, ...(claim.objectedBy ? [claim.objectedBy.id] : [])];
  return tiers.map((ids) => ids.filter((id) => !party.includes(id)).slice(0, peopleLimit));
}

async function toPeople(work: Work, ids: readonly PersonId[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const id of ids) {
    const person = await work.services.collections.people.get(work.profile.tenant, id);
    const at = new Date(work.services.clock().getTime() + arrivesMs);
    if (person?.teamsId) results.push(await postOnce(work, `person:${id}`, person));
    else results.push((await invite(work.services, work.profile.tenant, id)) ? at : 'unreachable');
  }
  return results;
}

type Result = 'posted' | 'unreachable' | Date;

async function postOnce(work: Work, place: string, where: ChannelPlace | PersonDoc): Promise<Result> {
  const { services, profile, claim } = work;
  const before = await services.collections.claimCards.get(profile.tenant, `${claim.id}:${place}`);
  if (before?.card || before?.state === 'lost') return 'posted';
  if (before?.state === 'unreachable') return 'unreachable';
  const again = before && new Date(before.at.getTime() + unknownMs);
  return again && again > services.clock() ? again : postTo(work, place, where, before);
}

/** The mark goes before the post: when the process stops in between, the card counts as posted, for a while. */
async function postTo(
  work: Work,
  place: string,
  where: ChannelPlace | PersonDoc,
  before: ClaimCardDoc | undefined,
): Promise<Result> {
  const { services } = work;
  const at = services.clock();
  const mark = { ...(before ?? newDoc(work, place)), state: 'unknown' as const, at };
  await keep(services, mark, mark);
  const shown = forPlace(place, work.facts);
  const posted = await services.claimCards.post(where, shown);
  const { name } = where;
  if (posted.kind === 'posted') {
    await keep(services, mark, { state: 'posted', card: posted.card, shows: stamp(shown) });
    work.told.push(name);
    return 'posted';
  }
  if (posted.kind === 'unreachable') {
    await keep(services, mark, { state: 'unreachable' });
    work.missed.push(name);
    return 'unreachable';
  }
  if (posted.unknown) return new Date(at.getTime() + unknownMs);
  if (before) await keep(services, mark, before);
  else await services.collections.claimCards.take(mark.tenant, mark.id, { state: 'unknown' });
  return posted.at;
}

function newDoc({ services, profile, claim }: Work, place: string): ClaimCardDoc {
  const at = services.clock();
  return {
    ...{ tenant: profile.tenant, id: `${claim.id}:${place}`, version: 0 },
    ...{ claim: claim.id, profile: profile.id, place, state: 'unknown', at },
    expires: new Date(at.getTime() + keptMs),
  };
}

/** Written over whatever was noted beside it, such as a newer address. */
export async function keep(
  { collections }: Needs<'collections'>,
  { tenant, id }: Pick<ClaimCardDoc, 'tenant' | 'id'>,
  change: Partial<ClaimCardDoc>,
): Promise<void> {
  await update(collections.claimCards, tenant, id, (now) => ({ ...now, ...change }) as ClaimCardDoc);
}

/** In a chat of their own somebody who decides sees the buttons right away; there is nobody to hide them from. */
function forPlace(place: string, facts: ClaimFacts): ClaimFacts {
  if (place.startsWith('channel:')) return facts;
  const id = place.slice('person:'.length);
  const decides = facts.deciders.kind === 'managers' || facts.deciders.owners.some((owner) => owner.id === id);
  const { refreshFor: _, ...rest } = facts;
  return { ...rest, standing: decides ? 'decider' : 'other' };
}

function stamp({ claim, deciders, standing, refreshFor }: ClaimFacts): string {
  const who = deciders.kind === 'owners' ? deciders.owners.map(({ id }) => id) : 'managers';
  return hashOf(JSON.stringify([claim, who, standing, claim.decided ? '' : refreshFor]));
}
