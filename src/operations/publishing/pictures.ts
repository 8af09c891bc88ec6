import { createHash } from 'node:crypto';
import { megabyte, sizeWords } from '../../platform/bytes.js';
import { readPicture, type StillPicture, thumbnailOf } from '../../platform/pictures.js';
import type { Intent, Picture } from '../../rules/publishing/intent.js';
import { altLimit } from '../../rules/publishing/pictures.js';
import { after, dayMs, hourMs } from '../../rules/publishing/times.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { PersonId, TenantId } from '../../rules/types.js';
import type { PictureDoc } from '../../store/pictureDocs.js';
import { VaultError } from '../../store/vault.js';
import type { Needs } from '../core/parts.js';

type Keeps = Needs<'collections' | 'vault' | 'clock' | 'ids'>;
type Whose = { tenant: TenantId; id: PersonId };
/** What somebody chose, as it came. `alt`: what it shows, in words. */
export type Chosen = { bytes: Buffer; alt: string };

const unneededMs = hourMs;

export const pictureAbout = ({ tenant, id }: Whose) => ({
  tenant,
  profile: '',
  person: id,
  purpose: 'picture' as const,
});

/** Keeps a picture sealed, made fit to be sent; or says why it cannot be. `mostMb`: as the organisation allows. */
export async function keepPicture(
  services: Keeps,
  who: Whose,
  { bytes, alt }: Chosen,
  mostMb: number,
): Promise<Picture | Refusal> {
  if (bytes.length > mostMb * megabyte) return refuse('pictureTooBig', sizeWords(bytes.length), String(mostMb));
  const read = await readPicture(bytes);
  if (read.kind === 'no') return refuse('pictureRefused', read.sentence, read.fix);
  // Written anew it may have grown: the store takes no more.
  if (read.bytes.length > storedMb * megabyte)
    return refuse('pictureTooBig', sizeWords(read.bytes.length), String(storedMb));
  const { width, height, type } = read;
  const picture: Picture = {
    id: services.ids(),
    hash: createHash('sha256').update(read.bytes).digest('base64url'),
    ...{ type, width, height, bytes: read.bytes.length },
    alt: alt.trim().slice(0, altLimit),
  };
  await services.collections.pictures.insert({
    ...{ tenant: who.tenant, id: picture.id, version: 1, person: who.id, picture },
    sealed: services.vault.seal(read.bytes.toString('base64'), pictureAbout(who)),
    sealedThumbnail: services.vault.seal(await thumbnailOf(read), pictureAbout(who)),
    due: after(services.clock(), unneededMs),
  });
  return picture;
}

/** Sealed and in base64 it stays below the 16 MB of one document. */
const storedMb = 8;

/**
 * Pictures by their ids, in that order: one's own, and those of posts that one may put another in the place of. What is gone
 * is left out.
 */
export async function usablePictures(
  { collections }: Needs<'collections'>,
  { tenant, id }: Whose,
  ids: readonly string[],
  replaced: readonly Intent[],
): Promise<Picture[]> {
  const found = ids.length > 0 ? await collections.pictures.find(tenant, { id: { in: ids } }) : [];
  const theirs = new Set(replaced.flatMap(({ pictureIds = [] }) => pictureIds));
  const usable = found.filter((doc) => doc.person === id || theirs.has(doc.id));
  return ids.flatMap((one) => usable.find((doc) => doc.id === one)?.picture ?? []);
}

/** The picture with its bytes; undefined when it is gone, or no key opens it. */
export async function openPicture(
  { collections, vault }: Needs<'collections' | 'vault'>,
  tenant: TenantId,
  id: string,
): Promise<StillPicture | undefined> {
  const doc = await collections.pictures.get(tenant, id);
  const text = doc && opened(() => vault.open(doc.sealed, pictureAbout({ tenant, id: doc.person })));
  if (!doc || text === undefined) return undefined;
  const { type, width, height } = doc.picture;
  return { bytes: Buffer.from(text, 'base64'), type, width, height };
}

/** How it looks on a card. */
export async function thumbnail(
  { collections, vault }: Needs<'collections' | 'vault'>,
  tenant: TenantId,
  id: string,
): Promise<string | undefined> {
  const doc = await collections.pictures.get(tenant, id);
  return doc && opened(() => vault.open(doc.sealedThumbnail, pictureAbout({ tenant, id: doc.person })));
}

function opened(open: () => string): string | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}

/** A preview or a post in one of these may still show or send its pictures. */
const needing = ['asked', 'toApprove', 'held', 'waiting', 'sending', 'unknown', 'toSettle', 'notSent'];

/** What nobody has settled or sent again so long after its time keeps its pictures no longer. */
const mostMs = 31 * dayMs;

type Drops = Needs<'collections' | 'clock'>;

/** Takes away the pictures of what has ended, and those that belong to nothing. */
export async function dropPictures(services: Drops, tenant: TenantId): Promise<void> {
  const { pictures } = services.collections;
  const now = services.clock();
  for (const doc of await pictures.find(tenant, { due: { lte: now } }, { limit: 100 })) {
    if (await isNeeded(services, doc))
      await pictures.replace({ ...doc, version: doc.version + 1, due: after(now, againMs) }, doc.version);
    else await pictures.delete(tenant, doc.id, doc.version);
  }
}

/** The same for one post, as soon as it has ended and nothing of it is out. */
export async function dropPicturesOf(services: Drops, { tenant, pictureIds = [] }: Intent): Promise<void> {
  const { pictures } = services.collections;
  for (const doc of await pictures.find(tenant, { id: { in: pictureIds } })) {
    if (!(await isNeeded(services, doc))) await pictures.delete(tenant, doc.id, doc.version);
  }
}

async function isNeeded({ collections, clock }: Drops, { tenant, id }: PictureDoc): Promise<boolean> {
  const found = await collections.intents.find(tenant, { pictureIds: id, state: { in: needing } });
  return found.some(({ at, askedAt }) => after(at ?? askedAt, mostMs) > clock());
}

const againMs = hourMs / 6;
