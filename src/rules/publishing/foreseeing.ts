import { activeOwners, nameOf, presentOwners } from '../access.js';
import { showButton } from '../change.js';
import { dayOf } from '../days.js';
import type { Moment } from '../operation.js';
import type { Actor, Notice, PersonName, Profile } from '../types.js';
import { advance, renewButton, toAuthor, workerName } from './advance.js';
import { hindrance, type LiveFacts } from './hindrance.js';
import type { Foreseen, Intent } from './intent.js';
import { nextDue } from './times.js';

type Button = NonNullable<Notice['buttons']>[number];
type Words = {
  /** To the author, in the second person; and to everybody else, who read the author's name. */
  author: string;
  others: (author: string) => string;
  /** What an owner can do about it with one click. */
  mend?: (intent: Intent) => Button;
};

/** What would keep a planned post, what to do about it, and the button for that. */
const words: Readonly<Record<Foreseen, Words>> = {
  authorGone: {
    author: 'Your account does not work any more.',
    others: (author) => `The account of ${author} does not work any more. Stop it, or post it yourself.`,
  },
  reader: {
    author: 'Readers cannot publish. Ask an admin to make you a Responder.',
    others: (author) => `${author} is a Reader now, and Readers cannot publish. An admin can change that.`,
  },
  ownerless: {
    author: 'The profile has no owner at that time, and nobody can publish with it then. A new owner has to be found.',
    others: () => 'The profile has no owner at that time, and nobody can publish with it then. Invite a new owner.',
    mend: ({ profile }) => ({
      title: 'Invite an owner',
      operation: { kind: 'invite', who: [], profile: { id: profile } },
    }),
  },
  notShared: {
    author: 'You may not publish with it at that time. Ask an owner to share it with you until then.',
    others: (author) => `${author} may not publish with it at that time. Share it with them, or stop the post.`,
    mend: ({ profile, author }) => ({
      title: `Share it with ${author.name}`,
      operation: { kind: 'share', who: [{ person: author.id }], profile: { id: profile }, endless: true },
    }),
  },
  frozen: {
    author: 'The profile is frozen. Two Managers or admins have to thaw it before then.',
    others: () => 'The profile is frozen. Two Managers or admins have to thaw it before then.',
    mend: ({ profile }) => showButton({ id: profile }),
  },
  noSignIn: {
    author: 'No sign-in of the profile works until then. An owner has to renew theirs.',
    others: () => 'No sign-in of the profile works until then. Renew yours, or have another owner renew theirs.',
    mend: renewButton,
  },
  notOffered: {
    author: 'Its network is not set up here any more. Ask an admin.',
    others: () => 'Its network is not set up here any more. Ask an admin.',
  },
};

/** For its card, which others than the author may read too. */
export const foreseenWords = ({ author }: Intent, foreseen: Foreseen): string => words[foreseen].others(author.name);

/** What the profile and its author would keep a planned post from, at its time, if nothing changes until then. */
export function foreseenOf(facts: LiveFacts): Foreseen | undefined {
  const { intent, profile, author } = facts;
  const at = intent.at ?? facts.now;
  const no = hindrance({ ...facts, ...(profile ? { profile: withoutDrill(profile) } : {}), now: at });
  if (no?.code === 'frozen') return 'frozen';
  // A deleted profile stops its posts at once.
  if (no?.code !== 'noRight' || !profile) return undefined;
  if (!author) return 'authorGone';
  if (author.role === 'reader') return 'reader';
  return activeOwners(profile, at).length === 0 ? 'ownerless' : 'notShared';
}

/** A drill is over by itself. */
function withoutDrill({ frozen, ...profile }: Profile): Profile {
  return frozen && !frozen.drill ? { ...profile, frozen } : profile;
}

/** Who hears of it: the profile as it is, and the author, unless their account is gone. */
export type Hearers = { profile: Profile; author: Actor | undefined };

/**
 * A planned post was looked at before its time; it stays held. The author and the owners hear of what would keep it, once
 * for each reason, with what mends it for who can. When nothing would keep it any more, that is forgotten.
 */
export function foresaw(intent: Intent, foreseen: Foreseen | undefined, hearers: Hearers, moment: Moment): Intent {
  const isNews = foreseen !== intent.foreseen;
  return advance(intent, workerName, moment, {
    to: 'held',
    set: { due: nextDue(intent, moment.now), ...(foreseen ? { foreseen } : {}) },
    without: foreseen ? [] : ['foreseen'],
    operation: 'send',
    ...(isNews ? {} : { quiet: true as const }),
    notices: foreseen && isNews ? noticesOf(intent, foreseen, hearers, moment) : [],
  });
}

function noticesOf(intent: Intent, foreseen: Foreseen, { profile, author }: Hearers, { now }: Moment): Notice[] {
  const owners = presentOwners(profile);
  const isAuthor = ({ id }: Pick<PersonName, 'id'>) => id === intent.author.id;
  const people = [...(author ? [intent.author] : []), ...owners.filter((owner) => !isAuthor(owner))];
  const ownsNow = new Set(activeOwners(profile, now).map(({ id }) => id));
  const { author: toThem, others, mend } = words[foreseen];
  const title = `A planned post with ${nameOf(profile)} would not go out`;
  return people.map((person) => {
    const day = intent.at ? `It is planned for ${dayOf(intent.at, intent.timeZone)}. ` : '';
    const text = `${day}${isAuthor(person) ? toThem : others(intent.author.name)}`;
    const notice = toAuthor(intent, workerName.id, title, text);
    const mending = mend && (ownsNow.has(person.id) || foreseen === 'frozen') ? [mend(intent)] : [];
    return { ...notice, to: { person: person.id }, buttons: [...mending, ...(notice.buttons ?? [])] };
  });
}
