import type { Moment } from '../../rules/operation.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { after, carriedMs, hourMs } from '../../rules/publishing/times.js';
import type { Needs } from '../core/parts.js';

/** What goes with a planned post is carried over so long before its time, when the way is looked at last. */
const aheadMs = hourMs;

/** The moment of a step that the worker takes. */
export const momentOf = ({ clock, ids }: Needs<'clock' | 'ids'>): Moment => ({ now: clock(), id: ids() });

/** Whether what goes with a post can still be carried over. */
export const isOpen = ({ state }: Pick<Intent, 'state'>): boolean => state === 'held' || state === 'waiting';

/** Whether the network has what goes with a post, and keeps it long enough. */
export const isCarried = ({ uploads, uploadedAt }: Intent, now: Date): boolean =>
  uploads !== undefined && uploadedAt !== undefined && after(uploadedAt, carriedMs) > now;

/** Whether it is to be carried over now, so that only the last call is left at the post's time. */
export const isTimeToCarry = (intent: Intent, now: Date): boolean =>
  !isCarried(intent, now) && after(intent.at ?? now, -aheadMs) <= now;
