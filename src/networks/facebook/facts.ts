import type { OwnFacts } from '../facts.js';

const asPerson = 'Facebook ended posting as a person in 2018; sign in to a Page instead.';

/** What Facebook profiles are and may do, for cards, rules, help and docs. */
export const facebookTypes = {
  'facebook-user': {
    opens: 'own',
    unit: 'account',
    scopes: [{ scope: 'public_profile', why: 'see who signed in' }],
    may: {
      publishText: asPerson,
      publishMedia: asPerson,
      reply: asPerson,
      like: asPerson,
      share: asPerson,
      sendMessages: 'Facebook lets only Pages send messages through apps.',
      acquireMessages: 'Facebook lets only Pages read messages through apps.',
      acquireSearch: 'Facebook opens public posts only to reviewed apps, through a Page.',
    },
    renewal: 'none',
    sharesGrant: true,
    before: ['Your own Facebook sign-in'],
  },
  'facebook-page': {
    opens: 'pages',
    unit: 'Page',
    scopes: [
      { scope: 'public_profile', why: 'see who signed in' },
      { scope: 'pages_show_list', why: 'list the Pages you work on' },
      { scope: 'business_management', why: 'list Pages that a business holds' },
      { scope: 'pages_read_engagement', why: "read the Page's posts" },
      { scope: 'pages_read_user_content', why: 'read what people comment' },
      { scope: 'pages_manage_posts', why: 'publish' },
      { scope: 'pages_manage_engagement', why: 'comment and like as the Page' },
      { scope: 'pages_manage_metadata', why: 'be told of new messages' },
      { scope: 'pages_messaging', why: 'read and answer messages, once an owner allows it' },
    ],
    publishing: ['pages_manage_posts', 'pages_read_engagement'],
    reading: { messages: [['pages_messaging', 'pages_manage_metadata']] },
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: true,
      share: 'Facebook has no call for sharing a post; a new post with a link does instead.',
      sendMessages: true,
      acquireMessages: true,
      acquireSearch: true,
    },
    conditions: {
      publishMedia: 'Ten pictures at most, or one MP4 video.',
      sendMessages: 'Only in answer to somebody who wrote first, within 24 hours of their last message.',
      acquireSearch: "Only the Page's own posts and comments; other Pages need Page Public Content Access.",
    },
    renewal: 'none',
    sharesGrant: true,
    before: ['Your own Facebook sign-in', 'A role on the Page that lets you create content'],
  },
} satisfies Record<string, OwnFacts>;
