import type { GroupId, PersonId } from '../rules/types.js';
import type { StoredDoc } from './store.js';

/** Up to fifty groups whose changes are read by one link; `wholeAt`: when everyone in them was last read. */
export type FollowedLink = { groups: GroupId[]; link?: string; wholeAt: Date };
/** How far a tenant's groups are followed: one document, id `groups`. */
export type FollowingDoc = StoredDoc & {
  /** Everything up to here is known; absent until the first time. */
  at?: Date;
  /** Grows with what is kept: readers read only what is newer. */
  revision: number;
  links: FollowedLink[];
  /** Groups that shares name since the last round: until they are read, nobody goes by what is followed. */
  expected: GroupId[];
};
/** Who is directly in a group that a share names, or in one inside it. `gone`: the directory has it no more. */
export type GroupDoc = StoredDoc & {
  people: PersonId[];
  groups: GroupId[];
  state: 'followed' | 'new' | 'hidden' | 'big' | 'gone';
  /** A share names it, since then. */
  shared?: Date;
  revision: number;
};
