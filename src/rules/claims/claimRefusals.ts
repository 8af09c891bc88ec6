import { anyOf } from '../spoken.js';
import type { ClaimEnd } from '../types.js';

const listed = (names: readonly string[]) => names.join(', ');

/** How a claim ended, in words that fit behind a colon. */
export function claimEndWords(as: ClaimEnd, by: string): string {
  switch (as) {
    case 'approved':
    case 'declined':
      return `${as} by ${by}`;
    case 'withdrawn':
      return `withdrawn by ${by}`;
    case 'granted':
      return `${by} became an owner by signing in`;
    case 'ended':
      return 'nobody decided in time';
    case 'objected':
      return `${by} objected, so Managers decide a new one`;
    case 'deleted':
      return `${by} deleted the profile`;
  }
}

/** Refusals about claims, the channel they are posted into, and the tenant's own rules. */
export const claimRefusals = {
  claimOpen: (profile: string, until: string) => ({
    sentence: `Your claim of ${profile} waits for a decision already, until ${until}.`,
    fix: `Say "withdraw ${profile}" to take it back. If you can sign in to it, claim it that way.`,
  }),
  noClaim: (profile: string) => ({
    sentence: `No claim of yours waits for ${profile}.`,
    fix: 'Say "claims" to see what you wait for.',
  }),
  claimDecided: (who: string, profile: string, as: ClaimEnd, by: string) => ({
    sentence: `The claim of ${profile} by ${who} is over: ${claimEndWords(as, by)}.`,
    fix: 'Nothing to do.',
  }),
  ownClaim: (profile: string) => ({
    sentence: `This is your own claim of ${profile}; someone else decides it.`,
    fix: `Say "withdraw ${profile}" to take it back.`,
  }),
  ownersDecide: (profile: string, owners: readonly string[]) => ({
    sentence: `Only the owners of ${profile} can decide this claim.`,
    fix: `Ask ${anyOf(owners)}.`,
  }),
  managersDecide: (profile: string, objector: string | undefined, admins: readonly string[]) => ({
    sentence: objector
      ? `Only a Manager or an admin who is no party to it can decide this claim, since ${objector} objected.`
      : `Only a Manager or an admin can decide this claim: no owner of ${profile} can.`,
    fix: admins.length > 0 ? `Ask a Manager, or ${anyOf(admins)}.` : 'Ask a Manager.',
  }),
  claimantCannot: (who: string, profile: string, why: 'reader' | 'gone' | 'works') => ({
    sentence:
      why === 'reader'
        ? `${who} is a Reader, so they can't own ${profile}.`
        : `The account of ${who} does not work any more.`,
    fix: why === 'reader' ? 'An admin can make them a Responder first. You can also decline.' : 'Decline the claim.',
  }),
  nothingToContest: (profile: string) => ({
    sentence: `Nobody's ownership of ${profile} can be contested by you now.`,
    fix: 'An owner who came by signing in can be contested for a while, by owners who are there longer.',
  }),
  approvalsInChannel: () => ({
    sentence: 'That works in the channel that claims are posted into.',
    fix: 'Go to a channel of a team that has me, mention me there and say "approvals here".',
  }),
  channelClosed: (channel: string) => ({
    sentence: `I can't post into ${channel || 'that channel'}, so nothing was changed.`,
    fix: 'Bots cannot post in private channels. Choose a standard channel of a team I was added to, and say it there.',
  }),
  noApprovals: () => ({
    sentence: 'No channel is set for claims.',
    fix: 'They go to the owners in their own chats. Say "approvals here" in a channel to choose one.',
  }),
  policyUnknown: (setting: string, settings: readonly string[]) => ({
    sentence: `"${setting}" is no setting.`,
    fix: `There are: ${listed(settings)}. Say "policy" to see how they are now.`,
  }),
  policySame: () => ({
    sentence: 'Nothing is different, so nothing was changed.',
    fix: 'Change something in the form, then press Save.',
  }),
  policyValue: (setting: string, values: string) => ({
    sentence: `"policy ${setting}" takes ${values}.`,
    fix: 'Say "policy" to see how it is now.',
  }),
};
