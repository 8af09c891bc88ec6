import { claimRefusals } from './claims/claimRefusals.js';
import type { Asked } from './operation.js';
import { publishRefusals } from './publishing/publishRefusals.js';
import { sharingRefusals } from './sharing/sharingRefusals.js';
import { signInRefusals } from './signins/signInRefusals.js';
import { anyOf } from './spoken.js';
import { troubleRefusals } from './troubleRefusals.js';
import { whoRefusals } from './whoRefusals.js';

/** A planned "no": what happened, what to do now, and perhaps a button that does it. */
export type Refusal = { code: RefusalCode; sentence: string; fix: string; suggest?: Suggestion[] };
export type Suggestion = { title: string; operation: Asked };
/** What was meant, maybe; `operation` is left out where that would only be refused again. */
export type Meant = { title: string; operation?: Asked };
type Words = { sentence: string; fix: string; suggest?: Suggestion[] };

const showProfiles: Suggestion = { title: 'My profiles', operation: { kind: 'profiles', list: 'mine' } };
const showHelp: Suggestion = { title: 'Help', operation: { kind: 'help' } };
const requestAccess: Suggestion = { title: 'Request access', operation: { kind: 'requestaccess' } };
const doable = (meant: readonly Meant[]): Suggestion[] =>
  meant.flatMap(({ title, operation }) => (operation ? { title, operation } : []));
const listed = (names: readonly string[]) => names.join(', ');
/** Every refusal there is. Sentences are plain text; cards escape them. */
export const refusals = {
  readerOnly: (raisers: readonly string[]) => ({
    sentence: 'As a Reader you can look at the help, but not work with profiles.',
    fix:
      raisers.length > 0
        ? `You need the Responder role. ${anyOf(raisers)} can give it.`
        : 'You need the Responder role. Ask whoever looks after this bot to name an admin.',
    suggest: raisers.length > 0 ? [requestAccess] : [],
  }),
  adminOnly: (admins: readonly string[]) => ({
    sentence: 'Only an admin can do that.',
    fix: admins.length > 0 ? `Ask ${anyOf(admins)}.` : 'Ask whoever looks after this bot to name an admin.',
  }),
  notFound: (words?: string, near: readonly Meant[] = []) => ({
    sentence: words ? `You have no profile called "${words}".` : 'That profile is not there, or not yours to see.',
    fix:
      near.length > 0
        ? `Did you mean ${anyOf(near.map(({ title }) => title))}?`
        : 'Say "profiles" to see the ones you can use.',
    suggest: [...doable(near), showProfiles],
  }),
  notOwner: (profile: string, owners: readonly string[]) => ({
    sentence: `Only an owner of ${profile} can do that.`,
    fix: `Ask ${anyOf(owners)}, or say "claim ${profile}" if you can sign in to it.`,
  }),
  nobodyOwns: (profile: string) => ({
    sentence: `${profile} has no owner, so nobody can do that.`,
    fix: `Say "claim ${profile}" to become its owner.`,
  }),
  ownersAndAdmins: (profile: string) => ({
    sentence: `The history of ${profile} is for its owners and for admins.`,
    fix: `Ask an owner, or say "claim ${profile}" if you can sign in to it.`,
  }),
  alreadyOwner: (profile: string) => ({
    sentence: `You own ${profile} already.`,
    fix: `Say "show ${profile}" to see what you can do with it.`,
  }),
  ...sharingRefusals,
  noSignIn: (profile: string) => ({
    sentence: `You have no sign-in of your own for ${profile}.`,
    fix: `Nothing to remove. "renew ${profile}" would add one.`,
  }),
  coolOff: (profile: string, until: string) => ({
    sentence: `You became an owner of ${profile} by signing in; this opens on ${until}, or with another owner's yes.`,
    fix: 'Until then you can publish, react, renew and share with up to 50 people. Ask another owner to press "Fine by me".',
  }),
  differentAccount: (wanted: string, got: string) => ({
    sentence: `You signed in to ${got}, but this is about ${wanted}.`,
    fix: `Sign out of ${got} on the network's site first, then try again and sign in to ${wanted}.`,
  }),
  ...claimRefusals,
  ...whoRefusals,
  ...publishRefusals,
  notLeaving: (profile: string, who?: string) => ({
    sentence: who ? `${who} is not leaving, and stays an owner of ${profile}.` : `No owner of ${profile} is leaving.`,
    fix: 'Only somebody whose account the directory calls disabled or deleted can be removed. Owners leave by themselves with "leave".',
  }),
  isBack: (who: string) => ({
    sentence: `The account of ${who} works again, so they stay an owner.`,
    fix: 'Nothing to do: the card says so in a minute.',
  }),
  changedMeanwhile: (profile: string) => ({
    sentence: `Someone else changed ${profile} just now.`,
    fix: 'Look at it as it is now, then try again.',
  }),
  confirmGone: () => ({
    sentence: 'That question was answered already, is older than 5 minutes, or was put to someone else.',
    fix: 'Ask again to get a new one.',
  }),
  slowDown: (when: string) => ({
    sentence: 'That was more than I can do for one person at once.',
    fix: `The last one was not done. Go on in ${when}.`,
  }),
  ...signInRefusals,
  typeNotOffered: (words: string, offered: readonly string[]) => ({
    sentence: words ? `"${words}" cannot be added here.` : 'No network is set up here yet.',
    fix:
      offered.length > 0
        ? `You can add: ${listed(offered)}.`
        : 'Whoever looks after this bot has to enter an app id for a network.',
  }),
  unknownWords: (words: string, meant: readonly Meant[] = []) => ({
    sentence: words ? `I don't know "${words}".` : 'I did not see a command.',
    fix:
      meant.length > 0
        ? `Did you mean ${anyOf(meant.map(({ title }) => `"${title}"`))}?`
        : 'Say "help" to see what I understand.',
    suggest: [...doable(meant).filter(({ operation }) => operation.kind !== 'help'), showHelp],
  }),
  wordsMissing: (usage: string) => ({
    sentence: 'Something is missing there.',
    fix: `Say it like this: ${usage}`,
  }),
  wordsExtra: (words: string, usage: string) => ({
    sentence: `I don't know what "${words.slice(0, 40)}" means there.`,
    fix: `Say it like this: ${usage}`,
  }),
  cardNotUnderstood: () => ({
    sentence: 'That button carried something I do not accept.',
    fix: 'Ask again in words, for example "profiles".',
  }),
  cannotAcquire: (profile: string, what: string, why: string) => ({
    sentence: `The ${what} of ${profile} cannot be read: ${why}`,
    fix: 'Nothing to do here; it is decided by the network.',
  }),
  allowedAlready: (profile: string, what: string) => ({
    sentence: `Reading ${what} with ${profile} is allowed already.`,
    fix: `Say "deny ${what} ${profile}" to switch it off.`,
  }),
  notAllowedYet: (profile: string, what: string) => ({
    sentence: `Reading ${what} with ${profile} is off already.`,
    fix: `Say "allow ${what} ${profile}" to switch it on.`,
  }),
  networkWaits: (network: string, when: string, again: Asked) => ({
    sentence: `${network} asks us to wait. Try again ${when}.`,
    fix: 'Nothing was changed. The button works from then on.',
    suggest: [{ title: 'Try again', operation: again }],
  }),
  ...troubleRefusals,
  nobodyThere: () => ({
    sentence: "I can't tell who you are.",
    fix: 'Only people of this organisation who are signed in to Teams can work with me.',
  }),
  disabled: () => ({
    sentence: 'Your account is switched off in the directory.',
    fix: 'Ask your IT department.',
  }),
  cannotReach: () => ({
    sentence: 'This is for you alone, but I cannot write to you.',
    fix: 'Open a personal chat with me, say "help" there, then ask again.',
  }),
  foreignTenant: (organisation?: string) => ({
    sentence: organisation
      ? `Your account belongs to ${organisation}, another organisation than this team's.`
      : "Your account belongs to another organisation than this team's.",
    fix: 'Only people of this organisation can work with its profiles.',
  }),
} satisfies Record<string, (...args: never[]) => Words>;

export type RefusalCode = keyof typeof refusals;

/** A refusal by its code, with what its sentence needs. */
export function refuse<C extends RefusalCode>(code: C, ...args: Parameters<(typeof refusals)[C]>): Refusal {
  const words = (refusals[code] as (...args: unknown[]) => Words)(...args);
  return { code, ...words };
}
