/** Refusals about a visit to a network's sign-in page, and about the code that proves it. */
export const signInRefusals = {
  codeInPersonalChat: () => ({
    sentence: 'A code works only in our personal chat, where nobody else sees it.',
    fix: 'Open a chat with me and type it there.',
  }),
  codeMissing: () => ({
    sentence: 'A code has six digits.',
    fix: 'The page in your browser shows it after the sign-in. Type it as it stands there.',
  }),
  codeWrong: (left: number) => ({
    sentence: 'That is not the code on the page.',
    fix:
      left > 0
        ? `Look again: ${left} ${left === 1 ? 'try' : 'tries'} left.`
        : 'No tries left. Start again to get a new link.',
  }),
  codesTooMany: (when: string) => ({
    sentence: 'Those were too many wrong codes.',
    fix: `The next one counts ${when}. Say "add" then to get a new link.`,
  }),
  codeNone: () => ({
    sentence: 'No sign-in of yours is waiting for a code.',
    fix: 'A code lives 10 minutes. Say "add" to start a sign-in.',
  }),
  notFromHere: () => ({
    sentence: 'This did not come from the page you were shown.',
    fix: 'Open the link in Teams again, and press the button there.',
  }),
  linkUnderWay: () => ({
    sentence: 'Your sign-in is being finished just now.',
    fix: 'Load this page again in a few seconds. If it stays so, open the link in Teams again.',
  }),
  linkGone: () => ({
    sentence: 'That link was used already or is more than 10 minutes old.',
    fix: 'Go back to Teams and ask again to get a new one.',
  }),
  wrongPerson: (got: string, wanted: string) => ({
    sentence: `In this browser ${got} is signed in, but the link is for ${wanted}.`,
    fix: 'If the link is yours, sign in to Microsoft 365 as yourself and open it again. If it is not, close this page.',
  }),
  notIdentified: () => ({
    sentence: "Your organisation's sign-in did not say who you are.",
    fix: 'Open the link in Teams again. If it goes on, tell whoever looks after this bot.',
  }),
};
