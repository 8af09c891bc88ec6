import { failure } from './linkedinDoor.js';
import { linkedInRoles } from './people.js';
import type { Standing } from './tokens.js';

export type SignedIn = (...scopes: string[]) => Standing;

export const denied = failure(403, 100, 'ACCESS_DENIED', 'Not enough permissions to access: posts');

/** Whether this sign-in may publish as the author: themselves, or a Page they administer. */
export function mayPublish({ grant }: Standing, author: string): boolean {
  const [, kind, id = ''] = /^urn:li:(person|organization):(.+)$/.exec(author) ?? [];
  if (kind === 'person') return id === grant.account;
  return linkedInRoles.some(
    ({ member, organization, role, state }) =>
      member === grant.account && String(organization) === id && state === 'APPROVED' && role !== 'ANALYST',
  );
}

export const writes = (author: string) =>
  author.startsWith('urn:li:person:') ? 'w_member_social' : 'w_organization_social';

/** Pages only: nobody may read members' posts. */
export function mayRead(signedIn: SignedIn, author: string): boolean {
  return author.startsWith('urn:li:organization:') && mayPublish(signedIn('r_organization_social'), author);
}
