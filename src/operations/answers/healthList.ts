import { keysOf } from '../../rules/access.js';
import { maySee } from '../../rules/may.js';
import type { Operation, PagePlace } from '../../rules/operation.js';
import { yoursKey, yoursRank } from '../../rules/signins/caring.js';
import { mendOf, needOf } from '../../rules/signins/urgency.js';
import { type Actor, type Light, lights, type Profile } from '../../rules/types.js';
import { compareText } from '../../store/conditions.js';
import type { OneOf, Where } from '../../store/store.js';
import type { HealthRow, Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import type { AsOf } from '../people/memberships.js';
import { countedAtMost } from './pages.js';
import { factsOf, grantsOf } from './profileFacts.js';
import { turn } from './turning.js';

/** Rows on one card; more come with a button. */
export const healthPageSize = 6;

type HealthNeeds = Needs<'collections' | 'clock'>;
type Placed = { profile: Profile; place: PagePlace };

/** What needs care among everything the actor may see, most urgent first; an admin sees the whole tenant. */
export async function healthOutcome(
  services: HealthNeeds,
  actor: Actor,
  { page = 0, after, before }: Extract<Operation, { kind: 'health' }>,
  asOf: AsOf | undefined,
): Promise<Outcome> {
  const turned = { size: healthPageSize, ...(after ? { after } : {}), ...(before ? { before } : {}) };
  const [{ rows, ...turns }, counts, ...total] = await Promise.all([
    turn(
      {
        read: (place, count, isBack) => mostUrgent(services, actor, place, count, isBack),
        placeOf: ({ place }) => place,
        keep: (found) => stillNeeding(services, actor, found),
      },
      turned,
    ),
    Promise.all(lights.map(async (light) => [light, await countLight(services, actor, light)] as const)),
    ...streamsOf(actor).map(({ care }) =>
      services.collections.profiles.count(actor.tenant, { care }, countedAtMost + 1),
    ),
  ]);
  return {
    kind: 'health',
    rows,
    ...turns,
    page,
    total: total.reduce((sum, one) => sum + one, 0),
    lights: Object.fromEntries(counts) as Record<Light, number>,
    ...(asOf ? { asOf } : {}),
  };
}

function countLight({ collections }: HealthNeeds, actor: Actor, light: Light): Promise<number> {
  const where: Where = actor.admin ? { lightNow: light } : { access: { in: keysOf(actor) }, lightNow: light };
  return collections.profiles.count(actor.tenant, where, countedAtMost + 1);
}

/**
 * What needs care lies in two rows of the index: what everybody sees alike, and where only the actor's own sign-in is
 * missing, which has its place between the others. `first`: the sign that places of a row get in front.
 */
function streamsOf(actor: Actor): { care: OneOf; first: string }[] {
  const yours = yoursKey(actor.id);
  const keys = actor.admin ? ['all'] : keysOf(actor);
  return [
    { care: { in: keys, without: [yours] }, first: '' },
    { care: { in: [yours] }, first: yoursRank },
  ];
}

/** So many of both, in one order. */
async function mostUrgent(
  { collections }: HealthNeeds,
  actor: Actor,
  place: PagePlace | undefined,
  count: number,
  isBack: boolean,
): Promise<Placed[]> {
  const direction = isBack ? -1 : 1;
  const read = async ({ care, first }: { care: OneOf; first: string }): Promise<Placed[]> => {
    const from = place && within(place, first, isBack);
    if (from === 'none') return [];
    const found = await collections.profiles.find(
      actor.tenant,
      { care },
      { sort: { urgency: direction }, limit: count, ...(from ? { after: { value: from.key, id: from.id } } : {}) },
    );
    return found.map((profile) => ({
      profile,
      place: { key: first + (profile.urgency ?? ''), id: profile.id },
    }));
  };
  const both = (await Promise.all(streamsOf(actor).map(read))).flat();
  return both.sort((a, b) => direction * comparePlaces(a.place, b.place)).slice(0, count);
}

const comparePlaces = (a: PagePlace, b: PagePlace) => compareText(a.key, b.key) || compareText(a.id, b.id);

/** A place of the common order in the order of one row: undefined, all of it lies behind. */
function within(place: PagePlace, first: string, isBack: boolean): PagePlace | undefined | 'none' {
  if (place.key.startsWith(first)) return { key: place.key.slice(first.length), id: place.id };
  const isBehind = compareText(first, place.key) > 0;
  return isBehind !== isBack ? undefined : 'none';
}

/** Judged as it is now: what was mended since it was written down is passed over. */
async function stillNeeding(services: HealthNeeds, actor: Actor, found: readonly Placed[]) {
  const now = services.clock();
  const seen = found.filter(({ profile }) => maySee({ actor, profile, now }));
  const grants = await grantsOf(
    services,
    actor.tenant,
    seen.map(({ profile }) => profile),
  );
  return seen.flatMap((row): { row: Placed; kept: HealthRow }[] => {
    const facts = factsOf(row.profile, grants.get(row.profile.id) ?? [], actor, now);
    // An admin sees to the whole tenant, also to what somebody shares with them.
    const standing = actor.admin && facts.standing === 'shared' ? 'admin' : facts.standing;
    const need = needOf(facts.health, standing, now);
    return need ? [{ row, kept: { facts, ...need, mend: mendOf(need.need, facts.may) } }] : [];
  });
}
