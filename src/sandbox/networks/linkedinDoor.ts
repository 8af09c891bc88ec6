import { json, type Reply } from './call.js';
import type { Door } from './door.js';
import { linkedInMembers } from './people.js';

export const door: Door = {
  network: 'linkedin',
  label: 'LinkedIn',
  colour: '#0a66c2',
  question: 'Sign in as',
  scopes: {
    openid: 'Sign you in',
    profile: 'See your name and picture',
    email: 'See your e-mail address',
    r_basicprofile: 'See your name and public address',
    w_member_social: 'Publish, comment and react as you',
    rw_organization_admin: 'See the Pages you administer',
    r_organization_admin: 'See the Pages you administer',
    r_organization_social: "Read your Pages' posts",
    w_organization_social: 'Publish, comment and react as your Pages',
  },
  identify: ['profile', 'r_basicprofile', 'rw_organization_admin', 'r_organization_admin'],
  mayUntick: false,
  pkce: 'none',
  codePrefix: 'AQli',
  codeSeconds: 1800,
  accounts: linkedInMembers,
  declined: { error: 'user_cancelled_authorize', error_description: 'The user cancelled the authorization' },
};

/** An error as its API words it. */
export const failure = (status: number, serviceErrorCode: number, code: string, message: string): Reply =>
  json(status, { status, serviceErrorCode, code, message });
