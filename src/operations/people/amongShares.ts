import { principalName } from '../../rules/access.js';
import { fold } from '../../rules/fold.js';
import type { WhoRef } from '../../rules/operation.js';
import type { Actor, Principal, Share } from '../../rules/types.js';
import type { WhoOption } from '../core/outcome.js';
import type { WhoFound } from './searchWho.js';

/**
 * Whom a name means among those a profile is shared with. Nobody else has to know them: an account that is switched off
 * or gone is found by the name the share has. Undefined when the name means none of them.
 */
export function among(shares: readonly Share[], ref: WhoRef, actor: Actor): WhoFound | undefined {
  const principals = shares.map(({ principal }) => principal);
  const only = principals.find((principal) => isMeant(principal, ref, actor));
  if (only) return { kind: 'found', principals: [only] };
  if (!('words' in ref)) return undefined;
  const wanted = fold(ref.words.replace(/^\s*@/, ''));
  const exact = principals.filter((principal) => nameOf(principal) === wanted);
  if (exact.length === 1) return { kind: 'found', principals: exact };
  const near =
    exact.length > 0 ? exact : principals.filter((principal) => wanted && nameOf(principal).includes(wanted));
  const options = near.flatMap(optionOf).slice(0, 10);
  return options.length > 0 ? { kind: 'several', index: 0, words: ref.words, options } : undefined;
}

function isMeant(principal: Principal, ref: WhoRef, actor: Actor): boolean {
  if (principal.kind === 'everyone') return 'everyone' in ref || ('words' in ref && fold(ref.words) === 'everyone');
  if (principal.kind === 'group') return 'group' in ref && ref.group === principal.id;
  if ('words' in ref) return fold(ref.words) === 'me' && principal.id === actor.id;
  return 'person' in ref && ref.person === principal.id;
}

const nameOf = (principal: Principal) => (principal.kind === 'everyone' ? 'everyone' : fold(principal.name));

function optionOf(principal: Principal): WhoOption[] {
  if (principal.kind === 'everyone') return [];
  const ref = principal.kind === 'person' ? { person: principal.id } : { group: principal.id };
  const detail = principal.kind === 'person' ? 'Person it is shared with' : 'Group it is shared with';
  return [{ ref, name: principalName(principal), detail }];
}
