import { randomBytes } from 'node:crypto';
import type { Account, SignIn, Tokens } from '../../networks/network.js';
import { networkOf, typeFacts } from '../../networks/types.js';
import type { ConversationRef } from '../../platform/activity.js';
import type { Asked } from '../../rules/operation.js';
import { type Refusal, refuse } from '../../rules/refusals.js';
import type { Profile, ProfileType } from '../../rules/types.js';
import type { LinkoutDoc, LinkoutResult } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { About, Purpose } from '../../store/vault.js';
import type { Needs } from '../core/parts.js';
import type { Step } from '../core/step.js';
import { spend } from '../people/allowances.js';
import { slowDown } from '../people/limits.js';
import { reviveDate } from '../signins/grantStore.js';
import { hashOf, makeTicket, tenantOf } from './tickets.js';

export const livesMs = 10 * 60_000;

/** What a link page needs to know: who asked for what. */
export type LinkPage = Pick<LinkoutDoc, 'why' | 'type' | 'personName'> & {
  /** The profile a claim or a renewal is about. */
  about?: Profile;
};

/** What the browser is shown after a step. */
export type LinkStep =
  | { kind: 'ask'; link: LinkPage }
  /** Off to a sign-in page, with a secret that only this browser keeps; `to` is what people call that page. */
  | { kind: 'go'; location: URL; cookie: string; to: string }
  /** What comes next has an address of its own, which can be loaded again. */
  | { kind: 'see'; ticket: string }
  /** `here`: which of them are kept here already. `none`: Save was pressed with nothing picked. */
  | {
      kind: 'pick';
      ticket: string;
      type: ProfileType;
      accounts: LinkoutResult[];
      here: readonly string[];
      none?: true;
    }
  | { kind: 'code'; digits: string; type: ProfileType; names: string[] }
  /** Signed in, and the person is known, but what waited could not be done yet. */
  | { kind: 'unfinished'; ticket: string }
  | { kind: 'done'; lines: string[] }
  | { kind: 'refused'; refusal: Refusal; retryAt?: Date };

/** The secret that this browser keeps for a link, found by its hash. */
export type Kept = (hash: string) => string | undefined;

export const gone = (): LinkStep => ({ kind: 'refused', refusal: refuse('linkGone') });

/** Stores what waits for a sign-in and gives the address the card opens; a refusal when somebody asks for too many. */
export async function startLinkout(
  services: Needs<'collections' | 'clock' | 'baseUrl' | 'limits'>,
  { actor, asked }: Step,
  { why, type, profile }: { why: LinkoutDoc['why']; type: ProfileType; profile: Profile | undefined },
): Promise<{ doc: LinkoutDoc; address: string } | { refusal: Refusal }> {
  const until = await spend(services, actor.tenant, `link:${actor.id}`, services.limits.of('link'));
  if (until) return { refusal: slowDown(until, services.clock()) };
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

/** Whether it was this browser that Continue was pressed in. */
export function isSameBrowser({ browser }: LinkoutDoc, kept: Kept): boolean {
  const secret = browser && kept(browser);
  return secret !== undefined && secret !== '' && hashOf(secret) === browser;
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
    sealedVerifier: services.vault.seal(verifier, about(doc, 'verifier')),
    known: doc.known,
  });
  if (!sent) return gone();
  const network = services.networks.of(doc.type);
  return {
    kind: 'go',
    location: await network.authorizeUrl(signIn(services, doc.type, state, verifier)),
    cookie: browser,
    to: typeFacts[doc.type].networkLabel,
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
  const isThere = (now: LinkoutDoc) =>
    now.phase === seen.phase && now.state === seen.state && now.picked === seen.picked;
  const next = (now: LinkoutDoc | undefined) => (now && isThere(now) ? { ...now, ...step } : undefined);
  const { kind, doc } = await update(linkouts, seen.tenant, seen.id, next, seen);
  return kind === 'written' ? doc : undefined;
}

/** `again`: the same answer has come before, in the same browser; the page was loaded again. */
export type Spent = { kind: 'spent' | 'again'; doc: LinkoutDoc; secret: string };

/**
 * A state works once, in the browser it was made for, where that browser was to come back to: `place` is a network, or
 * `entra`. At any other place nothing is spent.
 */
export async function spendState(
  services: Needs<'collections' | 'clock' | 'tenants'>,
  state: string,
  kept: Kept,
  place: string,
): Promise<Spent | undefined> {
  const tenant = tenantOf(state);
  if (!tenant || !services.tenants.includes(tenant)) return undefined;
  const [doc] = await services.collections.linkouts.find(tenant, { state: hashOf(state) }, { limit: 1 });
  if (!doc?.browser || !isSameBrowser(doc, kept) || doc.expires <= services.clock()) return undefined;
  const secret = kept(doc.browser) ?? '';
  if (place !== (doc.phase === 'identifying' ? 'entra' : networkOf(doc.type))) return undefined;
  if (doc.phase === 'returning' || doc.phase === 'moved') return { kind: 'again', doc, secret };
  const next = await moveLink(services, doc, { phase: 'returning' });
  return next && { kind: 'spent', doc: { ...next, phase: doc.phase }, secret };
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

/** What is sealed in a link belongs to it, and to one purpose. */
export const about = (doc: Pick<LinkoutDoc, 'tenant' | 'id' | 'person'>, purpose: Purpose): About => ({
  tenant: doc.tenant,
  profile: doc.id,
  person: doc.person,
  purpose,
});

export type KeptTokens = { tokens: Tokens; accounts: Account[] };

/** The sealed tokens of a proven link-out, for each picked account. */
export function openTokens(services: Needs<'vault'>, doc: LinkoutDoc): { account: Account; tokens: Tokens }[] {
  if (!doc.sealedTokens) return [];
  const kept = JSON.parse(services.vault.open(doc.sealedTokens, about(doc, 'tokens')), reviveDate) as KeptTokens;
  return kept.accounts
    .filter(({ externalId }) => doc.picked?.includes(externalId))
    .map((account) => ({ account, tokens: account.tokens ?? kept.tokens }));
}

export function openCode(services: Needs<'vault'>, doc: LinkoutDoc): string {
  return doc.sealedCode ? services.vault.open(doc.sealedCode, about(doc, 'code')) : '';
}
