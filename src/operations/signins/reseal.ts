import type { OutboxEntry, Profile, SealedGrant, TenantId } from '../../rules/types.js';
import type { LinkoutDoc } from '../../store/collections.js';
import { each } from '../../store/each.js';
import type { Collection, StoredDoc, Where } from '../../store/store.js';
import { update } from '../../store/update.js';
import { type About, type Purpose, type Vault, VaultError } from '../../store/vault.js';
import type { Needs } from '../core/parts.js';
import { about } from '../linkouts/linkouts.js';
import { sessionAbout } from '../publishing/carryVideo.js';
import { pictureAbout } from '../publishing/pictures.js';
import { partsOf } from '../publishing/videos.js';

/** How many sealed texts there are, by what became of them. */
export type Resealed = { anew: number; already: number; unreadable: number };

const linkoutFields = {
  sealedVerifier: 'verifier',
  sealedTokens: 'tokens',
  sealedCode: 'code',
  sealedNext: 'address',
} as const satisfies Partial<Record<keyof LinkoutDoc, Purpose>>;

/**
 * Seals everything of a tenant with the first key: sign-ins, those on their way in or out, link-outs, pictures and videos.
 * Others may work at the same time, since each document is replaced only as it was read. Done twice it does no harm.
 */
export async function resealTenant(
  { collections, vault, files }: Needs<'collections' | 'vault' | 'files'>,
  tenant: TenantId,
): Promise<Resealed> {
  const total = none();
  const grant = (doc: SealedGrant, counts: Resealed) => ({
    ...doc,
    sealed: again(vault, doc.sealed, { ...doc, purpose: 'grant' }, counts),
  });
  await sealEach(collections.grants, tenant, total, grant);
  await sealEach(collections.linkouts, tenant, total, (doc, counts) => linkoutAnew(vault, doc, counts));
  const waiting = { outboxSince: { gte: new Date(0) } };
  const profileAnew = (doc: Profile, counts: Resealed) => ({
    ...doc,
    outbox: doc.outbox.map(
      (entry): OutboxEntry =>
        entry.kind === 'grant' || entry.kind === 'revoke' ? { ...entry, grant: grant(entry.grant, counts) } : entry,
    ),
  });
  await sealEach(collections.profiles, tenant, total, profileAnew, waiting);
  await sealEach(collections.pictures, tenant, total, (doc, counts) => {
    const about = pictureAbout({ tenant: doc.tenant, id: doc.person });
    const anew = (sealed: string) => again(vault, sealed, about, counts);
    return { ...doc, sealed: anew(doc.sealed), sealedThumbnail: anew(doc.sealedThumbnail) };
  });
  await sealEach(
    collections.intents,
    tenant,
    total,
    (doc, counts) =>
      doc.sealedSession ? { ...doc, sealedSession: again(vault, doc.sealedSession, sessionAbout(doc), counts) } : doc,
    { videoId: { gte: '' } },
  );
  for await (const { id: file, bytes } of each(collections.videos, tenant, {})) {
    for (let part = 0; part < partsOf(bytes); part++) total[await files.reseal({ tenant, file, part })]++;
  }
  return total;
}

async function sealEach<T extends StoredDoc>(
  collection: Collection<T>,
  tenant: TenantId,
  total: Resealed,
  anew: (doc: T, counts: Resealed) => T,
  where: Where = {},
): Promise<void> {
  for await (const found of each(collection, tenant, where)) {
    const counts = await one(collection, found, anew);
    for (const name of ['anew', 'already', 'unreadable'] as const) total[name] += counts[name];
  }
}

async function one<T extends StoredDoc>(
  collection: Collection<T>,
  { tenant, id }: T,
  anew: (doc: T, counts: Resealed) => T,
): Promise<Resealed> {
  let counts = none();
  await update(collection, tenant, id, (doc) => {
    counts = none();
    const next = doc && anew(doc, counts);
    return counts.anew > 0 ? next : undefined;
  });
  return counts;
}

const none = (): Resealed => ({ anew: 0, already: 0, unreadable: 0 });

function linkoutAnew(vault: Vault, doc: LinkoutDoc, counts: Resealed): LinkoutDoc {
  const next = { ...doc };
  for (const [field, purpose] of Object.entries(linkoutFields) as [keyof typeof linkoutFields, Purpose][]) {
    const sealed = doc[field];
    if (sealed !== undefined) next[field] = again(vault, sealed, about(doc, purpose), counts);
  }
  return next;
}

/** What no key opens stays as it is: the key may come back. */
function again(vault: Vault, sealed: string, { tenant, profile, person, purpose }: About, counts: Resealed): string {
  try {
    if (!vault.needsReseal(sealed)) {
      counts.already++;
      return sealed;
    }
    const of = { tenant, profile, person, purpose };
    const fresh = vault.seal(vault.open(sealed, of), of);
    counts.anew++;
    return fresh;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    counts.unreadable++;
    return sealed;
  }
}
