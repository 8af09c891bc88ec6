import type { Acquisition, ProfileType } from '../rules/types.js';

type Sets = readonly (readonly string[])[];

/** Scopes that reading needs: one of the sets must be held whole. Types that are not here cannot. */
const acquiring: Partial<Record<ProfileType, Partial<Record<Acquisition, Sets>>>> = {
  'x-user': { messages: [['dm.read', 'tweet.read', 'users.read']], search: [['tweet.read', 'users.read']] },
  'facebook-page': { messages: [['pages_messaging', 'pages_manage_metadata']] },
  'instagram-account': {
    messages: [['instagram_business_manage_messages'], ['instagram_manage_messages', 'pages_manage_metadata']],
  },
  'youtube-user': { search: [['https://www.googleapis.com/auth/youtube.readonly']] },
};

/** Whether a grant with these scopes may read what an owner allowed. A person can untick scopes on the consent page. */
export function mayAcquire(type: ProfileType, what: Acquisition, scopes: readonly string[]): boolean {
  return (acquiring[type]?.[what] ?? []).some((set) => set.every((scope) => scopes.includes(scope)));
}

const onceTypes: readonly ProfileType[] = ['x-user'];

/** Whether each refresh token works once only: then an old one is worth nothing beside a newer token set. */
export function spendsRefreshTokens(type: ProfileType): boolean {
  return onceTypes.includes(type);
}
