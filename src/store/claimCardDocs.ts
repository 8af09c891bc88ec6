import type { ConversationRef } from '../platform/activity.js';
import type { ProfileId } from '../rules/ids.js';
import type { StoredDoc } from './store.js';

/** One card of what is to be decided, in one place; its id is `<claim>:<place>`. Kept until long after the decision. */
export type ClaimCardDoc = StoredDoc & {
  /** The claim's id, or that of the post that waits for a yes. */
  claim: string;
  profile: ProfileId;
  /** `channel:<id>` or `person:<id>`. */
  place: string;
  state: 'posted' | 'unknown' | 'unreachable' | 'lost';
  /** Since when it is in this state. */
  at: Date;
  expires: Date;
  /** Where it is, when it is known. */
  card?: ConversationRef & { activity: string };
  /** What it shows, as one short text: an update that would show the same is left out. */
  shows?: string;
  /** It was gone, and was posted once more. */
  repeated?: true;
};
