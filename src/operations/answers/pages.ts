import { keysOf } from '../../rules/access.js';
import { nameKeys, plainWords } from '../../rules/listing.js';
import { maySee } from '../../rules/may.js';
import type { PagePlace } from '../../rules/operation.js';
import { type Actor, type Light, type NetworkId, networkIds, type PersonId, type Profile } from '../../rules/types.js';
import type { OneOf, Where } from '../../store/store.js';
import type { Needs } from '../core/parts.js';
import type { Total } from '../core/shown.js';
import { standingOf } from './profileFacts.js';
import { type Turned, type Turns, turn } from './turning.js';

/** `visible`: all that somebody may see; `all`, the whole tenant, is for admins alone: others get what they may see. */
export type Scope = 'owned' | 'shared' | 'ownerless' | 'visible' | 'all';
export type Wanted = {
  scope: Scope;
  network?: NetworkId;
  owner?: PersonId;
  group?: string;
  /** The beginning of a name, or of a word of it. */
  search?: string;
  light?: Light;
  /** From Z to A. */
  descending?: true;
};
export type ProfilePage = Turns & { profiles: Profile[] };

/** What is counted exactly; a list that is longer says "500+". */
export const countedAtMost = 500;

type PageNeeds = Needs<'collections' | 'clock'>;

/**
 * One page of a list in its order: by name, network and id. It reads the rows of the page and one more, however many
 * there are. What ended since the store was tidied is left out.
 */
export async function pageOf(services: PageNeeds, actor: Actor, wanted: Wanted, turned: Turned): Promise<ProfilePage> {
  const where = whereOf(actor, wanted);
  const isThere = isIn(actor, wanted.scope, services.clock());
  const { rows, ...turns } = await turn(
    {
      read: (place, limit, isBack) =>
        services.collections.profiles.find(actor.tenant, where, {
          sort: { sortName: isBack === (wanted.descending === true) ? 1 : -1 },
          limit,
          ...(place ? { after: { value: place.key, id: place.id } } : {}),
        }),
      placeOf,
      keep: async (found) => found.filter(isThere).map((row) => ({ row, kept: row })),
    },
    turned,
  );
  return { profiles: rows, ...turns };
}

/** A page and how long its list is; where that begins and ends on this page, the store counts nothing. */
export async function countedPageOf(
  services: PageNeeds,
  actor: Actor,
  wanted: Wanted,
  turned: Turned,
): Promise<ProfilePage & Total> {
  const page = await pageOf(services, actor, wanted, turned);
  const isWhole = !turned.after && !turned.before && !page.next;
  return { ...page, ...(isWhole ? totalFrom(page.profiles.length) : await totalOf(services, actor, wanted)) };
}

/** How long a list is, counted by the store, without what ended since the store was tidied. */
export async function totalOf(services: PageNeeds, actor: Actor, wanted: Wanted): Promise<Total> {
  const { profiles } = services.collections;
  const where = whereOf(actor, wanted);
  const now = services.clock();
  const [counted, ended] = await Promise.all([
    profiles.count(actor.tenant, where, countedAtMost + 1),
    profiles.find(actor.tenant, { ...where, nextEnd: { lte: now } }, { limit: endedAtMost }),
  ]);
  const isThere = isIn(actor, wanted.scope, now);
  const gone = ended.filter((profile) => !isThere(profile)).length;
  return totalFrom(counted - gone);
}

/** What the store counted, which stops one above what is said exactly. */
export const totalFrom = (counted: number): Total => ({
  total: Math.min(counted, countedAtMost),
  isMore: counted > countedAtMost,
});

/** So many ends at a time are looked at before the sweep tidies them away. */
const endedAtMost = 50;

const placeOf = ({ sortName = '', id }: Profile): PagePlace => ({ key: sortName, id });

/** What the index cannot know: ends that have come since. */
function isIn(actor: Actor, scope: Scope, now: Date): (profile: Profile) => boolean {
  const standings: Partial<Record<Scope, string>> = { owned: 'owner', shared: 'shared', ownerless: 'ownerless' };
  const wanted = standings[scope];
  return (profile) =>
    maySee({ actor, profile, now }) && (wanted === undefined || standingOf(profile, actor, now) === wanted);
}

/** The conditions of a list, as an index has them. */
function whereOf(actor: Actor, { scope, network, owner, group, search, light }: Wanted): Where {
  const also = [...(owner ? [`owner:${owner}`] : []), ...(group ? [`group:${group}`] : [])];
  const access = accessOf(actor, scope, also);
  const words = plainWords(search ?? '');
  return {
    ...(access ? { access } : {}),
    network: { in: network ? [network] : networkIds },
    ...(light ? { lightNow: light } : {}),
    ...(words ? { names: { prefix: nameKeys.part(words) } } : {}),
  };
}

/** The access keys of a list; undefined: an admin's, of the whole tenant. */
export function accessOf(actor: Actor, scope: Scope, also: readonly string[] = []): OneOf | undefined {
  const own = `owner:${actor.id}`;
  const all = { with: also };
  if (scope === 'owned') return { in: [own], ...all };
  if (scope === 'ownerless') return { in: ['ownerless'], ...all };
  if (scope === 'shared') {
    const shared = keysOf(actor).filter((key) => key !== own && key !== 'ownerless');
    return { in: shared, without: [own, 'ownerless'], ...all };
  }
  if (scope === 'all' && actor.admin) return also[0] ? { in: also.slice(0, 1), with: also.slice(1) } : undefined;
  return { in: keysOf(actor), ...all };
}
