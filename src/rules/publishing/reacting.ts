import type { Deciding, Decision } from '../decision.js';
import type { ReactionKind } from '../ids.js';
import type { Operation } from '../operation.js';
import { typeNames } from '../profileTypes.js';
import { refuse } from '../refusals.js';
import type { ProfileType } from '../types.js';
import { previewed, refusalToPublish } from './asking.js';
import type { Target } from './intent.js';
import { publishingOf } from './loaded.js';

/** A link becomes a preview of one reaction; what is missing is asked for first. */
export function react(operation: Extract<Operation, { kind: ReactionKind }>, deciding: Deciding): Decision {
  const { aim, drafts, intents, profiles } = publishingOf(deciding);
  for (const id of operation.profiles) {
    const refusal = refusalToPublish(profiles.get(id), deciding);
    if (refusal) return { kind: 'refuse', refusal };
  }
  if (!aim) return { kind: 'refuse', refusal: refuse('notFound') };
  if (aim.kind === 'no') return { kind: 'refuse', refusal: refuse('cannotReact', aim.sentence, aim.fix) };
  if (aim.kind === 'choose') return { kind: 'aim' };
  const refusal = refusalToPublish(aim.profile, deciding);
  if (refusal) return { kind: 'refuse', refusal };
  if (aim.kind === 'pick') return { kind: 'aim' };
  const { kind, text, form } = operation;
  if (kind === 'reply' && (form || text === undefined)) return { kind: 'compose' };
  const targetKey = targetKeyOf(aim.profile.type, aim.target);
  return previewed(drafts, { kind, target: aim.target, targetKey, text: text ?? '' }, intents, deciding);
}

/** What two reactions to the same post have in common, whichever profiles they are by. */
export const targetKeyOf = (type: ProfileType, { id, comment }: Pick<Target, 'id' | 'comment'>): string =>
  `${typeNames[type].network}:${comment ?? id}`;
