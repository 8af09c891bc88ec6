import { anyOf } from '../spoken.js';

/** Refusals about posts, and about freezing. */
export const publishRefusals = {
  needsYesFirst: (profile: string) => ({
    sentence: `That post with ${profile} waits for somebody's yes.`,
    fix: 'Say "claims" to see what waits for yours. Its author can change or stop it.',
  }),
  yesWasForThen: (profile: string) => ({
    sentence: `The yes to that post with ${profile} was for the time it has.`,
    fix: 'Ask an owner to send it now, or press Undo and ask for a yes to another time.',
  }),
  outsideHours: (profile: string, hours: string) => ({
    sentence: `It is outside working hours (${hours}, Monday to Friday): a post with ${profile} needs somebody's yes now.`,
    fix: 'It stays as it is. Send it within these hours, or press Undo and post it without a time, which asks for a yes.',
  }),
  ownPost: (profile: string) => ({
    sentence: `That post with ${profile} is your own; somebody else has to say yes to it.`,
    fix: 'You can change or stop it.',
  }),
  ownersSayYes: (profile: string, owners: readonly string[]) => ({
    sentence: `Only an owner of ${profile} can decide on that post.`,
    fix: `Ask ${anyOf(owners)}.`,
  }),
  managersSayYes: (profile: string, admins: readonly string[]) => ({
    sentence: `${profile} has no other owner, so a Manager or an admin decides on that post.`,
    fix: admins.length > 0 ? `Ask a Manager, or one of: ${anyOf(admins)}.` : 'Ask a Manager.',
  }),
  postDecided: (profile: string, how: string) => ({
    sentence: `That post with ${profile} is decided already: ${how}.`,
    fix: 'Nothing to do.',
  }),
  approvalOld: (profile: string) => ({
    sentence: `That is not what would go out with ${profile} any more.`,
    fix: 'Read it as it is now, then decide.',
  }),
  noNeedsReason: () => ({
    sentence: 'A no needs a reason, so that its author knows what to change.',
    fix: 'Write it into the box and press Decline again.',
  }),
  noReceipt: () => ({
    sentence: 'No post of ours is known under that link, or its receipt is not for you.',
    fix: 'Copy the link from the post itself. Receipts are for its author, the owners of its profile, and admins.',
  }),
  declinedAlready: (profile: string) => ({
    sentence: `That post with ${profile} was declined. Nothing went out.`,
    fix: 'Press Change on it to write another one.',
  }),
  mayNotPublish: (profile: string, owners: readonly string[]) => ({
    sentence: `You can see ${profile}, but not publish with it.`,
    fix:
      owners.length > 0 ? `Ask ${anyOf(owners)} to share it with you.` : `Say "claim ${profile}" to become its owner.`,
  }),
  postGone: () => ({
    sentence: 'That post is not there, or not yours to see.',
    fix: 'Say "posts" to see yours.',
  }),
  previewOld: () => ({
    sentence: 'That preview was changed, or is too old.',
    fix: 'Use the newer one, or say "post" again.',
  }),
  cannotBeSent: (profile: string, problem: string) => ({
    sentence: `It cannot go out with ${profile}: ${problem}`,
    fix: 'Press Change, mend it, and look at the preview again.',
  }),
  cannotReact: (sentence: string, fix: string) => ({ sentence, fix }),
  pictureGone: () => ({
    sentence: 'A picture of it is not kept any more.',
    fix: 'Add it again, and look at the new preview.',
  }),
  videoGone: () => ({
    sentence: 'The video of it is not kept any more.',
    fix: 'Add it again, and look at the new preview.',
  }),
  picturesOrVideo: () => ({
    sentence: 'A post goes out with pictures or with a video, not with both.',
    fix: 'Choose one of them.',
  }),
  videoRefused: (sentence: string, fix: string) => ({ sentence, fix }),
  videoTooBig: (size: string, most: string) => ({
    sentence: `That video has ${size}, and ${most} MB are allowed here.`,
    fix: 'Make it smaller, then choose it again. An admin can change the limit with "policy video".',
  }),
  videoMissing: () => ({
    sentence: 'There is no video yet.',
    fix: 'Choose a file.',
  }),
  videoCut: () => ({
    sentence: 'The video did not arrive whole.',
    fix: 'Choose it again.',
  }),
  videoUnsaid: () => ({
    sentence: 'Something about the video is not said yet.',
    fix: 'Give it a title, and say who may see it and whether it is made for children.',
  }),
  tooManyVideos: (most: string) => ({
    sentence: `${most} videos of yours are kept here already.`,
    fix: 'Wait until their posts are out, or cancel some of them.',
  }),
  noVideosHere: () => ({
    sentence: 'Your organisation sends no videos with posts.',
    fix: 'Say the post without it. An admin can change that with "policy video".',
  }),
  picturePageGone: () => ({
    sentence: 'This page was used already, is more than ten minutes old, or its preview is not there any more.',
    fix: 'Go back to Teams and press Pictures or Video on the newest preview.',
  }),
  watchGone: () => ({
    sentence: 'This page is more than half an hour old, or the post is decided, or not yours to decide any more.',
    fix: 'Go back to Teams: its card says what became of it, and leads to the video while it waits for you.',
  }),
  picturesTooBig: (most: string) => ({
    sentence: `That is too much: each picture may have ${most} MB.`,
    fix: 'Make them smaller, then choose them again.',
  }),
  pictureRefused: (sentence: string, fix: string) => ({ sentence, fix }),
  pictureTooBig: (size: string, most: string) => ({
    sentence: `That picture has ${size}, and ${most} MB are allowed here.`,
    fix: 'Make it smaller, then choose it again. An admin can change the limit with "policy picture".',
  }),
  noPicturesHere: () => ({
    sentence: 'Your organisation sends no pictures with posts.',
    fix: 'Say the post without it. An admin can change that with "policy picture".',
  }),
  tooManyFiles: (files: number, most: number) => ({
    sentence: `There are ${files} files with it, and a post takes ${most} at most.`,
    fix: 'Attach fewer of them.',
  }),
  reactionsWithoutPictures: () => ({
    sentence: 'Only posts go out with pictures.',
    fix: 'Say it again without the picture.',
  }),
  filesNotHere: () => ({
    sentence: 'Teams hands me files in our personal chat alone.',
    fix: 'Say it again there; or say it here without the picture, and press Pictures on the preview.',
  }),
  fileForeign: () => ({
    sentence: 'That file is not where Teams keeps files, so it was not opened.',
    fix: 'Attach it from your own computer; or say the post without it, and press Pictures on the preview.',
  }),
  fileNotFetched: () => ({
    sentence: 'Teams did not hand over that file.',
    fix: 'Attach it again; or say the post without it, and press Pictures on the preview.',
  }),
  timePast: () => ({
    sentence: 'That time is over.',
    fix: 'Choose a later one.',
  }),
  timeTooFar: () => ({
    sentence: 'That is more than a year away.',
    fix: 'Choose an earlier time.',
  }),
  timeMissing: (words: string) => ({
    sentence: `The clocks change then, so "${words}" does not exist.`,
    fix: 'Choose a time an hour earlier or later.',
  }),
  timeNotUnderstood: (words: string) => ({
    sentence: `"${words}" is not a time I understand.`,
    fix: 'Write it like "at friday 9:00" or "at 2026-12-24 18:00".',
  }),
  textTooLong: (limit: string) => ({
    sentence: `That is more text than any network takes: ${limit} signs at most.`,
    fix: 'Make it shorter. Nothing was kept of it.',
  }),
  frozen: (profile: string) => ({
    sentence: `${profile} is frozen: nothing goes out.`,
    fix: 'Two Managers can thaw it, each with a reason.',
  }),
  frozenAlready: (profile: string) => ({
    sentence: `${profile} is frozen already.`,
    fix: 'Nothing to do. Two Managers can thaw it.',
  }),
  notFrozen: (profile: string) => ({
    sentence: `${profile} is not frozen.`,
    fix: 'Nothing to do.',
  }),
  thawersOnly: (admins: readonly string[]) => ({
    sentence: 'Only Managers and admins can do that.',
    fix: admins.length > 0 ? `Ask ${anyOf(admins)}.` : 'Ask a Manager of your organisation.',
  }),
  thawNeedsReason: (words: string) => ({
    sentence: 'A thaw needs a reason.',
    fix: `Say it like this: ${words} "it was a false alarm"`,
  }),
  thawedByYou: (profile: string) => ({
    sentence: `Your yes for ${profile} is there already.`,
    fix: 'A second Manager or admin has to say it too.',
  }),
  nothingToUndo: () => ({
    sentence: 'Nothing of yours is held just now.',
    fix: 'Say "posts" to see what waits and what went out.',
  }),
  stoppedAlready: (profile: string) => ({
    sentence: `That post with ${profile} was stopped already.`,
    fix: 'Nothing to do.',
  }),
  sentAlready: (profile: string) => ({
    sentence: `That post with ${profile} is out already.`,
    fix: 'Say "posts" to see it, and take it back there.',
  }),
  underWay: (profile: string) => ({
    sentence: `That post with ${profile} is past the point where it can be changed.`,
    fix: 'Say "posts" to see what became of it.',
  }),
  sentTwice: (profile: string) => ({
    sentence: `That post with ${profile} was sent twice and did not arrive.`,
    fix: 'Look at the network, then say "post" again if you want a new one.',
  }),
  notThere: (profile: string) => ({
    sentence: `Nothing of that post with ${profile} is known to be on the network.`,
    fix: 'Say "posts" to see how it stands.',
  }),
};
