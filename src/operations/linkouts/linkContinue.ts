import { randomBytes } from 'node:crypto';
import type { Parts } from '../core/parts.js';
import { goToIdentity } from './linkIdentity.js';
import { gone, goToNetwork, type LinkStep, openLink } from './linkouts.js';
import { waitStep } from './linkWait.js';

/**
 * Continue was pressed: a fresh secret for this browser, whatever it brought along, and off. With the organisation's
 * sign-in set up, first there, to learn who is in the browser; else straight to the network, and a code typed in the
 * chat proves it afterwards.
 */
export async function continueLink(services: Parts, ticket: string): Promise<LinkStep> {
  const doc = await openLink(services, ticket);
  if (!doc || isPast(doc.phase)) return gone();
  const wait = await waitStep(services, doc);
  if (wait) return wait;
  const secret = randomBytes(32).toString('base64url');
  // Who was in the browser the last time says nothing about who is there now.
  const { known: _, ...anyone } = doc;
  const { identity } = services;
  return identity ? goToIdentity(services, identity, anyone, secret) : goToNetwork(services, anyone, secret);
}

const isPast = (phase: string) => phase === 'returned' || phase === 'moved' || phase === 'done';
