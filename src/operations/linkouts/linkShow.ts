import { nameOf } from '../../rules/access.js';
import type { LinkoutDoc } from '../../store/collections.js';
import type { Needs } from '../core/parts.js';
import { about, gone, isSameBrowser, type Kept, type LinkStep, openCode, openLink } from './linkouts.js';

/**
 * What the address of a link shows. Looking spends nothing: link scanners look too, and a page may be loaded again. What
 * came back is shown to the browser that signed in only.
 */
export async function showLink(
  services: Needs<'collections' | 'clock' | 'tenants' | 'vault'>,
  ticket: string,
  kept: Kept,
): Promise<LinkStep> {
  const doc = await openLink(services, ticket);
  if (!doc) return gone();
  const isPast = doc.phase === 'moved' || doc.phase === 'returned' || doc.phase === 'done';
  if (!isPast) return ask(services, doc);
  if (!isSameBrowser(doc, kept)) return gone();
  if (doc.phase === 'moved') return nextOf(services, doc);
  if (doc.phase === 'done') return { kind: 'done', lines: doc.lines ?? [] };
  return returned(services, doc, ticket);
}

/** Where a link goes on that came back. */
export function nextOf({ vault }: Needs<'vault'>, doc: LinkoutDoc): LinkStep {
  return doc.sealedNext ? { kind: 'see', ticket: vault.open(doc.sealedNext, about(doc, 'address')) } : gone();
}

async function ask(services: Needs<'collections'>, doc: LinkoutDoc): Promise<LinkStep> {
  const profile = doc.profile ? await services.collections.profiles.get(doc.tenant, doc.profile) : undefined;
  const { why, type, personName } = doc;
  return { kind: 'ask', link: { why, type, personName, ...(profile ? { about: profile } : {}) } };
}

/** Of what came back, what the tenant has: saving it again only renews, or claims. */
export async function keptHere({ collections }: Needs<'collections'>, doc: LinkoutDoc): Promise<string[]> {
  const ids = (doc.accounts ?? []).map(({ externalId }) => externalId);
  const found = await collections.profiles.find(doc.tenant, { type: doc.type, externalId: { in: ids } });
  return found.filter(({ deleted }) => !deleted).map(({ externalId }) => externalId);
}

async function returned(services: Needs<'collections' | 'vault'>, doc: LinkoutDoc, ticket: string): Promise<LinkStep> {
  const { type, accounts = [], picked } = doc;
  if (!picked) return { kind: 'pick', ticket, type, accounts, here: await keptHere(services, doc) };
  if (!doc.sealedCode) return { kind: 'unfinished', ticket };
  const names = accounts
    .filter(({ externalId }) => picked.includes(externalId))
    .map((account) => nameOf({ ...account, type }));
  return { kind: 'code', digits: openCode(services, doc), type, names };
}
