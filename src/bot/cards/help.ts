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

/** What this is for, and where to begin; every command behind one button. Admins see their part too. */
export function helpView({ admin, reader }: Reader, all = false): HelpView {
  return {
    title: 'Social profiles of your organisation',
    intro: introOf(reader, all),
    groups: all ? groupsOf(admin, reader) : [],
    buttons: reader
      ? [button('Request access', { kind: 'requestaccess' }), allCommands]
      : [
          button('My profiles', { kind: 'profiles', list: 'mine' }),
          button('Add a profile', { kind: 'add' }),
          button('Health', { kind: 'health' }),
          ...(all ? [] : [allCommands]),
        ],
  };
}

const allCommands = button('All commands', { kind: 'help', all: true });

function introOf(isReader: boolean, all: boolean): string {
  if (isReader) {
    return 'You are a Reader: you can look at this help. "Request access" asks an admin to let you work with profiles too.';
  }
  return all
    ? 'Say one of these here, or in a channel with a mention of me.'
    : 'Share an account without sharing its password: everybody sees who may speak for the brand, and nothing is lost when somebody leaves.';
}

function groupsOf(admin: boolean, isReader: boolean): HelpView['groups'] {
  const groups = new Map<Command['group'], { usage: string; about: string }[]>();
  for (const { group, usage, about, readersOnly } of Object.values(commands) as Command[]) {
    if ((group === 'Look after the organisation' && !admin) || (readersOnly && !isReader)) continue;
    groups.set(group, [...(groups.get(group) ?? []), { usage: plain(usage), about: plain(about) }]);
  }
  return [...groups.entries()].map(([title, list]) => ({ title, commands: list }));
}
