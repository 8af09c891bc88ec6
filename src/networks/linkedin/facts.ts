import type { OwnFacts, Scope } from '../facts.js';

const fullSet: readonly Scope[] = [
  { scope: 'r_basicprofile', why: 'see who signed in' },
  { scope: 'w_member_social', why: 'part of the full set: another set would end earlier sign-ins' },
  { scope: 'rw_organization_admin', why: 'list the Pages you administer' },
  { scope: 'r_organization_social', why: "read the Page's posts and comments" },
  { scope: 'w_organization_social', why: 'publish, comment and react as the Page' },
];

const media = 'Pictures, or one MP4 video of up to 500 MB and 30 minutes.';
const partnersOnly = 'LinkedIn opens messages only to approved partners.';

/** What LinkedIn profiles are and may do, for cards, rules, help and docs. */
export const linkedinTypes = {
  'linkedin-member': {
    opens: 'own',
    unit: 'account',
    scopes: [
      { scope: 'openid', why: 'sign in' },
      { scope: 'profile', why: 'see who signed in' },
      { scope: 'w_member_social', why: 'publish, comment and react as you' },
    ],
    publishing: ['w_member_social'],
    otherWay: {
      when: 'one app serves members and Pages: both ask for the same set, since another set ends earlier sign-ins',
      scopes: fullSet,
    },
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: true,
      share: true,
      sendMessages: partnersOnly,
      acquireMessages: partnersOnly,
      acquireSearch: "LinkedIn no longer lets new apps read members' posts.",
    },
    conditions: {
      publishMedia: media,
      reply: 'LinkedIn may ask for Community Management approval of the app.',
      like: 'LinkedIn may ask for Community Management approval of the app.',
    },
    renewal: 'refresh',
    sharesGrant: true,
    before: ['Your own LinkedIn sign-in'],
  },
  'linkedin-page': {
    opens: 'pages',
    unit: 'Page',
    scopes: fullSet,
    publishing: ['w_organization_social'],
    ownApp: 'LINKEDIN_PAGES',
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: true,
      share: true,
      sendMessages: partnersOnly,
      acquireMessages: partnersOnly,
      acquireSearch: true,
    },
    conditions: { publishMedia: media, acquireSearch: "Only the Page's own posts and what people do with them." },
    renewal: 'refresh',
    sharesGrant: true,
    before: ['Your own LinkedIn sign-in', 'The super admin or content admin role on the Page'],
  },
} satisfies Record<string, OwnFacts>;
