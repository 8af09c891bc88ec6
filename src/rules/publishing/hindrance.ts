import { mayDraft } from '../may.js';
import type { Actor, Profile } from '../types.js';
import { isApproved } from './approving.js';
import type { Intent, Why } from './intent.js';
import { after, lateMs } from './times.js';

/** Everything that decides whether an intent may leave, looked up live. */
export type LiveFacts = {
  intent: Intent;
  profile: Profile | undefined;
  /** The author as they are now; undefined when their account is gone or switched off. */
  author: Actor | undefined;
  /** Of exactly what would leave, worked out anew from what is stored. */
  hash: string;
  /** Nothing of the whole organisation goes out. */
  frozenAll: boolean;
  now: Date;
};

/** What stands in the way of sending now. For good, or (`frozen`, `late`) until a person acts. */
export function hindrance({ intent, profile, author, hash, frozenAll, now }: LiveFacts): Why | undefined {
  if (!profile || profile.deleted) return { code: 'profileGone' };
  if (!author || !mayDraft({ actor: author, profile, now })) return { code: 'noRight' };
  if (!isApproved(intent, profile, author, hash, now)) return { code: 'needsYes' };
  if (frozenAll || profile.frozen) return { code: 'frozen' };
  if (intent.at && after(intent.at, lateMs) < now) return { code: 'late' };
  return undefined;
}

/** No wait and no person changes these. */
export const isForGood = ({ code }: Why): boolean =>
  code === 'profileGone' || code === 'noRight' || code === 'pictureRefused' || code === 'videoRefused';
