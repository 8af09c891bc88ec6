import type { NetworkId } from './ids.js';

export const lights = ['green', 'yellow', 'red'] as const;
export type Light = (typeof lights)[number];

/**
 * By what a profile is put in order and found (listing.ts): made anew with every change, and kept with it, so that a
 * store answers from its indexes. Of a deleted one there is nothing to find.
 */
export type Listing = {
  /** One order for all lists: its name as people see it, then its network. */
  sortName?: string;
  /** What it may be called, each as a key that says how. */
  names?: string[];
  network?: NetworkId;
};

/**
 * What follows from a profile and its sign-ins (signins/caring.ts), kept with the profile for the indexes of `health` and
 * `what if`. It is right as of the last write and of `careAt`; whoever shows a row judges that row anew.
 */
export type Caring = {
  /**
   * Who sees that it needs care: `all` (admins), `owner:`, `person:`, `group:`, `everyone`, `ownerless` as in `access`, and
   * `yours:<person>` for an owner whose own sign-in is what is missing. And what would become of it without a person:
   * `ownerless:<person>`, `dark:<person>`.
   */
  care?: string[];
  /** The order of `health`: the need's rank, the end, the name. */
  urgency?: string;
  lightNow?: Light;
};
