import type { Action } from '../../networks/facts.js';
import { typeFacts } from '../../networks/types.js';
import type { TypeNames } from '../../rules/profileTypes.js';
import type { Acquisition, ProfileType } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** What a card says of a profile type. */
export type TypeWords = TypeNames & {
  /** What one account of it is called on its network. */
  unit: string;
  /** What to have ready before signing in. */
  before: readonly string[];
  /** What apps may do with it on its network, and why not the rest: a sentence each. */
  can: readonly Action[];
  cannot: readonly string[];
  /** What holds for something that apps may do with it: a sentence each. */
  conditions: readonly (readonly [Action, string])[];
  /** What may be read with it. */
  reads: Readonly<Record<Acquisition, boolean>>;
};
export type { Action } from '../../networks/facts.js';

/** The names of a profile type and what its network lets apps do with it. `opened`: and what this bot's app alone. */
export const typeWords = (type: ProfileType, opened: readonly Action[] = []): TypeWords =>
  opened.length > 0 ? wordsOf(type, opened) : everyType[type];

function wordsOf(type: ProfileType, opened: readonly Action[] = []): TypeWords {
  const { network, label, networkLabel, handleForm, unit, before, may, conditions = {} } = typeFacts[type];
  const said = Object.entries(may) as [Action, true | string][];
  const all = said.map(([action, why]): (typeof said)[number] => [action, opened.includes(action) || why]);
  return {
    ...{ network, label, networkLabel, handleForm, unit, before },
    can: all.filter(([, why]) => why === true).map(([action]) => action),
    cannot: [...new Set(all.flatMap(([, why]) => (why === true ? [] : why)))],
    conditions: Object.entries(conditions) as [Action, string][],
    reads: { messages: may.acquireMessages === true, search: may.acquireSearch === true },
  };
}

/** Each row of a list asks for them several times; they never change. */
const everyType = Object.fromEntries(
  (Object.keys(typeFacts) as ProfileType[]).map((type) => [type, wordsOf(type)]),
) as Record<ProfileType, TypeWords>;

/** The types that can be added here: those whose network is set up. */
export const offeredTypes = ({ networks }: Needs<'networks'>): readonly ProfileType[] => networks.offered;
