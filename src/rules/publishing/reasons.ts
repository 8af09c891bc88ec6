import type { Intent, Why } from './intent.js';

type Words = { sentence: string; fix: string };

/** Why an intent is where it is, and what to do now. `network` is its name; `time` puts a moment into the reader's zone. */
export function reasonOf(
  { handle }: Pick<Intent, 'handle'>,
  why: Why,
  { network, time }: { network: string; time: (at: Date) => string },
): Words {
  const until = why.until ? ` until ${time(why.until)}` : '';
  // Networks' reasons are sentences of their own.
  const said = why.text ? `: ${why.text.replace(/\.+$/, '')}` : '';
  switch (why.code) {
    case 'frozen':
      return { sentence: `${handle} is frozen: nothing goes out.`, fix: 'It waits until two Managers have thawed it.' };
    case 'late':
      return { sentence: 'Its time passed before it could go out.', fix: 'Send it now, or stop it.' };
    case 'noSignIn':
      return {
        sentence: `No sign-in of ${handle} works just now.`,
        fix: 'It goes out when an owner has renewed theirs. You can stop it until then.',
      };
    case 'networkWaits':
      return { sentence: `${network} asks us to wait${until}.`, fix: 'It goes out by itself after that.' };
    case 'noCredit':
      return {
        sentence: `The plan of this app at ${network} is used up.`,
        fix: `An admin has to top it up. It is tried again${why.until ? ` at ${time(why.until)}` : ' later'}.`,
      };
    case 'directoryDown':
      return {
        sentence: "Your organisation's directory does not answer, so nobody's right can be checked.",
        fix: 'It is tried again by itself.',
      };
    case 'noRight':
      return {
        sentence: `Its author may not publish with ${handle} any more.`,
        fix: 'It did not go out. Somebody who may can post it again.',
      };
    case 'profileGone':
      return { sentence: `${handle} was deleted here.`, fix: 'It did not go out.' };
    case 'notOffered':
      return { sentence: `${network} is not set up here any more.`, fix: 'It waits until an admin has changed that.' };
    case 'rejected':
      return { sentence: `${network} refused it${said}.`, fix: 'It did not go out. Change it and post it again.' };
    case 'pictureRefused':
      return {
        sentence: `${network} refused a picture${said}.`,
        fix: 'It did not go out. Post it again with another.',
      };
    case 'videoRefused':
      return {
        sentence: `${network} refused the video${said}.`,
        fix: 'It did not go out. Post it again with another.',
      };
    case 'answerLost':
      return {
        sentence: `${network} did not say whether it is there.`,
        fix: 'I look for it, and never send it again by myself.',
      };
    case 'notFound':
      return {
        sentence: `${network} lost the answer, and I looked four times: it is not there.`,
        fix: 'Look there yourself, then send it again, or leave it.',
      };
    case 'notSeen':
      return { sentence: 'Somebody looked, and it is not there.', fix: 'Send it again, or leave it.' };
    case 'several':
      return { sentence: 'More than one post there looks like it.', fix: 'Look at them and say which one it is.' };
    case 'begun':
      return {
        sentence: `No post on ${network} has its whole text, and one or more have its beginning.`,
        fix: 'Look whether it was cut there, and say which one it is, or that it is not there.',
      };
    case 'cannotLook':
      return {
        sentence: why.text
          ? `I could not look for it on ${network}${said}.`
          : `${network} lost the answer, and shows its posts to people only.`,
        fix: `Look at ${handle} on ${network}, then say whether it is there.`,
      };
    case 'notTakenBack':
      return { sentence: `It could not be taken back${said}.`, fix: `Delete it on ${network} itself.` };
    case 'needsYes':
      return {
        sentence: 'It did not go out: it needs the yes of somebody else, for exactly this text.',
        fix: 'Those who decide are asked again.',
      };
    case 'overdue':
      return {
        sentence: 'Nobody decided in time, so it did not go out.',
        fix: 'It can still be decided for a week. After a yes, somebody sends it now or stops it.',
      };
    case 'undecided':
      return { sentence: 'Nobody decided on it.', fix: 'Nothing went out. Post it again if you still want it.' };
    case 'undone':
      return { sentence: 'It was stopped in time.', fix: 'Nothing went out.' };
    case 'replaced':
      return { sentence: 'It was changed after this preview.', fix: 'Use the newer preview.' };
  }
}
