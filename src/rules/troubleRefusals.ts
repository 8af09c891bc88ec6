/** Something around the bot is in trouble: what was done, and what to do now. */
export const troubleRefusals = {
  directoryDown: (when: string) => ({
    sentence: "Your organisation's directory does not answer, so I can't check who is allowed to do that.",
    fix: `Nothing was changed. Try again ${when}.`,
  }),
  networkTrouble: (sentence: string, fix: string) => ({ sentence, fix }),
  storeDown: (reference: string) => ({
    sentence: "I can't reach my memory just now, so nothing was changed.",
    fix: `Try again in a minute. If it goes on, tell whoever looks after this bot: reference ${reference}.`,
  }),
  storeBusy: (reference: string) => ({
    sentence: 'I have too much to do just now, so nothing was changed.',
    fix: `Try again in a minute. If it goes on, tell whoever looks after this bot: reference ${reference}.`,
  }),
  storeUnknown: (reference: string) => ({
    sentence: "My memory did not answer in time, so I don't know whether that was done.",
    fix: `Look at it in a minute, before you try again. Whoever looks after this bot finds it by reference ${reference}.`,
  }),
  surprise: (reference: string) => ({
    sentence: 'Something went wrong on my side.',
    fix: `Try again. If it goes on, tell whoever looks after this bot: reference ${reference}.`,
  }),
};
