import type { Asked, OperationKind } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import { acquisitions } from '../../rules/types.js';
import { isRefusal, profileFrom, type Reading, whoAndProfile } from './arguments.js';
import type { Token } from './words.js';

export type Command = {
  usage: string;
  about: string;
  group: 'Look' | 'Publish' | 'Keep' | 'Share' | 'Own' | 'Look after the organisation';
  /** Other words for the same. */
  also?: readonly string[];
  /** Nobody else has a use for it, so their help leaves it out. */
  readersOnly?: true;
  /** Shown in the manifest's command list. */
  listed?: true;
  parse: (tokens: readonly Token[], reading: Reading, usage: string) => Asked | Refusal;
};

/** What only buttons ask for, or what another command's words mean. */
export const clickedKinds = [
  'browse',
  'yes',
  'no',
  'removeOwner',
  'check',
  'refuseaccess',
  'approve',
  'decline',
  'vouch',
  'claimcard',
  'pictures',
  'send',
  'sendNow',
  'takeBack',
  'lookAgain',
  'settle',
  'approvePost',
  'declinePost',
  'approvalcard',
  'watchVideo',
  'freezeAll',
  'thawAll',
] as const satisfies OperationKind[];

type OnProfile = Extract<
  OperationKind,
  'withdraw' | 'object' | 'show' | 'claim' | 'renew' | 'forget' | 'leave' | 'delete' | 'history'
>;
/** A command whose words are one profile; without any it asks which. */
export const onProfile =
  (kind: OnProfile): Command['parse'] =>
  (tokens, _, usage) => {
    if (tokens.length === 0) return { kind, profile: { any: true } };
    const profile = profileFrom(tokens, usage);
    return isRefusal(profile) ? profile : { kind, profile };
  };

/** A command that names principals and a profile. */
export const sharing =
  (kind: 'share' | 'unshare' | 'invite'): Command['parse'] =>
  (tokens, reading, usage) => {
    if (kind === 'share' && tokens.length === 0) return { kind, who: [], profile: { any: true } };
    const read = whoAndProfile(tokens, usage, reading);
    if (isRefusal(read)) return read;
    if (kind === 'share') return { kind, ...read };
    return read.who.length === 0 ? refuse('wordsMissing', usage) : { kind, who: read.who, profile: read.profile };
  };

/** A command that switches what may be read of a profile. */
export const switching =
  (kind: 'allow' | 'deny'): Command['parse'] =>
  ([first, ...rest], _, usage) => {
    const what = acquisitions.find((one) => one === first?.text.toLowerCase());
    if (!what) return refuse('wordsMissing', usage);
    const profile = profileFrom(rest, usage);
    return isRefusal(profile) ? profile : { kind, what, profile };
  };
