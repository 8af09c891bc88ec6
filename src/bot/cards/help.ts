import { type Button, button } from '../input/button.js';
import { type Command, commands } from '../input/commands.js';
import { cardKind, type Reader } from './card.js';
import { plain } from './text.js';

export type HelpView = {
  title: string;
  intro: string;
  groups: { title: string; commands: { usage: string; about: string }[] }[];
  buttons: Button[];
};

export const helpCard = cardKind<HelpView>('help', ({ title }) => title);

/** What can be said, from the command table; admins see their part too. */
export function helpView({ admin, reader }: Reader): HelpView {
  const groups = new Map<Command['group'], { usage: string; about: string }[]>();
  for (const { group, usage, about } of Object.values(commands) as Command[]) {
    if (group === 'Look after the tenant' && !admin) continue;
    groups.set(group, [...(groups.get(group) ?? []), { usage: plain(usage), about: plain(about) }]);
  }
  return {
    title: 'Social profiles of your organisation',
    intro: reader
      ? 'You are a Reader: you can look at this help. An admin can make you a Responder.'
      : 'Share an account without sharing its password. Say one of these, here or in a channel with a mention of me:',
    groups: [...groups.entries()].map(([title, list]) => ({ title, commands: list })),
    buttons: reader
      ? []
      : [button('My profiles', { kind: 'profiles', list: 'mine' }), button('Add a profile', { kind: 'add' })],
  };
}
