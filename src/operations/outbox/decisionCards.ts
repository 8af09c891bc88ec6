import { randomUUID } from 'node:crypto';
import { dayMs } from '../../platform/spans.js';
import type { ChannelPlace } from '../../rules/decision.js';
import type { OutboxEntry, PersonId, Profile, TenantId } from '../../rules/types.js';
import type { ClaimCardDoc } from '../../store/claimCardDocs.js';
import type { PersonDoc } from '../../store/collections.js';
import { waitForLease } from '../../store/lease.js';
import { update } from '../../store/update.js';
import type { DecisionCard } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { arrivesMs, invite } from './invite.js';
import { forPlace, stamp } from './shownAt.js';
import { keepTold } from './told.js';

type CardEntry = Extract<OutboxEntry, { kind: 'claimCard' | 'approvalCard' }>;

/** A card whose post got no answer is looked for this long (whoever sees it makes it known), then posted again. */
const unknownMs = 10 * 60_000;
const keptMs = 60 * dayMs;
const peopleLimit = 20;
/** Of a bigger team only so many are looked at: who decides and is not among them gets the card in their chat too. */
const teamLimit = 2_000;
const triesLimit = 12;
/** Another process shows the same just now: waited for, and then tried again soon. */
export const patienceMs = 5_000;
const soonMs = 2_000;

/** Held while the cards of a post that waits for a yes are shown, or one of them is given away. */
export const approvalLease = (intent: string): string => `approval:${intent}`;

/** What it takes to show what is to be decided. */
export type CardNeeds = Needs<
  | 'collections'
  | 'clock'
  | 'log'
  | 'records'
  | 'policies'
  | 'admins'
  | 'networks'
  | 'decisionCards'
  | 'once'
  | 'install'
  | 'directory'
>;

/** What is to be decided, as it is now. `card`: what everybody sees of it. */
export type Subject = {
  id: string;
  profile: Profile;
  waits: boolean;
  card: DecisionCard;
  /** Who gets it where there is no channel: the first of them who can be reached, and after them the next. */
  tiers: () => Promise<PersonId[][]>;
};
type Work = { services: CardNeeds; subject: Subject; told: string[]; missed: string[] };

/**
 * Makes all cards of what is to be decided show how it is now; gives the entry back when something has to be tried again.
 * One at a time, over all processes: of two updates that cross, the older could arrive last and stay.
 */
export async function showOneAtATime<E extends CardEntry>(
  services: CardNeeds,
  tenant: TenantId,
  id: string,
  entry: E,
  load: () => Promise<Subject | undefined>,
): Promise<E | undefined> {
  const lease = await waitForLease(services, { tenant, id, holder: randomUUID() }, patienceMs);
  if (!lease) return { ...entry, after: new Date(services.clock().getTime() + soonMs) };
  try {
    const subject = await load();
    return subject && (await showNow(services, subject, entry));
  } finally {
    await lease.give();
  }
}

/**
 * Brings the cards that are there up to date, and posts those that are missing: one in the approvals channel, else one to
 * each who decides. Doing it twice does no harm: what is posted is remembered before the next step, and a card that shows
 * the right thing is left alone.
 */
async function showNow<E extends CardEntry>(services: CardNeeds, subject: Subject, entry: E): Promise<E | undefined> {
  const work: Work = { services, subject, told: [], missed: [] };
  const waits = [await updateAll(work), subject.waits ? await postMissing(work) : undefined];
  const tries = (entry.tries ?? 0) + 1;
  await keepTold(services, subject.profile, `${entry.id}:${tries}`, work);
  const again = waits.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  if (!again) return undefined;
  if (tries < triesLimit) return { ...entry, tries, after: again };
  services.log.warn({ entry: entry.id }, 'a card to decide on was given up after many tries');
  return undefined;
}

async function updateAll(work: Work): Promise<Date | undefined> {
  const { services, subject } = work;
  const { claimCards } = services.collections;
  let again: Date | undefined;
  for (const doc of await claimCards.find(subject.profile.tenant, { claim: subject.id })) {
    const shown = forPlace(doc.place, subject.card);
    const shows = stamp(shown);
    if (!doc.card || doc.state === 'lost' || doc.shows === shows) continue;
    const updated = await services.decisionCards.update(doc.card, shown);
    if (updated.kind === 'later') again = updated.at;
    else if (updated.kind === 'updated') await keep(services, doc, { shows });
    else if (updated.kind === 'gone') again = (await postAgain(work, doc)) ?? again;
    else await keep(services, doc, { state: 'unreachable' });
  }
  return again;
}

/** Somebody deleted the card: it is posted once more, then not again. */
async function postAgain(work: Work, doc: ClaimCardDoc): Promise<Date | undefined> {
  const {
    services,
    subject: { profile },
  } = work;
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
  const { services, subject } = work;
  const { profile } = subject;
  const approvals = (await services.collections.tenants.get(profile.tenant, 'tenant'))?.approvals;
  if (approvals) {
    const result = await postOnce(work, `channel:${approvals.channel}`, approvals);
    if (result !== 'unreachable') return soonest([result, ...(await toPeople(work, await outsiders(work, approvals)))]);
  }
  for (const people of await peopleInTurn(subject)) {
    const results = await toPeople(work, people);
    if (soonest(results) || results.includes('posted')) return soonest(results);
  }
  return undefined;
}

const soonest = (results: readonly Result[]): Date | undefined =>
  results.flatMap((one) => (one instanceof Date ? one : [])).sort((a, b) => a.getTime() - b.getTime())[0];

/** Who may decide but cannot see the channel, since they are not in its team: they get the card in their own chat. */
async function outsiders({ services, subject }: Work, { group }: ChannelPlace): Promise<PersonId[]> {
  if (!group) return [];
  const [owners = [], managers = [], admins = []] = await peopleInTurn(subject);
  const deciders = owners.length > 0 ? owners : [...new Set([...managers, ...admins])];
  const { tenant } = subject.profile;
  const inside = new Set((await services.directory.members(tenant, group, teamLimit)).map(({ id }) => id));
  return deciders.filter((id) => !inside.has(id));
}

const peopleInTurn = async ({ tiers }: Subject): Promise<PersonId[][]> =>
  (await tiers()).map((ids) => ids.slice(0, peopleLimit));

async function toPeople(work: Work, ids: readonly PersonId[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const id of ids) {
    const person = await work.services.collections.people.get(work.subject.profile.tenant, id);
    const at = new Date(work.services.clock().getTime() + arrivesMs);
    if (person?.teamsId) results.push(await postOnce(work, `person:${id}`, person));
    else results.push((await invite(work.services, work.subject.profile.tenant, id)) ? at : 'unreachable');
  }
  return results;
}

type Result = 'posted' | 'unreachable' | Date;

async function postOnce(work: Work, place: string, where: ChannelPlace | PersonDoc): Promise<Result> {
  const {
    services,
    subject: { id, profile },
  } = work;
  const before = await services.collections.claimCards.get(profile.tenant, `${id}:${place}`);
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
  const shown = forPlace(place, work.subject.card);
  const posted = await services.decisionCards.post(where, shown, work.subject.profile.tenant);
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

function newDoc({ services, subject: { id, profile } }: Work, place: string): ClaimCardDoc {
  const at = services.clock();
  return {
    ...{ tenant: profile.tenant, id: `${id}:${place}`, version: 0 },
    ...{ claim: id, profile: profile.id, place, state: 'unknown', at },
    expires: new Date(at.getTime() + keptMs),
  };
}

/** Only what `change` names: what others noted meanwhile, such as a newer address, stays. */
export async function keep(
  { collections }: Needs<'collections'>,
  { tenant, id }: Pick<ClaimCardDoc, 'tenant' | 'id'>,
  change: Partial<ClaimCardDoc>,
): Promise<void> {
  await update(collections.claimCards, tenant, id, (now) => ({ ...now, ...change }) as ClaimCardDoc);
}
