import { typeWords } from '../../operations/answers/typeWords.js';
import type { ProfileFacts } from '../../operations/core/outcome.js';
import { nameOf, shortNameOf } from '../../rules/access.js';
import type { Principal } from '../../rules/types.js';
import { type Button, button } from '../input/button.js';
import { dayWords } from '../input/times.js';
import type { Colour, Reader } from './card.js';
import { healthWord } from './healthWords.js';
import { iconFor } from './icons.js';
import { plain } from './text.js';

export type ProfileRow = {
  handle: string;
  network: string;
  typeName: string;
  /** A picture of our own, by type (data URI); networks' pictures are not hot-linked. */
  icon: string;
  iconAlt: string;
  health: { word: string; colour: Colour };
  detail: string;
  show: Button;
};

/** One line of a list. */
export function profileRow(facts: ProfileFacts, reader: Reader): ProfileRow {
  const { profile } = facts;
  return {
    handle: plain(shortNameOf(profile)),
    network: typeWords(profile.type).networkLabel,
    typeName: typeWords(profile.type).label,
    ...iconFor(profile.type),
    health: healthWord(facts),
    detail: standing(facts, reader),
    show: button('Show', { kind: 'show', profile: { id: profile.id } }, { tooltip: `Show ${nameOf(profile)}` }),
  };
}

/** How the reader stands to a profile: "You own it", "Shared with you by Ann until Friday, 4 December 2026". */
export function standing({ standing: mine, shared, profile }: ProfileFacts, reader: Reader): string {
  switch (mine) {
    case 'owner': {
      const others = profile.owners.length - 1;
      return others === 0 ? 'You own it' : `You and ${others} other${others === 1 ? '' : 's'} own it`;
    }
    case 'shared': {
      const through = shared && shared.through.kind !== 'person' ? ` through ${throughWords(shared.through)}` : '';
      const end = shared?.until ? ` until ${dayWords(shared.until, reader.timeZone)}` : '';
      return `Shared with you${through} by ${plain(shared?.by.name ?? '')}${end}`;
    }
    case 'ownerless':
      return 'Nobody owns it';
    case 'admin':
      return 'You see it as an admin';
  }
}

const throughWords = (principal: Principal) => (principal.kind === 'everyone' ? 'everyone' : plain(principal.name));
