import { networkRow } from '../../networks/index.js';
import { type Account, NetworkTrouble, type Tokens } from '../../networks/network.js';
import { typeFacts } from '../../networks/types.js';
import { nameOf } from '../../rules/access.js';
import { record } from '../../rules/entries.js';
import { refuse } from '../../rules/refusals.js';
import type { Profile } from '../../rules/types.js';
import type { LinkoutDoc } from '../../store/collections.js';
import type { Needs, Parts } from '../core/parts.js';
import { about, gone, type Kept, type KeptTokens, type LinkStep, moveLink, signIn, spendState } from './linkouts.js';
import { conclude } from './linkPick.js';
import { nextOf } from './linkShow.js';
import { waitAfterReturn } from './linkWait.js';
import { hashOf, makeTicket } from './tickets.js';

/** A network sent the browser back, to its own `place`. The state is spent first; the code is exchanged at once. */
export async function returnFromNetwork(services: Parts, returned: URL, kept: Kept, place: string): Promise<LinkStep> {
  const state = returned.searchParams.get('state') ?? '';
  const spent = await spendState(services, state, kept, place);
  if (spent?.kind === 'again') return cameBefore(services, spent.doc);
  if (!spent?.doc.sealedVerifier) return gone();
  const { doc } = spent;
  const verifier = services.vault.open(spent.doc.sealedVerifier, about(doc, 'verifier'));
  try {
    const network = services.networks.of(doc.type);
    const tokens = await network.exchange(signIn(services, doc.type, state, verifier), returned);
    return await keepAccounts(services, doc, tokens, await network.accounts(doc.type, tokens));
  } catch (error) {
    await openAgain(services, doc);
    if (!(error instanceof NetworkTrouble)) throw error;
    if (error.kind === 'wait') return await waitAfterReturn(services, doc, error.retryAt);
    return troubleStep(services, doc, error, error.kind);
  }
}

/** What came back led nowhere; Continue can be pressed again. */
async function openAgain(services: Needs<'collections' | 'log'>, doc: LinkoutDoc): Promise<void> {
  const undone = moveLink(services, { ...doc, phase: 'returning' }, { phase: 'offered', state: undefined });
  await undone.catch((error: unknown) => {
    services.log.warn({ err: error, link: doc.id }, 'a link could not be opened again');
  });
}

/** The page was loaded again: what came of it has its own address, and so has what goes on still. */
function cameBefore(services: Needs<'vault'>, doc: LinkoutDoc): LinkStep {
  return doc.phase === 'moved' ? nextOf(services, doc) : { kind: 'refused', refusal: refuse('linkUnderWay') };
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
  return moveOn(services, doc, { tokens, accounts: usable }, fitting);
}

/**
 * What came back goes on under a new id: the address in the chat is known to others, the new one to this browser only.
 * The code of the network and the state stay behind, so that no page that is loaded again has them in its address.
 */
async function moveOn(services: Parts, doc: LinkoutDoc, kept: KeptTokens, fitting: Account[]): Promise<LinkStep> {
  const ticket = makeTicket(doc.tenant);
  const { state: _, sealedVerifier: __, ...rest } = doc;
  const next: LinkoutDoc = {
    ...rest,
    id: hashOf(ticket),
    phase: 'returned',
    accounts: fitting.map(({ tokens: _, ...account }) => account),
    sealedTokens: services.vault.seal(JSON.stringify(kept), about({ ...doc, id: hashOf(ticket) }, 'tokens')),
    version: 1,
  };
  await services.collections.linkouts.insert(next);
  const here: LinkoutDoc = { ...doc, phase: 'returning' };
  const sealedNext = services.vault.seal(ticket, about(doc, 'address'));
  if (!(await moveLink(services, here, { phase: 'moved', sealedNext, sealedVerifier: undefined }))) return gone();
  const isChoice = typeFacts[doc.type].opens === 'pages' && fitting.length > 1;
  if (!isChoice)
    await conclude(
      services,
      next,
      kept.accounts.map(({ externalId }) => externalId),
    );
  return { kind: 'see', ticket };
}

async function refuseDifferent(
  services: Needs<'collections' | 'clock' | 'records'>,
  doc: LinkoutDoc,
  wanted: Profile,
  accounts: readonly Account[],
): Promise<LinkStep> {
  const [first] = accounts;
  const refusal = refuse(
    'differentAccount',
    nameOf(wanted),
    first ? nameOf({ ...first, type: wanted.type }) : 'another account',
  );
  await services.collections.linkouts.delete(doc.tenant, doc.id);
  const by = {
    actor: { id: doc.person, name: doc.personName, tenant: doc.tenant },
    moment: { now: services.clock(), id: doc.id },
  };
  await services.records.keep(
    record(by, { operation: doc.why, what: refusal.code, outcome: 'refused', about: wanted }),
  );
  return { kind: 'refused', refusal };
}
