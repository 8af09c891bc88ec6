import type { GroupId, PersonId, TenantId } from '../rules/types.js';

export type DirectoryPerson = {
  id: PersonId;
  name: string;
  mail?: string;
  signInName: string;
  department?: string;
  jobTitle?: string;
  guest: boolean;
  enabled: boolean;
};

export type DirectoryGroup = {
  id: GroupId;
  name: string;
  /** The part before the @ of its address; what people type as `@marketing`. */
  alias?: string;
  mail?: string;
  kind: 'microsoft365' | 'security';
  isTeam: boolean;
};

/**
 * Users in a group, nested groups too, each once. `about`: the directory's own count, which can lag and repeat people.
 * `hidden`: who is in it is not shown to this bot, so that the numbers say nothing.
 */
export type MemberCount = { people: number; guests: number; about?: true; hidden?: true };
/** Whom a group reaches. Of a group with more than 2,000 people, or whose members are hidden, only the count. */
export type Reach = { count: MemberCount; members?: { id: PersonId; guest: boolean }[] };

export type Change = { id: PersonId; state: 'enabled' | 'disabled' | 'deleted' };
export type Changes = {
  /** Each person once, with how it is now. */
  changes: Change[];
  /** For the next round. Keep it only after all changes are carried out. */
  link: string;
  /** The link was too old: `changes` names everyone there is, and whoever is missing is gone. */
  resync: boolean;
};

/** What became of a group's direct members. `hidden`: the directory shows nobody who is in it. */
export type GroupChange = { id: GroupId } & (
  | { state: 'gone' }
  | { state: 'hidden' }
  | { state: 'moved'; people: Moved; groups: Moved }
  | { state: 'read'; people: PersonId[]; groups: GroupId[] }
);
export type Moved = { in: string[]; out: string[] };
export type GroupChanges = {
  /** Each group once. */
  changes: GroupChange[];
  /** For the next round. Keep it only after all changes are kept. */
  link: string;
  /** `in` names everyone who is in the groups; a group that is not named is gone, or empty. */
  whole: boolean;
};

export type Tag = { id: string; name: string; team: GroupId };

/** People and groups, as the organisation's directory has them. Read-only. Throws `DirectoryDown` when it cannot answer. */
export interface Directory {
  findPeople(tenant: TenantId, words: string): Promise<DirectoryPerson[]>;
  findGroups(tenant: TenantId, words: string): Promise<DirectoryGroup[]>;
  person(tenant: TenantId, id: PersonId): Promise<DirectoryPerson | undefined>;
  people(tenant: TenantId, ids: readonly PersonId[]): Promise<DirectoryPerson[]>;
  group(tenant: TenantId, id: GroupId): Promise<DirectoryGroup | undefined>;
  /** Every group the person is in, nested ones too. */
  groupsOf(tenant: TenantId, person: PersonId): Promise<GroupId[]>;
  /** Asked live: which of `groups` the person is in now. */
  memberOf(tenant: TenantId, person: PersonId, groups: readonly GroupId[]): Promise<GroupId[]>;
  /** Asked live: false for a disabled, deleted or unknown person. */
  isEnabled(tenant: TenantId, person: PersonId): Promise<boolean>;
  /** In a few calls, however big the group is. */
  reach(tenant: TenantId, group: GroupId): Promise<Reach>;
  /** Enabled people of the whole tenant: what `everyone` means. */
  countEveryone(tenant: TenantId): Promise<MemberCount>;
  members(tenant: TenantId, group: GroupId, limit: number): Promise<DirectoryPerson[]>;
  tags(tenant: TenantId, team: GroupId): Promise<Tag[]>;
  tagMembers(tenant: TenantId, tag: Tag): Promise<PersonId[]>;
  /** Who appeared, was disabled or was deleted since `link`; without a link, from now on. */
  changes(tenant: TenantId, link: string | undefined): Promise<Changes>;
  /** Who joined and left these groups (50 at most) directly since `link`; without a link, everyone in them. */
  groupChanges(tenant: TenantId, groups: readonly GroupId[], link: string | undefined): Promise<GroupChanges>;
}

/** The directory gave no clean answer. `retryAt` when it said when to come back. Fail closed on it. */
export class DirectoryDown extends Error {
  constructor(
    message: string,
    readonly reason: 'throttled' | 'unreachable' | 'not-allowed',
    readonly retryAt?: Date,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
