import { typeWords } from '../../operations/answers/typeWords.js';
import type { ClaimFacts, ProfileFacts } from '../../operations/core/outcome.js';
import { activeOwners, nameOf } from '../../rules/access.js';
import { claimEndWords } from '../../rules/claims/claimRefusals.js';
import type { Asked } from '../../rules/operation.js';
import type { Refusal } from '../../rules/refusals.js';
import { capital } from '../../rules/spoken.js';
import { type Button, button } from '../input/button.js';
import { clientTime } from '../input/times.js';
import { type Colour, cardKind } from './card.js';
import { iconFor } from './icons.js';
import { plain } from './text.js';

export type ClaimView = {
  /** What the reader just did, when the card answers a click; with `refused`, why they could not. */
  done?: string;
  /** `refusal-<code>`: the id of the text block that says why not. */
  refused?: string;
  title: string;
  typeName: string;
  icon: string;
  iconAlt: string;
  state: { word: string; colour: Colour };
  facts: { title: string; value: string }[];
  /** Set when the reader may decide: the label of the box for a reason. */
  note?: string;
  buttons: Button[];
  /** Runs by itself for the people with these Teams ids; without ids, in small places, for everyone. */
  refresh?: { title: string; verb: string; data: Record<string, unknown>; userIds: readonly string[] };
};

export const claimCard = cardKind<ClaimView>('claim', ({ done, title, state }) => done ?? `${title}: ${state.word}`);

const namesShown = 5;

/** A claim: who, what, whether proven, why, who decides, until when; and what the reader can do about it. */
export function claimView(facts: ClaimFacts, done?: string, refusal?: Refusal): ClaimView {
  const { profile, claim } = facts;
  const { label } = typeWords(profile.type);
  return {
    ...(done ? { done: plain(done) } : {}),
    ...(refusal ? { done: plain(refusal.sentence), refused: `refusal-${refusal.code}` } : {}),
    title: `${plain(claim.by.name)} ${claim.decided ? 'asked' : 'wants'} to become an owner of ${plain(nameOf(profile))}`,
    typeName: label,
    ...iconFor(profile.type),
    state: stateOf(facts),
    facts: factRows(facts),
    ...(mayDecide(facts) ? { note: 'Reason (optional; the claimant and all here see it)' } : {}),
    buttons: buttons(facts),
    ...refresh(facts),
  };
}

const mayDecide = ({ claim, standing, refreshFor }: ClaimFacts) =>
  !claim.decided && (standing === 'decider' || (standing === 'other' && refreshFor === 'all'));

function stateOf({ claim }: ClaimFacts): { word: string; colour: Colour } {
  switch (claim.decided?.as) {
    case undefined:
      return { word: 'Waiting for a decision', colour: 'warning' };
    case 'approved':
    case 'granted':
      return { word: claim.decided?.as === 'approved' ? 'Approved' : 'Signed in', colour: 'good' };
    case 'declined':
      return { word: 'Declined', colour: 'attention' };
    case 'withdrawn':
      return { word: 'Withdrawn', colour: 'default' };
    default:
      return { word: 'Ended', colour: 'default' };
  }
}

function factRows({ profile, claim, deciders }: ClaimFacts): ClaimView['facts'] {
  const row = (title: string, value: string) => ({ title, value });
  const time = clientTime;
  const names = (people: readonly { name: string }[]) =>
    plain(
      `${people
        .slice(0, namesShown)
        .map(({ name }) => name)
        .join(', ')}${people.length > namesShown ? ' and others' : ''}`,
    );
  const { decided, objectedBy, why } = claim;
  const proof = claim.proven ? 'Signed in to the account' : 'Has not signed in to it';
  const who =
    deciders.kind === 'owners'
      ? `An owner: ${names(deciders.owners)}`
      : `A Manager or an admin, ${objectedBy ? 'since an owner objected' : 'since no owner can'}`;
  return [
    row('Profile', plain(`${profile.name} (${typeWords(profile.type).label})`)),
    row('Proof', proof),
    ...(why ? [row('Why', `"${plain(why)}"`)] : []),
    ...(objectedBy ? [row('Objected', plain(objectedBy.name))] : []),
    ...(decided
      ? [row('Outcome', plain(capital(claimEndWords(decided.as, decided.by.name)))), row('When', time(decided.at))]
      : [row('Decides', who), row('Ends', time(claim.ends))]),
    ...(decided?.reason ? [row('Reason', `"${plain(decided.reason)}"`)] : []),
  ];
}

function buttons(facts: ClaimFacts): Button[] {
  const { profile, claim, standing } = facts;
  const on = { profile: { id: profile.id }, claim: claim.id };
  if (claim.decided) return [];
  if (mayDecide(facts)) {
    const whom = `the claim of ${claim.by.name}`;
    return [
      button('Approve', { kind: 'approve', ...on }, { style: 'positive', tooltip: `Approve ${whom}` }),
      button('Decline', { kind: 'decline', ...on }, { style: 'destructive', tooltip: `Decline ${whom}` }),
    ];
  }
  return standing === 'claimant'
    ? [button('Withdraw my claim', { kind: 'withdraw', profile: { id: profile.id } })]
    : [];
}

function refresh({ profile, claim, refreshFor }: ClaimFacts): Pick<ClaimView, 'refresh'> {
  if (claim.decided || !refreshFor || refreshFor === 'all' || refreshFor.length === 0) return {};
  const {
    title,
    verb = '',
    data = {},
  } = button('Refresh', {
    kind: 'claimcard',
    profile: { id: profile.id },
    claim: claim.id,
  });
  return { refresh: { title, verb, data, userIds: refreshFor } };
}

/** The way without a sign-in. */
export function askButton(orAsk: Asked, facts: ProfileFacts | undefined, now: Date): Button {
  const owned = facts && activeOwners(facts.profile, now).length > 0;
  return button(owned ? 'Ask the owners' : 'Ask the Managers', orAsk);
}
