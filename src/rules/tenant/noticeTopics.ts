/** What people can switch off; all else is told whatever they chose. `admins`: told to them alone. */
export const noticeTopics = {
  'sign-ins': { what: 'sign-ins that end, or do not work any more', admins: false },
  shares: { what: 'profiles that are shared with you, and shares that ended', admins: false },
  digest: {
    what: 'once a week, for admins: what needs care, who left, claims, new shares with everyone',
    admins: true,
  },
} as const;
export type NoticeTopic = keyof typeof noticeTopics;
export const topicNames = Object.keys(noticeTopics) as NoticeTopic[];

/** What is always told, with why: by it somebody notices that a profile changes hands, or is about to be lost. */
export const alwaysTold =
  'Always told: claims, new owners, owners who leave, and profiles that are deleted, frozen or about to be lost. ' +
  'Also who may read messages, and what became of your posts. Nobody should take over or lose a profile unnoticed.';
