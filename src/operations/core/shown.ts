import type { ListName, PagePlace } from '../../rules/operation.js';
import type { GrantFacts, PersonId, Role } from '../../rules/types.js';

/** One person's sign-in, as others may know of it. `ended`: its time is over. */
export type SignIn = {
  person: PersonId;
  name: string;
  state: GrantFacts['state'] | 'ended';
  endsAt?: Date;
  lastGoodAt?: Date;
};

export type RoleRow = { id: PersonId; name: string; role: Role; admin: boolean; named?: boolean };

/** What stands around the rows of a page. `next`: where the page after it begins. */
export type AroundPage = {
  /** Of the list with its filter; `isMore`: nobody counted further. */
  total: number;
  isMore: boolean;
  next?: PagePlace;
  /** Of each list that the actor has, without a filter. */
  counts: Partial<Record<Exclude<ListName, 'mine'>, { total: number; isMore: boolean }>>;
  /** Owners and groups of these rows: what the list can be filtered by. */
  owners: Facet[];
  groups: Facet[];
};
export type Facet = { id: string; name: string };
