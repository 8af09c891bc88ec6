import type { ListName, PagePlace } from '../../rules/operation.js';
import type { Picture } from '../../rules/publishing/intent.js';
import type { AuditRecord, GrantFacts, PersonId, Role } from '../../rules/types.js';

/** One person's sign-in, as others may know of it. `ended`: its time is over. */
export type SignIn = {
  person: PersonId;
  name: string;
  state: GrantFacts['state'] | 'ended';
  endsAt?: Date;
  lastGoodAt?: Date;
};

export type RoleRow = { id: PersonId; name: string; role: Role; admin: boolean; named?: boolean };

/** How many there are. `isMore`: there are more, nobody counted further. */
export type Total = { total: number; isMore: boolean };

/** What stands around the rows of a page: the total of the list with its filter; `next`: where the page after it begins. */
export type AroundPage = Total & {
  next?: PagePlace;
  /** Of each list that the actor has, without a filter. */
  counts: Partial<Record<Exclude<ListName, 'mine'>, Total>>;
  /** Owners and groups of these rows: what the list can be filtered by. */
  owners: Facet[];
  groups: Facet[];
};
export type Facet = { id: string; name: string };

export type ShownPicture = { picture: Picture; thumbnail?: string };

/** `told`: what the record of telling says, where somebody was told of it. */
export type HistoryEntry = { record: AuditRecord; told: string[] };
