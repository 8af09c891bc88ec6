import type { OwnFacts } from '../facts.js';

/** What Instagram profiles are and may do, for cards, rules, help and docs. */
export const instagramTypes = {
  'instagram-account': {
    opens: 'pages',
    unit: 'account',
    scopes: [
      { scope: 'instagram_business_basic', why: 'see which account signed in' },
      { scope: 'instagram_business_content_publish', why: 'publish pictures and videos' },
      { scope: 'instagram_business_manage_comments', why: 'answer comments' },
      { scope: 'instagram_business_manage_messages', why: 'read and answer messages, once an owner allows it' },
    ],
    publishing: ['instagram_business_content_publish'],
    otherWay: {
      publishing: ['instagram_content_publish', 'pages_read_engagement'],
      when: 'the same app is set for Instagram and Facebook: accounts are reached through their Facebook Page',
      scopes: [
        { scope: 'pages_show_list', why: 'list the Pages you work on' },
        { scope: 'business_management', why: 'list Pages that a business holds' },
        { scope: 'pages_read_engagement', why: 'read what the Page and its account posted' },
        { scope: 'instagram_basic', why: 'see the accounts linked to the Pages' },
        { scope: 'instagram_content_publish', why: 'publish pictures and videos' },
        { scope: 'instagram_manage_comments', why: 'answer comments' },
        { scope: 'pages_manage_metadata', why: 'be told of new messages' },
        { scope: 'instagram_manage_messages', why: 'read and answer messages, once an owner allows it' },
      ],
    },
    reviewed: {
      setting: 'INSTAGRAM_LIKES',
      scopes: [{ scope: 'instagram_manage_engagement', why: 'like posts and comments' }],
    },
    reading: {
      messages: [['instagram_business_manage_messages'], ['instagram_manage_messages', 'pages_manage_metadata']],
    },
    may: {
      publishText: 'Instagram needs a picture or a video in every post.',
      publishMedia: true,
      reply: true,
      like: 'Instagram lets apps like only through a Facebook Page, with a permission that an admin of this bot has to get.',
      share: 'Instagram offers apps no call for sharing.',
      sendMessages: true,
      acquireMessages: true,
      acquireSearch: 'Instagram opens hashtags only to reviewed apps that sign in through a Facebook Page.',
    },
    conditions: {
      publishMedia:
        'JPEG pictures, or one reel: MP4 or MOV of up to 300 MB, 3 seconds to 15 minutes. Instagram fetches them from a public address.',
      reply: 'Only on posts of the account itself, and to comments there.',
      sendMessages: 'Only in answer to somebody who wrote first, within 24 hours of their last message.',
    },
    renewal: 'reexchange',
    sharesGrant: true,
    before: ['An Instagram professional account (business or creator)', 'Its user name and password'],
  },
} satisfies Record<string, OwnFacts>;
