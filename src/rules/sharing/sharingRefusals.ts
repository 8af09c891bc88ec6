/** What can be refused of a share, and of its end. */
export const sharingRefusals = {
  alreadyShared: (profile: string, who: string, end: string) => ({
    sentence: `${profile} is shared with ${who} already, ${end}.`,
    fix: 'To change how long, say "until Friday" or "without end" behind it. "unshare" stops it.',
  }),
  ownersNeedNoShare: (profile: string, who: string) => ({
    sentence: `${who} owns ${profile} already and can do everything with it.`,
    fix: 'Nothing to do.',
  }),
  notShared: (profile: string, who: string) => ({
    sentence: `${profile} is not shared with ${who}.`,
    fix: `Say "show ${profile}" to see who has access.`,
  }),
  endTooSoon: () => ({
    sentence: 'A share has to last at least one hour.',
    fix: 'Give a later end, such as "until Friday" or "for 2 weeks".',
  }),
  endPast: () => ({
    sentence: 'That end is in the past.',
    fix: 'Give a later end, such as "until Friday" or "for 2 weeks".',
  }),
  endTooFar: (years: number) => ({
    sentence: `A share lasts ${years} years at most.`,
    fix: 'Give an earlier end, or none: without one it lasts until an owner stops it.',
  }),
  endNotUnderstood: (words: string) => ({
    sentence: `"${words}" is not a time I understand.`,
    fix: 'Write it like "until Friday", "until 24 December", "until 2027-01-31" or "for 2 weeks".',
  }),
};
