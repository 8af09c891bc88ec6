import { type NetworkId, networkIds, type ProfileType, profileTypes } from '../profiles/types.js';

/** What a profile might do on its network. */
export const actions = [
  'publishText',
  'publishMedia',
  'reply',
  'like',
  'share',
  'sendMessages',
  'acquireMessages',
  'acquireSearch',
] as const;
export type Action = (typeof actions)[number];

/** `true`: the network allows a normal app to do it today. A sentence: why not. */
export type May = true | string;

export type Scope = { scope: string; why: string };

export type TypeFacts = {
  network: NetworkId;
  /** "Facebook Page" */
  label: string;
  /** "Facebook" */
  networkLabel: string;
  /** `own`: the person's own account. `pages`: a sign-in may open several; the person picks. */
  opens: 'own' | 'pages';
  /** What one of them is called in a picker: "Page", "channel". */
  unit: string;
  /** What the person is asked for, and why. */
  scopes: readonly Scope[];
  /** Another set of scopes, asked for when the administrator set the apps up in another way. */
  otherWay?: { when: string; scopes: readonly Scope[] };
  /** The type may have an app of its own: settings `<prefix>_CLIENT_ID` and `<prefix>_CLIENT_SECRET`. */
  ownApp?: string;
  may: Readonly<Record<Action, May>>;
  /** How a handle is written: `@contoso`, or as it is. */
  handleForm: 'at' | 'plain';
  /** `refresh`: with a refresh token. `reexchange`: the token itself is swapped for a newer one. `none`: sign in again. */
  renewal: 'refresh' | 'reexchange' | 'none';
  /** How long a sign-in lasts when nothing renews it; absent where the network names no end. */
  days?: number;
  /**
   * One person's permission at the network stands behind all their profiles of this network. Taking it back for one
   * ends the others, so it is revoked only when the last goes.
   */
  sharesGrant: boolean;
  /** What to have ready before signing in. */
  before: readonly string[];
};

const no = {
  xLike: 'X took liking away from self-serve apps in April 2026.',
  facebookUser: 'Facebook ended posting as a person in 2018; sign in to a Page instead.',
  facebookShare: 'Facebook has no call for sharing a post; a new post with a link does instead.',
  instagramText: 'Instagram needs a picture or a video in every post.',
  instagramEdge: 'Instagram offers apps no such call.',
  linkedinInbox: 'LinkedIn opens messages only to approved partners.',
  linkedinRead: "LinkedIn no longer lets new apps read members' posts.",
  linkedinSearch: 'LinkedIn has no search of public posts for apps.',
  youtubeText: 'YouTube has no call for text posts.',
  youtubeShare: 'YouTube has no call for sharing.',
  youtubeMessages: 'YouTube has no private messages.',
} as const;

const google = 'https://www.googleapis.com/auth/';

const linkedinFull: readonly Scope[] = [
  { scope: 'r_basicprofile', why: 'see who signed in' },
  { scope: 'w_member_social', why: 'part of the full set: another set would end earlier sign-ins' },
  { scope: 'rw_organization_admin', why: 'list the Pages you administer' },
  { scope: 'r_organization_social', why: "read the Page's posts and comments" },
  { scope: 'w_organization_social', why: 'publish, comment and react as the Page' },
];

/** The one table of profile types: everything that differs between them, for cards, rules, help and docs. */
export const typeFacts: Readonly<Record<ProfileType, TypeFacts>> = {
  'x-user': {
    network: 'x',
    label: 'X profile',
    networkLabel: 'X',
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
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: no.xLike,
      share: true,
      sendMessages: true,
      acquireMessages: true,
      acquireSearch: true,
    },
    handleForm: 'at',
    renewal: 'refresh',
    sharesGrant: false,
    before: ['The user name and password of the X account', 'The phone that gets its confirmation codes'],
  },
  'facebook-user': {
    network: 'facebook',
    label: 'Facebook profile',
    networkLabel: 'Facebook',
    opens: 'own',
    unit: 'account',
    scopes: [{ scope: 'public_profile', why: 'see who signed in' }],
    may: {
      publishText: no.facebookUser,
      publishMedia: no.facebookUser,
      reply: no.facebookUser,
      like: no.facebookUser,
      share: no.facebookUser,
      sendMessages: 'Facebook lets only Pages send messages through apps.',
      acquireMessages: 'Facebook lets only Pages read messages through apps.',
      acquireSearch: 'Facebook opens public posts only to reviewed apps, through a Page.',
    },
    handleForm: 'plain',
    renewal: 'none',
    days: 60,
    sharesGrant: true,
    before: ['Your own Facebook sign-in'],
  },
  'facebook-page': {
    network: 'facebook',
    label: 'Facebook Page',
    networkLabel: 'Facebook',
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
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: true,
      share: no.facebookShare,
      sendMessages: true,
      acquireMessages: true,
      acquireSearch: 'Facebook opens other Pages only to apps with Page Public Content Access.',
    },
    handleForm: 'plain',
    renewal: 'none',
    sharesGrant: true,
    before: ['Your own Facebook sign-in', 'A role on the Page that lets you create content'],
  },
  'instagram-account': {
    network: 'instagram',
    label: 'Instagram account',
    networkLabel: 'Instagram',
    opens: 'pages',
    unit: 'account',
    scopes: [
      { scope: 'instagram_business_basic', why: 'see which account signed in' },
      { scope: 'instagram_business_content_publish', why: 'publish pictures and videos' },
      { scope: 'instagram_business_manage_comments', why: 'answer comments' },
      { scope: 'instagram_business_manage_messages', why: 'read and answer messages, once an owner allows it' },
    ],
    otherWay: {
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
    may: {
      publishText: no.instagramText,
      publishMedia: true,
      reply: true,
      like: no.instagramEdge,
      share: no.instagramEdge,
      sendMessages: true,
      acquireMessages: true,
      acquireSearch: 'Instagram opens hashtags only to reviewed apps that sign in through a Facebook Page.',
    },
    handleForm: 'at',
    renewal: 'reexchange',
    days: 60,
    sharesGrant: true,
    before: ['An Instagram professional account (business or creator)', 'Its user name and password'],
  },
  'linkedin-member': {
    network: 'linkedin',
    label: 'LinkedIn member',
    networkLabel: 'LinkedIn',
    opens: 'own',
    unit: 'account',
    scopes: [
      { scope: 'openid', why: 'sign in' },
      { scope: 'profile', why: 'see who signed in' },
      { scope: 'w_member_social', why: 'publish, comment and react as you' },
    ],
    otherWay: {
      when: 'one app serves members and Pages: both ask for the same set, since another set ends earlier sign-ins',
      scopes: linkedinFull,
    },
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: true,
      share: true,
      sendMessages: no.linkedinInbox,
      acquireMessages: no.linkedinInbox,
      acquireSearch: no.linkedinRead,
    },
    handleForm: 'plain',
    renewal: 'refresh',
    days: 60,
    sharesGrant: true,
    before: ['Your own LinkedIn sign-in'],
  },
  'linkedin-page': {
    network: 'linkedin',
    label: 'LinkedIn Page',
    networkLabel: 'LinkedIn',
    opens: 'pages',
    unit: 'Page',
    scopes: linkedinFull,
    ownApp: 'LINKEDIN_PAGES',
    may: {
      publishText: true,
      publishMedia: true,
      reply: true,
      like: true,
      share: true,
      sendMessages: no.linkedinInbox,
      acquireMessages: no.linkedinInbox,
      acquireSearch: no.linkedinSearch,
    },
    handleForm: 'plain',
    renewal: 'refresh',
    days: 60,
    sharesGrant: true,
    before: ['Your own LinkedIn sign-in', 'The super admin or content admin role on the Page'],
  },
  'youtube-user': {
    network: 'youtube',
    label: 'YouTube channel',
    networkLabel: 'YouTube',
    opens: 'pages',
    unit: 'channel',
    scopes: [
      { scope: `${google}youtube.readonly`, why: 'see which channel signed in' },
      { scope: `${google}youtube.upload`, why: 'publish videos' },
      { scope: `${google}youtube.force-ssl`, why: 'comment, reply and rate videos' },
    ],
    may: {
      publishText: no.youtubeText,
      publishMedia: true,
      reply: true,
      like: true,
      share: no.youtubeShare,
      sendMessages: no.youtubeMessages,
      acquireMessages: no.youtubeMessages,
      acquireSearch: true,
    },
    handleForm: 'at',
    renewal: 'refresh',
    sharesGrant: true,
    before: ['The Google account that the channel belongs to', 'On the consent page, tick every box'],
  },
};

export function scopesOf(type: ProfileType): string[] {
  return typeFacts[type].scopes.map(({ scope }) => scope);
}

export function networkOf(type: ProfileType): NetworkId {
  return typeFacts[type].network;
}

export function typesOf(network: NetworkId): ProfileType[] {
  return profileTypes.filter((type) => typeFacts[type].network === network);
}

/** What the settings call the apps: `X` for X_CLIENT_ID and X_CLIENT_SECRET. `key` is where `Apps` wants the pair. */
export function settingsPrefixes(): { key: NetworkId | ProfileType; prefix: string }[] {
  const types = profileTypes.flatMap((key) => {
    const prefix = typeFacts[key].ownApp;
    return prefix ? [{ key, prefix }] : [];
  });
  return [...networkIds.map((key) => ({ key, prefix: key.toUpperCase() })), ...types];
}

/** `@contoso` or `Contoso`, as the network writes it. */
export function shownHandle(type: ProfileType, handle: string): string {
  return typeFacts[type].handleForm === 'at' ? `@${handle}` : handle;
}
