import { NetworkTrouble, type Tokens } from '../../networks/network.js';
import type { Author, Publishing } from '../../networks/publishing.js';
import type { Intent } from '../../rules/publishing/intent.js';
import type { Parts } from '../core/parts.js';
import { callWith, useGrant } from '../signins/grants.js';
import { authorOf, wayOf } from './actOf.js';

type Trouble = { kind: 'cannot'; why: string } | { kind: 'later'; at?: Date };

/** One harmless call with a sign-in of the profile. Without one, or while the network has trouble, it is asked later. */
export async function askNetwork<T>(
  services: Parts,
  intent: Intent,
  ask: (publishing: Publishing, tokens: Tokens, author: Author) => Promise<T>,
): Promise<T | Trouble> {
  const profile = await services.collections.profiles.get(intent.tenant, intent.profile);
  const publishing = wayOf(services.networks, intent);
  if (!profile || profile.deleted || !publishing) return { kind: 'cannot', why: 'The profile is gone.' };
  const grant = await useGrant(services, profile, { kind: 'act', actor: intent.author.id });
  if (grant.kind === 'none') return { kind: 'later', ...(grant.retryAt ? { at: grant.retryAt } : {}) };
  try {
    return await callWith(services, grant, (_network, tokens) => ask(publishing, tokens, authorOf(profile)));
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    return { kind: 'later', ...(error.retryAt ? { at: error.retryAt } : {}) };
  }
}
