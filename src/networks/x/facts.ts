import type { OwnFacts } from '../facts.js';

/** What X profiles are and may do, for cards, rules, help and docs. */
export const xTypes = {
  'x-user': {
    opens: 'own',
    unit: 'account',
    scopes: [
      { scope: 'users.read', why: 'see which account signed in' },
      { scope: 'tweet.read', why: 'X asks for it beside every other scope' },
      { scope: 'tweet.write', why: 'publish, reply and repost' },
      { scope: 'media.write', why: 'add pictures and videos to posts' },
      { scope: 'dm.read', why: 'read private messages, once an owner allows it' },
      { scope: 'dm.write', why: 'answer private messages' },
      { scope: 'offline.access', why: 'stay signed in for more than two hours' },
    ],
    publishing: ['tweet.read', 'tweet.write', 'users.read'],
    reading: { messages: [['dm.read', 'tweet.read', 'users.read']], search: [['tweet.read', 'users.read']] },
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: 'X took liking away from self-serve apps in April 2026.',
      share: true,
      sendMessages: true,
      acquireMessages: true,
      acquireSearch: true,
    },
    conditions: {
      publishMedia: 'Four pictures at most, or one video of up to 512 MB and 140 seconds.',
      reply: 'On self-serve plans only where the author mentioned or quoted this account.',
      share: 'Reposts only; quote posts left self-serve plans in April 2026.',
      acquireMessages: 'The last 30 days; encrypted conversations are not included.',
      acquireSearch: 'The last 7 days; X charges for every post read.',
    },
    renewal: 'refresh',
    spendsRefreshTokens: true,
    sharesGrant: false,
    before: ['The user name and password of the X account', 'The phone that gets its confirmation codes'],
  },
} satisfies Record<string, OwnFacts>;
