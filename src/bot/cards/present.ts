import { typeFacts } from '../../networks/types.js';
import type { Outcome } from '../../operations/core/outcome.js';
import { nameOf } from '../../rules/access.js';
import type { Refusal } from '../../rules/refusals.js';
import { button } from '../input/clicks.js';
import { momentWords } from '../input/times.js';
import { askView } from './ask.js';
import { chooseProfileView, chooseTypeView, chooseWhoView } from './choosers.js';
import { askButton, claimsView, claimView, onlyAskView } from './claim.js';
import { healthView } from './healthList.js';
import { helpView } from './help.js';
import { listView } from './lists.js';
import { pickerView } from './picker.js';
import { profileView } from './profile.js';
import { askChannelView, policyView } from './tenant.js';
import { plain } from './text.js';
import type { CardName, RefusalView, Views } from './views.js';
import { whatIfView } from './whatIf.js';

/** A card to draw: its template's name and what fills it. */
export type Card = { [N in CardName]: { name: N; view: Views[N] } }[CardName];
/** For whom it is drawn. */
export type Reader = { id: string; timeZone: string; now: Date; admin: boolean; reader: boolean };

/** The card that shows an outcome. Everything people typed or networks returned is escaped on the way. */
export function present(outcome: Outcome, reader: Reader): Card {
  switch (outcome.kind) {
    case 'refused':
      return { name: 'refusal', view: refusalView(outcome.refusal) };
    case 'help':
      return { name: 'help', view: helpView(reader) };
    case 'lists':
      return { name: 'list', view: listView(outcome, reader) };
    case 'health':
      return { name: 'health', view: healthView(outcome, reader) };
    case 'profile':
      return { name: 'profile', view: profileView(outcome, reader) };
    case 'gone':
      return said(outcome.done, undefined, [button('My profiles', { kind: 'profiles', list: 'mine' })]);
    case 'claim':
      return { name: 'claim', view: claimView(outcome.claim, reader.timeZone, outcome.done) };
    case 'claims':
      return { name: 'chooser', view: claimsView(outcome, reader) };
    case 'askChannel':
      return { name: 'confirm', view: askChannelView(outcome) };
    case 'policy':
      return { name: 'said', view: policyView(outcome) };
    case 'onlyAsk':
      return { name: 'said', view: onlyAskView(outcome) };
    case 'said':
      return said(outcome.title, outcome.text, []);
    case 'chooseProfile':
      return { name: 'chooser', view: chooseProfileView(outcome) };
    case 'chooseWho':
      return { name: 'chooser', view: chooseWhoView(outcome) };
    case 'chooseType':
      return { name: 'chooser', view: chooseTypeView(outcome) };
    case 'ask':
      return { name: 'confirm', view: askView(outcome, reader.now) };
    case 'linkOut':
      return { name: 'linkout', view: linkoutView(outcome) };
    case 'pick':
      return { name: 'share-picker', view: pickerView(outcome, reader) };
    case 'history':
      return { name: 'history', view: historyView(outcome, reader) };
    case 'roles':
      return { name: 'roles', view: rolesView(outcome) };
    case 'whatif':
      return { name: 'list', view: whatIfView(outcome, reader) };
    case 'signedIn':
      return signedIn(outcome, reader);
  }
}

export function refusalView({ code, sentence, fix, suggest }: Refusal): RefusalView {
  return {
    id: `refusal-${code}`,
    sentence: plain(sentence),
    fix: plain(fix),
    buttons: (suggest ?? []).map(({ title, operation }) => button(title, operation)),
  };
}

function said(title: string, text: string | undefined, buttons: ReturnType<typeof button>[]): Card {
  return {
    name: 'said',
    view: { title: plain(title), ...(text ? { text: plain(text) } : {}), colour: 'good', buttons },
  };
}

function signedIn(outcome: Extract<Outcome, { kind: 'signedIn' }>, reader: Reader): Card {
  const [only] = outcome.outcomes;
  if (outcome.outcomes.length === 1 && only) return present(only, reader);
  const lines = outcome.outcomes.map((one) => {
    if (one.kind === 'refused') return plain(`${one.refusal.sentence} ${one.refusal.fix}`);
    return one.kind === 'profile' ? plain(one.done ?? nameOf(one.facts.profile)) : '';
  });
  const buttons = [button('My profiles', { kind: 'profiles', list: 'owned' })];
  return { name: 'said', view: { title: 'You signed in.', lines: lines.filter(Boolean), colour: 'good', buttons } };
}

function linkoutView(outcome: Extract<Outcome, { kind: 'linkOut' }>): Views['linkout'] {
  const { networkLabel, label, before } = typeFacts[outcome.type];
  const name = outcome.facts ? plain(nameOf(outcome.facts.profile)) : '';
  const titles = {
    add: `Add ${/^[AEFILX]/.test(label) ? 'an' : 'a'} ${label}`,
    claim: `Become an owner of ${name}`,
    renew: `Renew your sign-in to ${name}`,
  };
  const sentences = {
    add: `Sign in on ${networkLabel}'s own page. Nobody here ever sees the password.`,
    claim: `Show that it is yours: sign in to ${name} on ${networkLabel}'s own page. If you can't, ask those who decide.`,
    renew: `Sign in to ${name} again on ${networkLabel}'s own page.`,
  };
  return {
    title: titles[outcome.why],
    sentence: sentences[outcome.why],
    before: [...before],
    hint: 'It opens in your browser; allow pop-ups if nothing opens. The link works for 10 minutes and for you only.',
    ...(outcome.orAsk
      ? { ask: { note: 'Why? (optional, those who decide see it)', button: askButton(outcome.orAsk, outcome.facts) } }
      : {}),
    open: { title: `Sign in to ${networkLabel}`, url: outcome.address },
  };
}

function historyView(outcome: Extract<Outcome, { kind: 'history' }>, reader: Reader): Views['history'] {
  const { profile, records, page, more } = outcome;
  const older = button('Older', { kind: 'history', profile: { id: profile.id }, page: page + 1 });
  return {
    title: `History of ${plain(nameOf(profile))}`,
    entries: records.map((record) => ({
      when: momentWords(record.at, reader.timeZone),
      who: plain(record.actor.name),
      what: plain(record.outcome === 'refused' ? `asked to ${record.operation}; refused` : record.what),
      refused: record.outcome === 'refused',
    })),
    ...(more ? { more: older } : {}),
    ...(records.length === 0 ? { empty: 'Nothing has happened yet.' } : {}),
  };
}

function rolesView({ people, defaultRole }: Extract<Outcome, { kind: 'roles' }>): Views['roles'] {
  const word = (role: string) => `${role[0]?.toUpperCase()}${role.slice(1)}`;
  return {
    title: 'Roles',
    people: people.map((person) => ({ name: plain(person.name), role: word(person.role), admin: person.admin })),
    note: `Everyone else is a ${word(defaultRole)}. Change one with "role @name reader", "responder", "manager" or "admin".`,
  };
}
