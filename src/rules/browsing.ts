import type { Light } from './derivedFields.js';
import type { GroupId, NetworkId, PersonId } from './ids.js';

export const lists = ['mine', 'owned', 'shared', 'ownerless', 'all'] as const;
export type ListName = (typeof lists)[number];

/** A row at the edge of a page: its key in the order, and its id. */
export type PagePlace = { key: string; id: string };
/** `page` counts pages as they were turned; where one begins is behind a row, or before one. */
export type Turn = { page?: number; after?: PagePlace; before?: PagePlace };

/** Of a list, only what fits all of these. `search`: the beginning of a name or of a word of it. `light`: how safe it is. */
export type ListFilter = {
  network?: NetworkId;
  light?: Light;
  owner?: PersonId;
  group?: GroupId;
  search?: string;
};
