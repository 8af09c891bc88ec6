import { takesPictures } from '../../rules/publishing/asking.js';
import type { Video } from '../../rules/publishing/video.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { PicturePageDoc } from '../../store/pictureDocs.js';
import { handle } from '../core/handle.js';
import type { Needs, Parts } from '../core/parts.js';
import { hashOf, tenantOf } from '../linkouts/tickets.js';
import { authenticate } from '../people/actor.js';
import { intentsOf } from './ledger.js';
import { type Chosen, keepPicture } from './pictures.js';
import { forgetPostingCard, rememberPostingCard } from './postingCards.js';
import { asksOf, type VideoAsks } from './videoAsks.js';

export type OpenPage = {
  page: PicturePageDoc;
  text: string;
  /** Of each picture, or of the video. */
  mostMb: number;
  /** How many pictures there are already, and which video. */
  before: number;
  video?: Video;
  asks: VideoAsks;
};

/** The page of an address, if it still works; looking spends nothing. */
export async function openPage(
  services: Needs<'collections' | 'clock' | 'policies' | 'networks'>,
  ticket: string,
): Promise<OpenPage | undefined> {
  const tenant = tenantOf(ticket);
  const page = tenant && (await services.collections.picturePages.get(tenant, hashOf(ticket)));
  if (!page || page.expires <= services.clock()) return undefined;
  const intents = await askedIntents(services, page);
  const [intent] = intents;
  if (!intent) return undefined;
  const asks = asksOf(services.networks, intents);
  const { pictureMb, videoMb } = await services.policies.of(page.tenant);
  const { text, pictures = [], video } = intent;
  const mostMb = page.what === 'video' ? videoMb : pictureMb;
  return { page, text, mostMb, before: pictures.length, asks, ...(video ? { video } : {}) };
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
  const { tenant, person: id } = page;
  const ids: string[] = [];
  for (const [at, one] of chosen.entries()) {
    const kept = await keepPicture(services, { tenant, id }, one, mostMb);
    if ('sentence' in kept) return { refusal: kept, at };
    ids.push(kept.id);
  }
  const refusal = await putIntoPreview(services, page, ids.length > 0 ? { pictures: ids } : {});
  return refusal && { refusal };
}

/** A new preview in the place of the old one, with what was chosen and nothing else that was. Spends the address. */
export async function putIntoPreview(
  services: Parts,
  page: PicturePageDoc,
  chosen: { pictures?: string[]; video?: string },
): Promise<Refusal | undefined> {
  const { tenant, person: id, personName: name, timeZone } = page;
  const intents = await askedIntents(services, page);
  const [first] = intents;
  const isMine = await services.collections.picturePages.take(tenant, page.id, { expires: { gt: services.clock() } });
  if (!isMine || !first) return refuse('previewOld');
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
      ...chosen,
    },
  );
  if (outcome.kind === 'refused') return outcome.refusal;
  if (outcome.kind !== 'posting') return refuse('previewOld');
  const { card } = first;
  if (!card) return undefined;
  await forgetPostingCard(services, tenant, page.posting, card);
  await services.showInChat(by.actor, outcome, card);
  await rememberPostingCard(services, tenant, outcome.posting.posting, card);
  return undefined;
}
