import type { Clock } from '../../platform/clock.js';
import type { World } from '../world.js';
import type { CompanyDirectory } from './directory.js';
import type { PageSize } from './paging.js';
import type { Registrations } from './registrations.js';
import type { CompanyData } from './state.js';

/** Numbers that real Graph has large and tests want small. */
export type Limits = {
  page: PageSize;
  deltaPage: number;
  /** More groups than this and `getMemberGroups` refuses. */
  memberGroups: number;
};

export type Faults = {
  throttled: { times: number; retryAfter: number | string | undefined; path: string | undefined };
  /** `silent`: the connection stays open and nothing comes. */
  down: boolean | 'silent';
  denied: string[];
  /** Groups that hide their members, and how: an empty list, or a no. */
  hidden: Map<string, 'empty' | 'denied'>;
  /** How a delta link is refused from now on that would be good; undefined: not at all. */
  staleDelta: 400 | 410 | undefined;
  /** Each change twice, with every state it went through, in another order. */
  repeatsDelta: boolean;
};

/** What the pretend company is made of. */
export type Parts = {
  world: World;
  clock: Clock;
  data: CompanyData;
  directory: CompanyDirectory;
  limits: Limits;
  faults: Faults;
  registrations: Registrations;
  /** Absent: nobody may install apps for others. */
  apps?: CompanyApps;
};

/** Who has the one app of the pretend company's catalog, and how somebody gets it: the pretend Teams knows. */
export type CompanyApps = { externalId: string; has(person: string): boolean; install(person: string): void };
