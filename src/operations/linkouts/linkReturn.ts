import { randomInt } from 'node:crypto';
import { networkRow } from '../../networks/index.js';
import { type Account, NetworkTrouble, type Tokens } from '../../networks/network.js';
import { typeFacts } from '../../networks/types.js';
import { nameOf } from '../../rules/access.js';
import { record } from '../../rules/entries.js';
import { refuse } from '../../rules/refusals.js';
import type { Profile } from '../../rules/types.js';
import type { LinkoutDoc } from '../../store/collections.js';
import { finishLinkout } from '../core/handle.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs, Parts } from '../core/parts.js';
import { keepRecord } from '../outbox/keepRecord.js';
import { authenticate } from '../people/actor.js';
import {
  about,
  gone,
  type KeptTokens,
  type LinkStep,
  livesMs,
  moveLink,
  openLink,
  signIn,
  spendState,
} from './linkouts.js';
import { waitAfterReturn } from './linkWait.js';
import { hashOf, makeTicket } from './tickets.js';

const codeTries = 5;

/** A network sent the browser back, to its own `place`. The state is spent first; the code is exchanged at once. */
export async function returnFromNetwork(
  services: Parts,
  returned: URL,
  cookie: string | undefined,
  place: string,
): Promise<LinkStep> {
  const state = returned.searchParams.get('state') ?? '';
  const doc = await spendState(services, state, cookie, place);
  if (doc?.phase !== 'sent' || !doc.sealedVerifier) return gone();
  const verifier = services.vault.open(doc.sealedVerifier, about(doc));
  try {
    const network = services.networks.of(doc.type);
    const tokens = await network.exchange(signIn(services, doc.type, state, verifier), returned);
    return await keepAccounts(services, doc, tokens, await network.accounts(doc.type, tokens));
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    if (error.kind === 'wait') return await waitAfterReturn(services, doc, error.retryAt);
    return troubleStep(services, doc, error, error.kind);
  }
}

/** What went wrong at the network, in words, with what to do now. The link can be used again where that helps. */
function troubleStep(
  services: Needs<'log'>,
  doc: LinkoutDoc,
  trouble: NetworkTrouble,
  kind: Exclude<NetworkTrouble['kind'], 'wait'>,
): LinkStep {
  const { network, networkLabel } = typeFacts[doc.type];
  const { portal } = networkRow(network);
  services.log.warn({ trouble: trouble.kind, type: doc.type, err: trouble }, 'sign-in at the network failed');
  const again = 'Open the link in Teams again, or ask for a new one.';
  const words = {
    declined: [`You did not allow it on ${networkLabel}, so nothing was changed.`, again],
    passing: [`${networkLabel} does not answer just now.`, `Nothing was changed. ${again}`],
    early: [`${networkLabel} does not know its own new sign-in yet.`, `Wait half a minute. ${again}`],
    notSetUp: [trouble.message, `Nothing was changed. Whoever looks after this bot mends it in ${portal}.`],
    notAllowed: [`${networkLabel} did not give what is needed for this.`, `Allow every point on its page. ${again}`],
    stale: [`${networkLabel} did not accept the sign-in.`, again],
    dead: [`${networkLabel} did not accept the sign-in.`, again],
    unsupported: [`${networkLabel} cannot do that.`, 'Ask whoever looks after this bot.'],
    unknown: [`${networkLabel} answered something we do not understand.`, again],
  } as const;
  const [sentence, fix] = words[kind];
  return {
    kind: 'refused',
    refusal: refuse('networkTrouble', sentence, fix),
    ...(trouble.retryAt ? { retryAt: trouble.retryAt } : {}),
  };
}

async function keepAccounts(services: Parts, doc: LinkoutDoc, tokens: Tokens, accounts: Account[]): Promise<LinkStep> {
  const wanted = doc.profile ? await services.collections.profiles.get(doc.tenant, doc.profile) : undefined;
  const fitting = wanted ? accounts.filter(({ externalId }) => externalId === wanted.externalId) : accounts;
  if (wanted && fitting.length === 0) return refuseDifferent(services, doc, wanted, accounts);
  const usable = fitting.filter((account) => !account.unusable);
  if (usable.length === 0) {
    const { networkLabel, unit } = typeFacts[doc.type];
    const why = fitting[0]?.unusable ?? `${networkLabel} shows no ${unit} that you may use.`;
    return {
      kind: 'refused',
      refusal: refuse('networkTrouble', why, `Get the right to it on ${networkLabel}, then start again.`),
    };
  }
  const kept: KeptTokens = { tokens, accounts: usable };
  const ticket = makeTicket(doc.tenant);
  const next: LinkoutDoc = {
    ...doc,
    id: hashOf(ticket),
    phase: 'returned',
    accounts: fitting.map(({ tokens: _, ...account }) => account),
    sealedTokens: services.vault.seal(JSON.stringify(kept), about({ ...doc, id: hashOf(ticket) })),
    version: 1,
  };
  await services.collections.linkouts.delete(doc.tenant, doc.id);
  if (typeFacts[doc.type].opens === 'pages' && fitting.length > 1) {
    await services.collections.linkouts.insert(next);
    return { kind: 'pick', ticket, type: doc.type, accounts: next.accounts ?? [] };
  }
  return conclude(
    services,
    next,
    usable.map(({ externalId }) => externalId),
    'insert',
  );
}

async function refuseDifferent(
  services: Needs<'collections' | 'clock'>,
  doc: LinkoutDoc,
  wanted: Profile,
  accounts: readonly Account[],
): Promise<LinkStep> {
  const [first] = accounts;
  const refusal = refuse('differentAccount', nameOf(wanted), first ? nameOf(first) : 'another account');
  await services.collections.linkouts.delete(doc.tenant, doc.id);
  const by = {
    actor: { id: doc.person, name: doc.personName, tenant: doc.tenant },
    moment: { now: services.clock(), id: doc.id },
  };
  await keepRecord(services, record(by, { operation: doc.why, what: refusal.code, outcome: 'refused', about: wanted }));
  return { kind: 'refused', refusal };
}

/** Pages were picked in the browser that signed in. */
export async function pickAccounts(
  services: Parts,
  ticket: string,
  cookie: string | undefined,
  ids: readonly string[],
): Promise<LinkStep> {
  const doc = await openLink(services, ticket);
  if (doc?.phase !== 'returned' || !cookie || doc.browser !== hashOf(cookie) || doc.picked) return gone();
  const usable = (doc.accounts ?? []).filter((account) => !account.unusable && ids.includes(account.externalId));
  if (usable.length === 0) return { kind: 'pick', ticket, type: doc.type, accounts: doc.accounts ?? [] };
  return conclude(
    services,
    doc,
    usable.map(({ externalId }) => externalId),
    'replace',
  );
}

/** With the person known, the operation goes on at once; else a code has to be typed in the chat. */
function conclude(services: Parts, doc: LinkoutDoc, picked: string[], how: 'insert' | 'replace'): Promise<LinkStep> {
  return doc.known ? goOn(services, { ...doc, picked }, how) : giveCode(services, doc, picked, how);
}

async function goOn(services: Parts, doc: LinkoutDoc, how: 'insert' | 'replace'): Promise<LinkStep> {
  if (how === 'replace' && !(await services.collections.linkouts.take(doc.tenant, doc.id))) return gone();
  const by = await authenticate(services, { tenant: doc.tenant, id: doc.person, name: doc.personName });
  const outcome = await finishLinkout(services, { ...by, id: doc.id.slice(0, 24), personal: true }, doc);
  const { card } = doc;
  if (card) services.later('show in chat', () => services.showInChat(by.actor, outcome, card));
  return { kind: 'done', lines: linesOf(outcome) };
}

function linesOf(outcome: Outcome): string[] {
  const outcomes = outcome.kind === 'signedIn' ? outcome.outcomes : [outcome];
  return outcomes.map((one) => {
    if (one.kind === 'refused') return `${one.refusal.sentence} ${one.refusal.fix}`;
    return (one.kind === 'profile' ? one.done : undefined) ?? 'Done.';
  });
}

async function giveCode(
  services: Needs<'collections' | 'vault' | 'clock'>,
  doc: LinkoutDoc,
  picked: string[],
  how: 'insert' | 'replace',
): Promise<LinkStep> {
  const digits = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const step = {
    picked,
    triesLeft: codeTries,
    sealedCode: services.vault.seal(digits, about(doc)),
    expires: new Date(services.clock().getTime() + livesMs),
  };
  const kept =
    how === 'insert'
      ? await services.collections.linkouts.insert({ ...doc, ...step })
      : await moveLink(services, doc, step);
  if (!kept) return gone();
  const names = (doc.accounts ?? []).filter(({ externalId }) => picked.includes(externalId)).map(nameOf);
  return { kind: 'code', digits, type: doc.type, names };
}
