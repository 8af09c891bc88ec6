import { typeWords } from '../../operations/answers/typeWords.js';
import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf, otherNameOf, shortNameOf } from '../../rules/access.js';
import { type Button, button } from '../input/button.js';
import { cardKind } from './card.js';
import { iconFor, type WithIcon } from './icons.js';
import { plain } from './text.js';

export type ChooserView = {
  question: string;
  note?: string;
  choices: (WithIcon & { title: string; detail: string; choose: Button })[];
};

export const chooserCard = cardKind<ChooserView>('chooser', ({ question }) => question);

type Of<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>;

/** Several profiles fit the words: the choice carries on what was asked. */
export function chooseProfileView({ words, options }: Of<'chooseProfile'>): ChooserView {
  return {
    question: words ? `Which "${plain(words)}" do you mean?` : 'Which profile?',
    choices: options.map(({ facts: { profile }, asked }) => ({
      ...iconFor(profile.type),
      title: plain(shortNameOf(profile)),
      detail: plain(`${typeWords(profile.type).label} · ${otherNameOf(profile)}`),
      choose: button('Choose', asked, { tooltip: `Choose ${nameOf(profile)}` }),
    })),
  };
}

/** Several people or groups fit: department and address tell namesakes apart. */
export function chooseWhoView({ words, options }: Of<'chooseWho'>): ChooserView {
  return {
    question: `Who is "${plain(words)}"?`,
    choices: options.map(({ option, asked }) => ({
      title: plain(option.name),
      detail: plain(option.detail),
      choose: button('Choose', asked, { tooltip: `Choose ${option.name}, ${option.detail}` }),
    })),
  };
}

export function chooseTypeView({ offered }: Of<'chooseType'>): ChooserView {
  if (offered.length === 0) {
    return {
      question: 'No network is set up here yet.',
      note: 'Whoever looks after this bot has to enter an app id for a network first.',
      choices: [],
    };
  }
  return {
    question: 'What do you want to add?',
    note: "You sign in on the network's own page; nobody here sees the password.",
    choices: offered.map((type) => ({
      ...iconFor(type),
      title: typeWords(type).label,
      detail:
        typeWords(type).can.length > 0
          ? typeWords(type).before.join(' · ')
          : 'Only to be kept: nothing can be published with it',
      choose: button('Add', { kind: 'add', type }, { tooltip: `Add: ${typeWords(type).label}` }),
    })),
  };
}
