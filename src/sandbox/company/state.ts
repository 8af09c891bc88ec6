import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World, WorldGroup, WorldPerson } from '../world.js';

export type CompanyPerson = Omit<WorldPerson, 'teamsId' | 'timeZone'> & { deletedAt?: string };
export type CompanyGroup = WorldGroup;
/** What the delta remembers: a person after a change, or that the person was deleted. */
export type LoggedChange = { id: string; accountEnabled: boolean; removed?: 'changed' | 'deleted' };
/** And a group: who joined or left it; without a member, that it is gone or shows itself otherwise. */
export type LoggedGroupChange = {
  group: string;
  member?: { kind: 'user' | 'group'; id: string; removed?: true };
};

/** The pretend company as it is now: what is kept in a file. */
export type CompanyData = {
  people: CompanyPerson[];
  groups: CompanyGroup[];
  log: LoggedChange[];
  groupLog: LoggedGroupChange[];
};

/** The company of `world`, or as it was left in `dataDir`. */
export function loadCompany(world: World, dataDir: string | undefined): CompanyData {
  const kept = dataDir === undefined ? undefined : readKept(fileIn(dataDir));
  // A file of an earlier release has no log of groups.
  if (kept) return { ...kept, groupLog: kept.groupLog ?? [] };
  return structuredClone({ people: world.people.map(withoutTeams), groups: world.groups, log: [], groupLog: [] });
}

/** Written beside and then renamed, so that a stop in the middle leaves the old file. */
export function saveCompany(data: CompanyData, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  const file = fileIn(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify(data));
  renameSync(`${file}.new`, file);
}

function fileIn(dataDir: string): string {
  return join(dataDir, 'company.json');
}

function readKept(file: string): CompanyData | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CompanyData;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read. Delete it to start with a fresh company.`, { cause: error });
  }
}

function withoutTeams({ teamsId: _, timeZone: __, ...person }: WorldPerson): CompanyPerson {
  return person;
}
