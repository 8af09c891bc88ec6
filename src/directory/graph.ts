import type { TokenCredential } from '@azure/identity';
import type { Clock } from '../platform/clock.js';
import type { Outbound } from '../platform/outbound.js';
import { unwatched, type Watch } from '../platform/watch.js';
import type { TenantId } from '../rules/types.js';
import { changes } from './changes.js';
import { createCall, type DirectoryLog } from './client.js';
import { type CloudName, clouds } from './clouds.js';
import type { Directory } from './directory.js';
import { groupChanges } from './groupChanges.js';
import { countEveryone, findGroups, members, reach, readGroup } from './groups.js';
import { groupsOf, memberOf } from './membership.js';
import { findPeople, isEnabled, people, person } from './people.js';
import { readTagMembers, readTags } from './tags.js';
import { createTokens } from './tokens.js';

export type GraphDirectoryOptions = {
  /** Which of Microsoft's clouds the tenants are in; `global` when left out. */
  cloud?: CloudName;
  /** How the bot signs in for a tenant: `createCredentials`. */
  tokens: (tenant: TenantId) => TokenCredential;
  outbound: Outbound;
  watch?: Watch;
  clock: Clock;
  log?: DirectoryLog;
  /** For tests: how to sleep (milliseconds), and where jitter comes from. */
  pause?: (milliseconds: number) => Promise<void>;
  random?: () => number;
};

/**
 * The organisation's directory, read through Microsoft Graph v1.0. Every call fails closed with `DirectoryDown`; a turn
 * waits for Graph two seconds at most. Permissions: permissions.ts.
 */
export function createGraphDirectory(options: GraphDirectoryOptions): Directory {
  const { graph } = clouds[options.cloud ?? 'global'];
  const call = createCall({
    graphRoot: graph,
    tokens: createTokens(options.tokens, `${graph}/.default`, options.clock),
    outbound: options.outbound,
    watch: options.watch ?? unwatched,
    clock: options.clock,
    ...(options.log ? { log: options.log } : {}),
    pause: options.pause ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))),
    random: options.random ?? Math.random,
  });
  return {
    findPeople: (tenant, words) => findPeople(call, tenant, words),
    findGroups: (tenant, words) => findGroups(call, tenant, words),
    person: (tenant, id) => person(call, tenant, id),
    people: (tenant, ids) => people(call, tenant, ids),
    group: (tenant, id) => readGroup(call, tenant, id),
    groupsOf: (tenant, id) => groupsOf(call, tenant, id),
    memberOf: (tenant, id, groups) => memberOf(call, tenant, id, groups),
    isEnabled: (tenant, id) => isEnabled(call, tenant, id),
    reach: (tenant, id) => reach(call, tenant, id),
    countEveryone: (tenant) => countEveryone(call, tenant),
    members: (tenant, id, limit) => members(call, tenant, id, limit),
    tags: (tenant, team) => readTags(call, tenant, team),
    tagMembers: (tenant, tag) => readTagMembers(call, tenant, tag),
    changes: (tenant, link) => changes(call, tenant, link),
    groupChanges: (tenant, groups, link) => groupChanges(call, tenant, groups, link),
  };
}
