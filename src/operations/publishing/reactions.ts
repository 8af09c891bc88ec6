import { type ReactionKind, reactionKinds } from '../../rules/ids.js';
import type { Asked, Operation } from '../../rules/operation.js';
import type { Aim } from '../../rules/publishing/intent.js';
import { refuse } from '../../rules/refusals.js';
import type { Actor } from '../../rules/types.js';
import { factsOf } from '../answers/profileFacts.js';
import type { Outcome } from '../core/outcome.js';

export type Reaction = Extract<Operation, { kind: ReactionKind }>;

export const isReacting = (operation: Operation): operation is Reaction =>
  reactionKinds.includes(operation.kind as ReactionKind);

const notThere: Outcome = { kind: 'refused', refusal: refuse('notFound') };
const byId = (operation: Reaction, profile: string): Asked => ({ ...operation, profiles: [{ id: profile }] });

/** The form of a reply, with what was typed in it. */
export function replyForm({ form, text, ...rest }: Reaction, aim: Aim | undefined): Outcome {
  if (aim?.kind !== 'at') return notThere;
  const { profile, target } = aim;
  return { kind: 'replyForm', profile, target, text: text ?? '', asked: byId(rest as Reaction, profile.id) };
}

/** Which profile, or which post, is meant. */
export function aimOutcome(actor: Actor, operation: Reaction, aim: Aim | undefined, now: Date): Outcome {
  if (aim?.kind === 'choose') {
    const options = aim.profiles
      .slice(0, mostChoices)
      .map((profile) => ({ facts: factsOf(profile, [], actor, now), asked: byId(operation, profile.id) }));
    return { kind: 'chooseProfile', words: '', options };
  }
  if (aim?.kind !== 'pick') return notThere;
  const { profile, posts } = aim;
  const options = posts.map((post) => ({ post, asked: byId({ ...operation, link: post.link }, profile.id) }));
  return { kind: 'pickPost', profile, options };
}

/** As many as a card shows at once; with more, `as <profile>` names one. */
const mostChoices = 10;
