import type { CardPlace, Intent } from '../../rules/publishing/intent.js';
import type { OutboxEntry, TenantId } from '../../rules/types.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import { hashOf } from '../linkouts/tickets.js';
import { intentsOf } from './ledger.js';
import { postingFacts } from './postings.js';

type CardNeeds = Needs<'collections' | 'networks' | 'vault' | 'clock' | 'postingCards' | 'log'>;
type CardEntry = Extract<OutboxEntry, { kind: 'intentCard' }>;

const triesLimit = 12;
const roundsLimit = 5;

/** Changes the card of a preview to how its posts are now. Gives the entry back when it has to be tried again. */
export async function showPosting(
  services: CardNeeds,
  tenant: TenantId,
  entry: CardEntry,
): Promise<CardEntry | undefined> {
  const again = await untilTrue(services, tenant, entry.posting);
  if (!again) return undefined;
  const tries = (entry.tries ?? 0) + 1;
  if (tries < triesLimit) return { ...entry, tries, after: again };
  services.log.warn({ posting: entry.posting }, 'the card of a post was given up after many tries');
  return undefined;
}

/**
 * Two processes may change the same card at one moment, and the older change arrive last. So whoever changed it looks
 * again, and goes on until the card shows what is stored.
 */
async function untilTrue(services: CardNeeds, tenant: TenantId, posting: string): Promise<Date | undefined> {
  let shown: string | undefined;
  for (let round = 0; round < roundsLimit; round++) {
    const facts = await postingFacts(services, tenant, posting);
    const card = facts?.rows.find(({ intent }) => intent.card)?.intent.card;
    if (!facts || !card) return undefined;
    const stamp = stampOf(facts.rows.map(({ intent }) => intent));
    if (stamp === shown) return undefined;
    const updated = await services.postingCards.update(card, facts);
    if (updated.kind === 'later') return updated.at;
    if (updated.kind !== 'updated') return undefined;
    shown = stamp;
  }
  return undefined;
}

const stampOf = (intents: readonly Intent[]) =>
  hashOf(
    JSON.stringify(
      intents.map((one) => [one.id, one.state, one.at, one.why, one.proof, one.differs, one.takeBack, one.foreseen]),
    ),
  );

/** Where the author sees a preview, so that it can be changed later. What happened before that was known is shown now. */
export async function rememberPostingCard(
  services: CardNeeds,
  tenant: TenantId,
  posting: string,
  card: CardPlace,
): Promise<void> {
  const before = await intentsOf(services, tenant, posting);
  for (const { id } of before) {
    await update(services.collections.intents, tenant, id, (now) =>
      now && !isSame(now.card, card) ? { ...now, card } : undefined,
    );
  }
  const after = await intentsOf(services, tenant, posting);
  if (stampOf(before) !== stampOf(after)) await untilTrue(services, tenant, posting);
}

/** A newer preview has taken this place: the older one is shown there no more. */
export async function forgetPostingCard(
  services: Needs<'collections'>,
  tenant: TenantId,
  posting: string,
  card: CardPlace,
): Promise<void> {
  for (const { id } of await intentsOf(services, tenant, posting)) {
    await update(services.collections.intents, tenant, id, (now) =>
      now && isSame(now.card, card) ? { ...now, card: undefined } : undefined,
    );
  }
}

const isSame = (a: CardPlace | undefined, b: CardPlace) =>
  a?.activity === b.activity && a.conversation === b.conversation && a.serviceUrl === b.serviceUrl;

type SayEntry = Extract<OutboxEntry, { kind: 'sayOut' }>;

/** Says once where it was asked that a post is out. Gives the entry back when the channel asks to wait. */
export async function sayOut(
  services: Needs<'once' | 'postingCards' | 'log'>,
  tenant: TenantId,
  entry: SayEntry,
): Promise<SayEntry | undefined> {
  const { where, title, url } = entry;
  const work = () => services.postingCards.say(where, title, url);
  const told = await services.once(tenant, `said:${entry.id}`, work, { isDone: ({ kind }) => kind !== 'later' });
  const tries = (entry.tries ?? 0) + 1;
  if (told.kind !== 'later') return undefined;
  if (tries < triesLimit) return { ...entry, tries, after: new Date(told.at) };
  services.log.warn({ entry: entry.id }, 'a channel was not told of a post after many tries');
  return undefined;
}
