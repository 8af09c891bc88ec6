import type { World } from '../world.js';
import { badRequest } from './answer.js';
import type { CompanyGroup, CompanyPerson } from './state.js';

export type Row = Record<string, unknown>;

export function userRow(person: CompanyPerson): Row {
  return {
    id: person.id,
    displayName: person.name,
    givenName: person.givenName,
    surname: person.surname,
    mail: person.mail,
    userPrincipalName: person.signInName,
    jobTitle: person.jobTitle,
    mobilePhone: null,
    businessPhones: [],
    officeLocation: null,
    preferredLanguage: null,
    mailNickname: person.signInName.split('@')[0] ?? '',
    department: person.department,
    userType: person.userType,
    accountEnabled: person.accountEnabled,
    deletedDateTime: person.deletedAt ?? null,
  };
}

export function groupRow(group: CompanyGroup, world: World): Row {
  const isUnified = group.kind === 'microsoft365';
  const isTeam = world.teams.some((team) => team.group === group.id);
  return {
    id: group.id,
    displayName: group.name,
    description: null,
    mailNickname: group.alias,
    mail: group.mail ?? null,
    groupTypes: isUnified ? ['Unified'] : [],
    securityEnabled: !isUnified,
    mailEnabled: isUnified,
    visibility: isUnified ? 'Private' : null,
    membershipRule: null,
    resourceProvisioningOptions: isTeam ? ['Team'] : [],
    deletedDateTime: null,
  };
}

/** What Graph gives of a user when nothing is selected. */
export const userDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** The fields asked for; an unknown one is refused. `defaults` undefined means all. */
export function selected(row: Row, select: string | undefined, defaults?: readonly string[]): Row {
  const names = select?.split(',') ?? defaults ?? Object.keys(row);
  const chosen: Row = {};
  for (const name of select === undefined ? names : new Set(['id', ...names])) {
    if (!Object.hasOwn(row, name)) throw badRequest(`Could not find a property named '${name}'.`);
    chosen[name] = row[name];
  }
  return chosen;
}
