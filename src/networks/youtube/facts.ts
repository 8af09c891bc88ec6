import type { OwnFacts } from '../facts.js';

const google = 'https://www.googleapis.com/auth/';
const noMessages = 'YouTube has no private messages.';

/** What YouTube profiles are and may do, for cards, rules, help and docs. */
export const youtubeTypes = {
  'youtube-user': {
    opens: 'pages',
    unit: 'channel',
    scopes: [
      { scope: `${google}youtube.readonly`, why: 'see which channel signed in' },
      { scope: `${google}youtube.upload`, why: 'publish videos' },
      { scope: `${google}youtube.force-ssl`, why: 'comment, reply and rate videos' },
    ],
    publishing: [`${google}youtube.upload`],
    reading: { search: [[`${google}youtube.readonly`]] },
    may: {
      publishText: 'YouTube has no call for text posts.',
      publishMedia: true,
      reply: true,
      like: true,
      share: 'YouTube has no call for sharing.',
      sendMessages: noMessages,
      acquireMessages: noMessages,
      acquireSearch: true,
    },
    conditions: {
      publishMedia:
        'Videos only; each one says who may see it, since YouTube takes a video that says nothing for public.',
      like: 'Videos only, not comments; the public count does not change.',
      acquireSearch: '100 searches a day for the whole project.',
    },
    renewal: 'refresh',
    sharesGrant: true,
    before: ['The Google account that the channel belongs to', 'On the consent page, tick every box'],
  },
} satisfies Record<string, OwnFacts>;
