import { anyOf } from './spoken.js';

const listed = (names: readonly string[]) => names.join(', ');

/** Refusals about whom somebody named, and about who is admin. */
export const whoRefusals = {
  whoNotFound: (words: string, near: readonly string[] = []) => ({
    sentence: `Nobody called "${words}" is in your directory.`,
    fix:
      near.length > 0
        ? `Near it: ${listed(near)}. Mention them with @, or write the name in quotes.`
        : 'Mention them with @, write the whole name in quotes, or give the e-mail address.',
  }),
  whoDisabled: (who: string) => ({
    sentence: `The account of ${who} is switched off in the directory.`,
    fix: 'Name somebody whose account works.',
  }),
  tooManyNames: (most: number) => ({
    sentence: `I look up ${most} names at a time.`,
    fix: `Write at most ${most} names in one message, or mention people and teams with @.`,
  }),
  guestsMention: () => ({
    sentence: "As a guest of this organisation you can't look up its people.",
    fix: 'Mention the person or team with @.',
  }),
  personOnly: (words: string) => ({
    sentence: `${words} is not a person.`,
    fix: 'Name one person: mention them with @, or give the e-mail address.',
  }),
  accessHad: () => ({
    sentence: 'You can work with profiles already.',
    fix: 'Say "profiles" to see yours, or "add" to add one.',
  }),
  accessAsked: (admins: readonly string[]) => ({
    sentence: 'You asked for that already, less than a day ago.',
    fix: admins.length > 0 ? `Wait for an answer, or talk to ${anyOf(admins)}.` : 'Wait for an answer.',
  }),
  accessNotAsked: (who: string) => ({
    sentence: `${who} does not wait for an answer any more.`,
    fix: 'Say "roles" to see who has which role.',
  }),
  adminAlready: (who: string) => ({
    sentence: `${who} is an admin already.`,
    fix: 'Say "roles" to see all admins.',
  }),
  noAdmin: (who: string) => ({
    sentence: `${who} is not an admin.`,
    fix: 'Say "roles" to see all admins.',
  }),
  adminBySettings: (who: string) => ({
    sentence: `${who} is named as an admin in the settings of this bot, so that can't be changed in chat.`,
    fix: 'Ask whoever runs this bot to take the name out of its setting ADMINS.',
  }),
  lastAdmin: () => ({
    sentence: 'This is the last admin, and there has to be one.',
    fix: 'Make someone else an admin first: "role @name admin".',
  }),
};
