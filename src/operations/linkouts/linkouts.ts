import { randomBytes } from 'node:crypto';
import type { Account, SignIn, Tokens } from '../../networks/network.js';
import { networkOf } from '../../networks/types.js';
import type { ConversationRef } from '../../platform/activity.js';
import type { Asked } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Profile, ProfileType } from '../../rules/types.js';
import type { LinkoutDoc, LinkoutResult } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Needs } from '../core/parts.js';
import type { Step } from '../core/step.js';
import { reviveDate } from '../signins/grantStore.js';
import { hashOf, makeTicket, tenantOf } from './tickets.js';

export const livesMs = 10 * 60_000;

/** What a link page needs to know: who asked for what. */
export type LinkPage = Pick<LinkoutDoc, 'why' | 'type' | 'personName' | 'phase' | 'expires' | 'tenant'> & {
  /** The profile a claim or a renewal is about. */
  about?: Profile;
};

/** What the browser is shown after a step: go on, pick, a code to type, or a refusal. */
export type LinkStep =
  | { kind: 'go'; location: URL; cookie: string }
  | { kind: 'pick'; ticket: string; type: ProfileType; accounts: LinkoutResult[] }
  | { kind: 'code'; digits: string; type: ProfileType; names: string[] }
  /** Done without a code: the organisation's sign-in had said who is in the browser. */
  | { kind: 'done'; lines: string[] }
  | { kind: 'refused'; refusal: Refusal; retryAt?: Date };

export const gone = (): LinkStep => ({ kind: 'refused', refusal: refuse('linkGone') });

/** Stores what waits for a sign-in and gives the address the card opens. */
export async function startLinkout(
  services: Needs<'collections' | 'clock' | 'baseUrl'>,
  { actor, asked }: Step,
  { why, type, profile }: { why: LinkoutDoc['why']; type: ProfileType; profile: Profile | undefined },
): Promise<{ doc: LinkoutDoc; address: string }> {
  const ticket = makeTicket(actor.tenant);
  const waiting = (profile ? { ...asked, profile: { id: profile.id } } : { kind: 'add', type }) as Asked;
  const doc: LinkoutDoc = {
    tenant: actor.tenant,
    id: hashOf(ticket),
    version: 1,
    person: actor.id,
    personName: actor.name,
    why,
    type,
    ...(profile ? { profile: profile.id } : {}),
    waiting,
    timeZone: actor.timeZone,
    phase: 'offered',
    expires: new Date(services.clock().getTime() + livesMs),
  };
  await services.collections.linkouts.insert(doc);
  return { doc, address: `${services.baseUrl}/link/${ticket}` };
}

/** Keeps where the card with the link is, so that it can say when the sign-in is done. */
export async function rememberCard(
  services: Needs<'collections'>,
  tenant: string,
  link: string,
  card: ConversationRef & { activity: string },
): Promise<void> {
  await update(services.collections.linkouts, tenant, link, (doc) => doc && { ...doc, card });
}

export async function openLink(
  services: Needs<'collections' | 'clock' | 'tenants'>,
  ticket: string,
): Promise<LinkoutDoc | undefined> {
  const tenant = tenantOf(ticket);
  if (!tenant || !services.tenants.includes(tenant)) return undefined;
  const doc = await services.collections.linkouts.get(tenant, hashOf(ticket));
  return doc && doc.expires > services.clock() ? doc : undefined;
}

/** What the page of a link shows. Looking spends nothing: link scanners look too. */
export async function lookAtLink(
  services: Needs<'collections' | 'clock' | 'tenants'>,
  ticket: string,
): Promise<LinkPage | undefined> {
  const doc = await openLink(services, ticket);
  if (!doc) return undefined;
  const profile = doc.profile ? await services.collections.profiles.get(doc.tenant, doc.profile) : undefined;
  const { why, type, personName, phase, expires, tenant } = doc;
  return { why, type, personName, phase, expires, tenant, ...(profile ? { about: profile } : {}) };
}

/** A fresh state bound to this browser, and the network's own page to go to. */
export async function goToNetwork(
  services: Needs<'collections' | 'networks' | 'vault' | 'baseUrl'>,
  doc: LinkoutDoc,
  browser: string,
): Promise<LinkStep> {
  const state = makeTicket(doc.tenant);
  const verifier = randomBytes(48).toString('base64url');
  const sent = await moveLink(services, doc, {
    phase: 'sent',
    state: hashOf(state),
    browser: hashOf(browser),
    sealedVerifier: services.vault.seal(verifier, about(doc)),
    ...(doc.known ? { known: true } : {}),
  });
  if (!sent) return gone();
  const network = services.networks.of(doc.type);
  return {
    kind: 'go',
    location: await network.authorizeUrl(signIn(services, doc.type, state, verifier)),
    cookie: browser,
  };
}

/**
 * Takes a link a step on, over whatever else was written beside it (where its card is). Undefined when it is not where
 * `seen` was any more: gone on in another tab, come back, or taken.
 */
export async function moveLink(
  { collections: { linkouts } }: Needs<'collections'>,
  seen: LinkoutDoc,
  step: Partial<LinkoutDoc>,
): Promise<LinkoutDoc | undefined> {
  const { kind, doc } = await update(linkouts, seen.tenant, seen.id, (now) =>
    now && now.phase === seen.phase && now.state === seen.state && now.picked === seen.picked
      ? { ...now, ...step }
      : undefined,
  );
  return kind === 'written' ? doc : undefined;
}

/**
 * A state works once, in the browser it was made for, where that browser was to come back to: `place` is a network, or
 * `entra`. At any other place nothing is spent.
 */
export async function spendState(
  services: Needs<'collections' | 'clock' | 'tenants'>,
  state: string,
  cookie: string | undefined,
  place: string,
): Promise<LinkoutDoc | undefined> {
  const tenant = tenantOf(state);
  if (!tenant || !cookie || !services.tenants.includes(tenant)) return undefined;
  const [doc] = await services.collections.linkouts.find(tenant, { state: hashOf(state) }, { limit: 1 });
  if (!doc || doc.browser !== hashOf(cookie) || doc.expires <= services.clock()) return undefined;
  const expected = doc.phase === 'identifying' ? 'entra' : networkOf(doc.type);
  if (place !== expected) return undefined;
  return doc.state ? moveLink(services, doc, { state: undefined }) : undefined;
}

export function signIn(
  services: Needs<'networks' | 'baseUrl'>,
  type: ProfileType,
  state: string,
  verifier: string,
): SignIn {
  const redirectUri = `${services.baseUrl}/link/callback/${networkOf(type)}`;
  return { type, app: services.networks.appFor(type), redirectUri, state, verifier };
}

export const about = (doc: Pick<LinkoutDoc, 'tenant' | 'id' | 'person'>) => ({
  tenant: doc.tenant,
  profile: doc.id,
  person: doc.person,
});

export type KeptTokens = { tokens: Tokens; accounts: Account[] };

/** The sealed tokens of a proven link-out, for each picked account. */
export function openTokens(services: Needs<'vault'>, doc: LinkoutDoc): { account: Account; tokens: Tokens }[] {
  if (!doc.sealedTokens) return [];
  const kept = JSON.parse(services.vault.open(doc.sealedTokens, about(doc)), reviveDate) as KeptTokens;
  return kept.accounts
    .filter(({ externalId }) => doc.picked?.includes(externalId))
    .map((account) => ({ account, tokens: account.tokens ?? kept.tokens }));
}

export function openCode(services: Needs<'vault'>, doc: LinkoutDoc): string {
  return doc.sealedCode ? services.vault.open(doc.sealedCode, about(doc)) : '';
}
