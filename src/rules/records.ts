import type { PersonName, ProfileId, ProfileType, TenantId } from './ids.js';

export type Outcome = 'done' | 'refused';

/** Who did what to which profile, when, with which outcome. */
export type AuditRecord = {
  tenant: TenantId;
  id: string;
  at: Date;
  actor: PersonName;
  operation: string;
  outcome: Outcome;
  profile?: { id: ProfileId; type: ProfileType; handle: string };
  /** A sentence in the past tense for `history`, or the refusal's code. */
  what: string;
  /** Of a post: what makes a receipt of it. */
  act?: ActRecord;
};

/**
 * What is known of a post at one step. `hash`: of exactly what was written, approved or sent. `under`: what let its author
 * publish. `post`: what the network calls it. `shown`: what the network showed of it.
 */
export type ActRecord = {
  intent: string;
  hash?: string;
  under?: string;
  post?: { id: string; url?: string };
  shown?: 'same' | 'changed' | 'gone';
};
