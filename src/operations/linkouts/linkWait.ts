import { typeFacts } from '../../networks/types.js';
import { inWords } from '../../platform/timeWords.js';
import { systemActors, withEntries } from '../../rules/entries.js';
import type { Asked } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { OutboxEntry, ProfileType } from '../../rules/types.js';
import type { LinkoutDoc } from '../../store/collections.js';
import type { Needs, Parts } from '../core/parts.js';
import { relayPerson } from '../outbox/relay.js';
import { updatePerson } from '../people/actor.js';
import { limitedUntil, noteLimit } from '../signins/rateLimits.js';
import type { LinkStep } from './linkouts.js';

/** Where the network asked to wait: a refusal that says for how long, with the wish as a button. */
export async function waitRefusal(
  services: Needs<'collections' | 'clock'>,
  { tenant }: { tenant: string },
  type: ProfileType,
  again: Asked,
): Promise<Refusal | undefined> {
  const until = await limitedUntil(services, tenant, type);
  if (!until) return undefined;
  return refuse('networkWaits', typeFacts[type].networkLabel, inWords(until, services.clock()), again);
}

/** The same, on the page of a link: nobody is sent to a network that would only refuse them. */
export async function waitStep(
  services: Needs<'collections' | 'clock'>,
  doc: LinkoutDoc,
): Promise<LinkStep | undefined> {
  const refusal = await waitRefusal(services, doc, doc.type, doc.waiting);
  return refusal && { kind: 'refused', refusal: { ...refusal, fix: 'Nothing was changed. Ask again in Teams then.' } };
}

const quarterMs = 15 * 60_000;

/**
 * The network asked to wait while somebody was signing in. The page says for how long, and the chat gets a card whose
 * button works from then on; the person goes on in Teams, not on the page.
 */
export async function waitAfterReturn(services: Parts, doc: LinkoutDoc, retryAt: Date | undefined): Promise<LinkStep> {
  const at = retryAt ?? new Date(services.clock().getTime() + quarterMs);
  await noteLimit(services, doc.tenant, doc.type, at);
  const when = inWords(at, services.clock());
  const { networkLabel } = typeFacts[doc.type];
  const entry: OutboxEntry = {
    id: services.ids(),
    kind: 'notice',
    notice: {
      to: { person: doc.person },
      from: systemActors.network.id,
      about: doc.type,
      title: `${networkLabel} asks us to wait. Try again ${when}`,
      text: 'Nothing was changed, and what you asked for is not lost: the button works from then on.',
      buttons: [{ title: 'Try again', operation: doc.waiting }],
    },
  };
  await updatePerson(services, doc.tenant, doc.person, (before) => withEntries(before, [entry], services.clock()));
  services.later('say when to try again', () => relayPerson(services, doc.tenant, doc.person));
  const refusal = refuse('networkWaits', networkLabel, when, doc.waiting);
  return {
    kind: 'refused',
    refusal: { ...refusal, fix: 'Nothing was changed. I wrote to you in Teams.' },
    retryAt: at,
  };
}
