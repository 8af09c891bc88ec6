import { randomBytes } from 'node:crypto';
import type { Parts } from '../core/parts.js';
import { goToIdentity } from './linkIdentity.js';
import { gone, goToNetwork, type LinkStep, openLink } from './linkouts.js';
import { waitStep } from './linkWait.js';

/**
 * Continue was pressed. With the organisation's sign-in set up, first there, to learn who is in the browser; else
 * straight to the network, and a code typed in the chat proves it afterwards.
 */
export async function continueLink(services: Parts, ticket: string, cookie: string | undefined): Promise<LinkStep> {
  const doc = await openLink(services, ticket);
  if (!doc || doc.phase === 'returned') return gone();
  const wait = await waitStep(services, doc);
  if (wait) return wait;
  const browser = cookie && /^[\w-]{43}$/.test(cookie) ? cookie : randomBytes(32).toString('base64url');
  const { identity } = services;
  return identity ? goToIdentity(services, identity, doc, browser) : goToNetwork(services, doc, browser);
}
