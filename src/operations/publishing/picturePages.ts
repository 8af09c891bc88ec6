import { takesPictures } from '../../rules/publishing/asking.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { PicturePageDoc } from '../../store/pictureDocs.js';
import { handle } from '../core/handle.js';
import type { Needs, Parts } from '../core/parts.js';
import { hashOf, tenantOf } from '../linkouts/tickets.js';
import { authenticate } from '../people/actor.js';
import { intentsOf } from './ledger.js';
import { type Chosen, keepPicture } from './pictures.js';
import { forgetPostingCard, rememberPostingCard } from './postingCards.js';

export type OpenPage = { page: PicturePageDoc; text: string; mostMb: number; before: number };

/** The page of an address, if it still works; looking spends nothing. */
export async function openPage(
  services: Needs<'collections' | 'clock' | 'policies'>,
  ticket: string,
): Promise<OpenPage | undefined> {
  const tenant = tenantOf(ticket);
  const page = tenant && (await services.collections.picturePages.get(tenant, hashOf(ticket)));
  if (!page || page.expires <= services.clock()) return undefined;
  const [intent] = await askedIntents(services, page);
  if (!intent) return undefined;
  const { pictureMb } = await services.policies.of(page.tenant);
  return { page, text: intent.text, mostMb: pictureMb, before: intent.pictures?.length ?? 0 };
}

const askedIntents = async (services: Needs<'collections'>, { tenant, posting, person }: PicturePageDoc) =>
  (await intentsOf(services, tenant, posting)).filter((intent) => takesPictures(intent, person));

/** `at`: which of the chosen ones it is about. */
export type RefusedPicture = { refusal: Refusal; at?: number };

/**
 * Puts the chosen pictures, none too, into a new preview in the place of the old one. The address is spent by a write that
 * has to win, once all pictures were read: a refused one leaves it as it was.
 */
export async function addPictures(
  services: Parts,
  { page, mostMb }: OpenPage,
  chosen: readonly Chosen[],
): Promise<RefusedPicture | undefined> {
  const { tenant, person: id, personName: name, timeZone } = page;
  const ids: string[] = [];
  for (const [at, one] of chosen.entries()) {
    const kept = await keepPicture(services, { tenant, id }, one, mostMb);
    if ('sentence' in kept) return { refusal: kept, at };
    ids.push(kept.id);
  }
  const intents = await askedIntents(services, page);
  const [first] = intents;
  const isMine = await services.collections.picturePages.take(tenant, page.id, { expires: { gt: services.clock() } });
  if (!isMine || !first) return { refusal: refuse('previewOld') };
  const by = await authenticate(services, { tenant, id, name, timeZone });
  const outcome = await handle(
    services,
    { ...by, id: services.ids(), personal: true },
    {
      kind: 'post',
      profiles: intents.map(({ profile }) => ({ id: profile })),
      text: first.text,
      instead: page.posting,
      ...(first.scheduled && first.at ? { at: first.at } : {}),
      ...(ids.length > 0 ? { pictures: ids } : {}),
    },
  );
  if (outcome.kind === 'refused') return { refusal: outcome.refusal };
  if (outcome.kind !== 'posting') return { refusal: refuse('previewOld') };
  const { card } = first;
  if (!card) return undefined;
  await forgetPostingCard(services, tenant, page.posting, card);
  await services.showInChat(by.actor, outcome, card);
  await rememberPostingCard(services, tenant, outcome.posting.posting, card);
  return undefined;
}
