import { typeWords } from '../../operations/answers/typeWords.js';
import type { Outcome, WhoOption } from '../../operations/core/outcome.js';
import { gainWords } from '../../operations/people/reach.js';
import { nameOf } from '../../rules/access.js';
import type { Asked, WhoRef } from '../../rules/operation.js';
import { type Button, button } from '../input/button.js';
import { dayValue } from '../input/times.js';
import { cardKind, type Reader } from './card.js';
import { plain } from './text.js';

export type SharePickerView = {
  /** They are asked to become owners, rather than given a share. */
  invites: boolean;
  handle: string;
  typeName: string;
  /** Principals picked so far, with what the directory says of them. */
  picked: { name: string; detail: string; remove: Button }[];
  /** What Find or type-ahead found, offered as choices: `value` is `person:<id>` or `group:<id>`. */
  found: { title: string; value: string }[];
  foundNote?: string;
  /** What is in the boxes, so that Find loses nothing. `until` is YYYY-MM-DD. */
  search: string;
  until: string;
  /** "12 people gain access, 2 of them guests." Empty until somebody is picked. */
  effect: string;
  find: Button;
  save: Button;
  cancel: Button;
};

export const sharePickerCard = cardKind<SharePickerView>('share-picker', ({ invites, handle }) =>
  invites ? `Invite an owner of ${handle}` : `Share ${handle}`,
);

/** The open picker. Its boxes travel with every button, so that nothing typed is lost. */
export function pickerView(outcome: Extract<Outcome, { kind: 'pick' }>, reader: Reader): SharePickerView {
  const { profile } = outcome.facts;
  const who = outcome.picked.map(({ ref }) => ref);
  const invites = outcome.to === 'invite';
  const share = (picked: WhoRef[], more: { picking?: { search: string } } = {}): Asked => ({
    kind: outcome.to,
    who: picked,
    profile: { id: profile.id },
    ...(outcome.approval ? { approval: true } : {}),
    ...(outcome.span && outcome.until ? { until: outcome.until, span: outcome.span } : {}),
    ...more,
  });
  const searched = outcome.search.trim() !== '';
  return {
    invites,
    handle: plain(nameOf(profile)),
    typeName: typeWords(profile.type).label,
    picked: outcome.picked.map((option) => ({
      name: plain(option.name),
      detail: plain(option.detail),
      remove: button(
        'Remove',
        share(
          who.filter((ref) => ref !== option.ref),
          { picking: { search: '' } },
        ),
        {
          tooltip: `Do not ${invites ? 'invite' : 'share with'} ${option.name}`,
        },
      ),
    })),
    found: outcome.found
      .filter(({ ref }) => !who.some((picked) => boxValue(picked) === boxValue(ref)))
      .map((option) => ({ title: titleOf(option), value: boxValue(option.ref) })),
    ...(searched && outcome.found.length === 0 ? { foundNote: `Nobody fits "${plain(outcome.search)}".` } : {}),
    search: outcome.search,
    until: outcome.until ? dayValue(outcome.until, reader.timeZone) : '',
    effect: outcome.effect ? `${gainWords(outcome.effect)}.` : '',
    find: button('Find', share(who, { picking: { search: '' } })),
    save: button(invites ? 'Invite' : 'Share', share(who), { style: 'positive' }),
    cancel: button('Cancel', { kind: 'show', profile: { id: profile.id } }),
  };
}

/** A choice of the type-ahead list or the box: shows what tells namesakes apart. */
export const titleOf = ({ name, detail }: WhoOption): string => (detail ? `${name} (${detail})` : name).slice(0, 120);

export function boxValue(ref: WhoRef): string {
  if ('person' in ref) return `person:${ref.person}`;
  return 'group' in ref ? `group:${ref.group}` : 'everyone';
}
