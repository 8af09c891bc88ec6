import type { Light } from '../../rules/derivedFields.js';
import type { NetworkId, Role } from '../../rules/ids.js';
import type { ListName, PagePlace } from '../../rules/operation.js';
import type { PolicyRow } from '../../rules/tenant/policy.js';
import type { Total } from './shown.js';

/** What the tab is told, as JSON: small plain views, never a database record. Its page and the bot agree on these. */

/** `data` is sent back when it is pressed, as a card's button does; with `url` it opens that instead. */
export type TabButton = {
  title: string;
  data?: Record<string, unknown>;
  url?: string;
  style?: 'default' | 'positive' | 'destructive';
  tooltip?: string;
  secondary?: boolean;
};
type Colour = 'good' | 'warning' | 'attention' | 'default';
export type TabHealth = { word: string; colour: Colour };

/** One row of a list. */
export type TabRow = {
  id: string;
  handle: string;
  name: string;
  typeName: string;
  network: NetworkId;
  owners: string[];
  sharedWith: string[];
  health: TabHealth;
  light: Light;
  /** Begun days until a sign-in ends that only a person can renew. */
  daysLeft?: number;
  standing: string;
  mayShare: boolean;
  mayInvite: boolean;
};
export type TabFacet = { id: string; name: string };

/**
 * A page of a list. `counts`: of all lists, with the first page. `owners`, `groups`: whom its rows name. Icons are data
 * URIs.
 */
export type TabList = Total & {
  kind: 'list';
  list: ListName;
  rows: TabRow[];
  next?: PagePlace;
  counts: Partial<Record<ListName, Total>>;
  owners: TabFacet[];
  groups: TabFacet[];
  networks: { id: NetworkId; label: string; icon: string }[];
  note?: string;
  isAdmin: boolean;
};

/** One profile. `link`: what can be pasted to a colleague. */
export type TabProfile = {
  kind: 'profile';
  id: string;
  /** What was done, or why it was not. */
  done?: string;
  handle: string;
  name: string;
  typeName: string;
  icon: string;
  iconAlt: string;
  url?: string;
  health: TabHealth & { sentence: string };
  standing: string;
  access: { name: string; detail: string; remove?: TabButton }[];
  reading: { name: string; detail: string; switch?: TabButton }[];
  abilities: string[];
  notes: string[];
  signIns?: { name: string; state: string; colour: Colour; detail: string }[];
  history?: TabButton;
  buttons: TabButton[];
  link: string;
};

/** `told`: who was told of it. `more`: what happened before. */
export type TabHistory = {
  kind: 'history';
  entries: { when: string; who: string; what: string; refused: boolean; told?: string }[];
  more?: TabButton;
  empty?: string;
};

export type TabRoles = {
  kind: 'roles';
  people: { id: string; name: string; role: Role; admin: boolean; named: boolean }[];
  /** What all others are. */
  others: string;
};

export type TabPolicy = {
  kind: 'policy';
  done?: string;
  rows: PolicyRow[];
  approvals: string;
};

export type TabView = TabList | TabProfile | TabHistory | TabRoles | TabPolicy;

/**
 * `view`: drawn by the page. `card`: as in chat; `said` where it is the end of something, in a sentence. `refused`: why not.
 * `id` names a refusal, as on cards: `refusal-notOwner`.
 */
export type TabAnswer = { id?: string } & (
  | { type: 'view'; view: TabView }
  | { type: 'card'; card: Record<string, unknown>; said?: string }
  | { type: 'refused'; text: string }
);
