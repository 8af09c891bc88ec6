import type { Asked, OperationKind } from '../../rules/operation.js';
import { lists } from '../../rules/operation.js';
import { networkCalled, typeNames, typesCalled } from '../../rules/profileTypes.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { policySettings } from '../../rules/tenant/policy.js';
import { roles } from '../../rules/types.js';
import { codeIn, isRefusal, profileFrom, whoFrom } from './arguments.js';
import { type Command, type clickedKinds, onProfile, sharing, switching } from './commandKinds.js';
import { noticesCommand } from './noticesCommand.js';
import { publishingCommands } from './publishingCommands.js';

export type { Command } from './commandKinds.js';

/** Everything that can be said. Parsing, help, the manifest, the README and the tests all read this table. */
export const commands = {
  help: {
    usage: 'help [all]',
    about: 'What to begin with; "all": everything you can say.',
    group: 'Look',
    also: ['hi', 'hello', '?', 'start'],
    listed: true,
    parse: ([first]) => ({ kind: 'help', ...(first && /^all$/i.test(first.text) ? { all: true } : {}) }),
  },
  profiles: {
    usage: 'profiles [owned|shared|ownerless|all] [<network>]',
    about: 'Your profiles; "all" is for admins.',
    group: 'Look',
    also: ['list', 'profile'],
    listed: true,
    parse: (tokens, _, usage) => {
      const words = tokens.map((token) => token.text.toLowerCase());
      const list = lists.find((name) => words.includes(name)) ?? 'mine';
      const network = words.flatMap((word) => networkCalled(word) ?? [])[0];
      const odd = words.find((word) => word !== list && (!network || networkCalled(word) !== network));
      if (odd !== undefined) return refuse('wordsExtra', odd, usage);
      return { kind: 'profiles', list, ...(network ? { network } : {}) };
    },
  },
  show: {
    usage: 'show <profile>',
    about: 'One profile: owners, shares, health, what you may do.',
    group: 'Look',
    listed: true,
    parse: onProfile('show'),
  },
  history: { usage: 'history <profile>', about: 'Who did what with it.', group: 'Look', parse: onProfile('history') },
  health: {
    usage: 'health',
    about: 'What needs care, most urgent first.',
    group: 'Look',
    listed: true,
    parse: (tokens, _, usage) =>
      tokens.length > 0 ? refuse('wordsExtra', tokens.map(({ text }) => text).join(' '), usage) : { kind: 'health' },
  },
  ...publishingCommands,
  add: {
    usage: 'add [<type>]',
    about: 'Add a profile by signing in to its network.',
    group: 'Keep',
    listed: true,
    parse: (tokens, { offered }) => addFrom(tokens.map(({ text }) => text).join(' '), offered),
  },
  renew: {
    usage: 'renew <profile>',
    about: 'Sign in again, to keep it alive.',
    group: 'Keep',
    listed: true,
    parse: onProfile('renew'),
  },
  forget: {
    usage: 'forget <profile>',
    about: 'Remove your own sign-in; the profile stays.',
    group: 'Keep',
    parse: onProfile('forget'),
  },
  code: {
    usage: 'code <digits>',
    about: 'Finish a sign-in with the code from the page.',
    group: 'Keep',
    parse: (tokens, _, usage) => {
      return codeIn(tokens.map(({ text }) => text).join('')) ?? refuse('wordsMissing', usage);
    },
  },
  share: {
    usage: 'share <who> <profile> [until <when>|for <time>|without end] [with approval]',
    about: 'Let a person, group or everyone publish with it.',
    group: 'Share',
    listed: true,
    parse: sharing('share'),
  },
  unshare: {
    usage: 'unshare <who> <profile>',
    about: 'Stop sharing.',
    group: 'Share',
    parse: sharing('unshare'),
  },
  invite: {
    usage: 'invite <who> <profile>',
    about: 'Ask somebody to become an owner too.',
    group: 'Own',
    parse: sharing('invite'),
  },
  claim: {
    usage: 'claim <profile> ["why"]',
    about: 'Become an owner, by signing in to it or by asking.',
    group: 'Own',
    listed: true,
    parse: (tokens, _, usage) => {
      const last = tokens.at(-1);
      const why = tokens.length > 1 && last?.quoted ? last.text.slice(0, 500) : undefined;
      const profile = profileFrom(why === undefined ? tokens : tokens.slice(0, -1), usage);
      return isRefusal(profile) ? profile : { kind: 'claim', profile, ...(why ? { why } : {}) };
    },
  },
  withdraw: { usage: 'withdraw <profile>', about: 'Take your claim back.', group: 'Own', parse: onProfile('withdraw') },
  object: {
    usage: 'object <profile>',
    about: 'Contest a new owner who came by signing in.',
    group: 'Own',
    parse: onProfile('object'),
  },
  claims: {
    usage: 'claims',
    about: 'What waits for a decision.',
    group: 'Own',
    also: ['approve', 'decline'],
    listed: true,
    parse: () => ({ kind: 'claims' }),
  },
  leave: { usage: 'leave <profile>', about: 'Stop being an owner.', group: 'Own', parse: onProfile('leave') },
  delete: {
    usage: 'delete <profile>',
    about: 'Remove the profile for everyone.',
    group: 'Own',
    also: ['remove'],
    parse: onProfile('delete'),
  },
  whatif: {
    usage: 'what if <who> leaves',
    about: 'Which profiles would go dark, and who could keep them alive.',
    group: 'Look after the organisation',
    also: ['what'],
    parse: (tokens, _, usage) => {
      const [first, ...rest] = tokens;
      const isIf = first?.text.toLowerCase() === 'if';
      if (!isIf && tokens.some(({ text }) => /^(can|is|do|does|are)$/i.test(text))) return { kind: 'help' };
      const named = (isIf ? rest : tokens).filter(({ text, quoted, mention }) => quoted || mention || !isLeaving(text));
      const [only] = named;
      const who = only && whoFrom(named.length === 1 ? only : { text: named.map(({ text }) => text).join(' ') })[0];
      return who ? { kind: 'whatif', who } : refuse('wordsMissing', usage);
    },
  },
  allow: {
    usage: 'allow messages|search <profile>',
    about: 'Let its private messages, or public posts, be read.',
    group: 'Own',
    parse: switching('allow'),
  },
  deny: {
    usage: 'deny messages|search <profile>',
    about: 'Switch that off again.',
    group: 'Own',
    parse: switching('deny'),
  },
  role: {
    usage: 'role <who> <reader|responder|manager|admin|no-admin>',
    about: 'Give a role.',
    group: 'Look after the organisation',
    parse: (tokens, _, usage) => {
      const role = [...roles, 'admin', 'no-admin'].find((name) => name === tokens.at(-1)?.text.toLowerCase());
      const [named] =
        tokens.length === 2 && tokens[0]
          ? [tokens[0]]
          : [
              {
                text: tokens
                  .slice(0, -1)
                  .map(({ text }) => text)
                  .join(' '),
              },
            ];
      const who = named.text ? whoFrom(named)[0] : undefined;
      return role && who ? { kind: 'role', who, role: role as (typeof roles)[number] } : refuse('wordsMissing', usage);
    },
  },
  roles: {
    usage: 'roles',
    about: 'Who is admin, and whose role differs.',
    group: 'Look after the organisation',
    parse: () => ({ kind: 'roles' }),
  },
  requestaccess: {
    usage: 'request access',
    about: 'As a Reader: ask for the role that works with profiles.',
    group: 'Look',
    also: ['request'],
    readersOnly: true,
    parse: () => ({ kind: 'requestaccess' }),
  },
  notices: noticesCommand,
  approvals: {
    usage: 'approvals here|off',
    about: 'Post claims into this channel.',
    group: 'Look after the organisation',
    parse: ([first, ...rest], _, usage) => {
      const to = (['here', 'off'] as const).find((word) => word === first?.text.toLowerCase());
      return to && rest.length === 0 ? { kind: 'approvals', to } : refuse('wordsMissing', usage);
    },
  },
  policy: {
    usage: 'policy [<setting> <value>]',
    about: 'The rules of your organisation.',
    group: 'Look after the organisation',
    also: ['policies'],
    parse: ([first, ...rest], _, usage) => {
      if (!first) return { kind: 'policy' };
      const setting = policySettings.find((name) => name === first.text.toLowerCase());
      const value = rest.map(({ text }) => text).join(' ');
      if (!setting) return refuse('policyUnknown', first.text.slice(0, 40), policySettings);
      return value ? { kind: 'policy', setting, value: value.slice(0, 40) } : refuse('wordsMissing', usage);
    },
  },
} satisfies Record<Exclude<OperationKind, (typeof clickedKinds)[number]>, Command>;

const isLeaving = (text: string) => /^(leaves?|left|goes)?[?!.]*$/i.test(text);

export type CommandName = keyof typeof commands;

/** `x`, `facebook page`, `insta`: one type, or a choice among those of a network. */
function addFrom(words: string, offered: readonly string[]): Asked | Refusal {
  if (words.trim() === '') return { kind: 'add' };
  const called = typesCalled(words.slice(0, 60));
  const open = called.filter((type) => offered.includes(type));
  const [only = called[0]] = open;
  if (!only) return refuse('typeNotOffered', words.slice(0, 40), offered);
  return open.length > 1 ? { kind: 'add', network: typeNames[only].network } : { kind: 'add', type: only };
}
