import { randomBytes } from 'node:crypto';
import { type BrowserIdentity, IdentityTrouble, type IdentityVisit } from '../../directory/browserIdentity.js';
import { refuse } from '../../rules/refusals.js';
import type { LinkoutDoc } from '../../store/collections.js';
import type { Needs, Parts } from '../core/parts.js';
import { about, gone, goToNetwork, type Kept, type LinkStep, moveLink, spendState } from './linkouts.js';
import { hashOf, makeTicket } from './tickets.js';

type Secret = { verifier: string; nonce: string };

/** First who is in the browser: off to the organisation's own sign-in, usually silent. */
export async function goToIdentity(
  services: Needs<'collections' | 'vault' | 'log' | 'baseUrl'>,
  identity: BrowserIdentity,
  doc: LinkoutDoc,
  browser: string,
): Promise<LinkStep> {
  const state = makeTicket(doc.tenant);
  const secret: Secret = { verifier: random(), nonce: random() };
  const sent = await moveLink(services, doc, {
    phase: 'identifying',
    state: hashOf(state),
    browser: hashOf(browser),
    sealedVerifier: services.vault.seal(JSON.stringify(secret), about(doc, 'verifier')),
    known: undefined,
  });
  if (!sent) return gone();
  try {
    return {
      kind: 'go',
      location: await identity.authorizeUrl(visit(services, doc, state, secret)),
      cookie: browser,
      to: "your organisation's sign-in",
    };
  } catch (error) {
    return troubled(services, error);
  }
}

/** Back from the organisation's sign-in: on to the network when it is the one who asked, by object id and tenant. */
export async function returnFromIdentity(services: Parts, returned: URL, kept: Kept, place: string): Promise<LinkStep> {
  const { identity } = services;
  const state = returned.searchParams.get('state') ?? '';
  const spent = await spendState(services, state, kept, place);
  if (!identity || spent?.kind !== 'spent' || !spent.doc.sealedVerifier) return gone();
  const { doc, secret: browser } = spent;
  const secret = JSON.parse(services.vault.open(spent.doc.sealedVerifier, about(doc, 'verifier'))) as Secret;
  try {
    const who = await identity.identify(visit(services, doc, state, secret), returned);
    if (who.person !== doc.person || who.tenant !== doc.tenant) {
      services.log.warn({ link: doc.id }, 'a link was opened by someone else than the one who asked for it');
      return { kind: 'refused', refusal: refuse('wrongPerson', who.name || 'someone else', doc.personName) };
    }
    return await goToNetwork(services, { ...doc, phase: 'returning', known: true }, browser);
  } catch (error) {
    return troubled(services, error);
  }
}

const random = () => randomBytes(32).toString('base64url');

function visit(services: Needs<'baseUrl'>, doc: LinkoutDoc, state: string, { verifier, nonce }: Secret): IdentityVisit {
  return { tenant: doc.tenant, redirectUri: `${services.baseUrl}/link/callback/entra`, state, nonce, verifier };
}

function troubled(services: Needs<'log'>, error: unknown): LinkStep {
  if (!(error instanceof IdentityTrouble)) throw error;
  services.log.warn({ trouble: error.kind, err: error.cause }, "the organisation's sign-in failed");
  return { kind: 'refused', refusal: refuse('notIdentified') };
}
