import { timingSafeEqual } from 'node:crypto';
import type { Account, Tokens } from '../../networks/network.js';
import type { SignedIn } from '../../rules/decision.js';
import { refuse } from '../../rules/refusals.js';
import type { LinkoutDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs, Parts } from '../core/parts.js';
import type { Caller, Run } from '../core/step.js';
import { grantFields } from '../signins/grantStore.js';
import { openCode, openTokens } from './linkouts.js';

/** The person in the chat types the code from the page: the person in the browser is the same, and the wish goes on. */
export async function proveByCode(services: Parts, caller: Caller, digits: string, run: Run): Promise<Outcome> {
  if (!caller.personal) return { kind: 'refused', refusal: refuse('codeInPersonalChat') };
  const { linkouts } = services.collections;
  const now = services.clock();
  const found = await linkouts.find(caller.actor.tenant, { person: caller.actor.id, phase: 'returned' });
  const waiting = found.filter((doc) => doc.expires > now && doc.sealedCode && (doc.triesLeft ?? 0) > 0);
  if (waiting.length === 0) return { kind: 'refused', refusal: refuse('codeNone') };
  const match = waiting.find((doc) => sameCode(openCode(services, doc), digits));
  if (!match) return wrongCode(services, waiting);
  const doc = await linkouts.take(match.tenant, match.id);
  return doc ? finish(services, caller, doc, run) : { kind: 'refused', refusal: refuse('codeNone') };
}

function sameCode(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}

/** Any of the waiting ones may have been meant: each loses a try, and its tokens go with the last. */
async function wrongCode(services: Needs<'collections'>, waiting: readonly LinkoutDoc[]): Promise<Outcome> {
  let left = 0;
  for (const doc of waiting) {
    const triesLeft = (doc.triesLeft ?? 0) - 1;
    left = Math.max(left, triesLeft);
    if (triesLeft > 0) {
      await update(services.collections.linkouts, doc.tenant, doc.id, (now) => now && { ...now, triesLeft });
    } else await services.collections.linkouts.delete(doc.tenant, doc.id);
  }
  return { kind: 'refused', refusal: refuse('codeWrong', left) };
}

/** Runs the waiting operation once for each account that was picked. */
export async function finish(services: Parts, caller: Caller, doc: LinkoutDoc, run: Run): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const [index, { account, tokens }] of openTokens(services, doc).entries()) {
    const signedIn = await sealFor(services, caller, doc, account, tokens);
    outcomes.push(
      await run(services, { ...caller, id: index === 0 ? caller.id : `${caller.id}:${index}` }, doc.waiting, {
        signedIn,
      }),
    );
  }
  return { kind: 'signedIn', outcomes, ...(doc.card ? { card: doc.card } : {}) };
}

async function sealFor(
  services: Parts,
  { actor }: Caller,
  doc: LinkoutDoc,
  { tokens: _, unusable: __, ...account }: Account,
  tokens: Tokens,
): Promise<SignedIn> {
  const { tenant } = doc;
  const { type } = doc;
  const [same] = await services.collections.profiles.find(tenant, { type, externalId: account.externalId });
  const profile = doc.profile ?? same?.id ?? services.ids();
  const now = services.clock();
  return {
    account,
    type,
    grant: {
      tenant,
      id: `${profile}:${actor.id}`,
      version: 1,
      profile,
      person: actor.id,
      personName: actor.name,
      type,
      externalId: account.externalId,
      state: 'good',
      since: now,
      lastGoodAt: now,
      ...grantFields(services, { tenant, profile, person: actor.id }, type, tokens),
    },
  };
}
