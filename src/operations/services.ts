import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Directory } from '../directory/directory.js';
import type { Networks } from '../networks/index.js';
import type { Notice, PersonId, TenantId } from '../profiles/types.js';
import type { Collections } from '../store/collections.js';
import type { Vault } from '../store/vault.js';

/** How a message to one person went. `later`: the channel asked to wait. */
export type Told = { kind: 'told' } | { kind: 'unreachable' } | { kind: 'later'; at: Date };

/** Tells one person one thing in their personal chat. The bot implements it; operations never know Teams. */
export type Tell = (tenant: TenantId, person: PersonId, notice: Notice, id: string) => Promise<Told>;

/** Everything an operation needs from outside, made once at the start. */
export type Services = {
  collections: Collections;
  directory: Directory;
  networks: Networks;
  vault: Vault;
  clock: Clock;
  log: Logger;
  /** Random, unguessable, URL-safe. */
  ids: () => string;
  /** Where browsers reach this bot. */
  baseUrl: string;
  /** Object ids or sign-in names from ADMINS. */
  namedAdmins: readonly string[];
  tenants: readonly TenantId[];
  tell: Tell;
  /** Work after the answer; a graceful stop waits for it. */
  later: (what: string, work: () => Promise<unknown>) => void;
};
