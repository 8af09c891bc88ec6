import { timingSafeEqual } from 'node:crypto';
import type { Account, Tokens } from '../../networks/network.js';
import { inWords } from '../../platform/timeWords.js';
import { refuse } from '../../rules/refusals.js';
import type { PersonId, ProfileType, TenantId } from '../../rules/types.js';
import type { LinkoutDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import type { Outcome } from '../core/outcome.js';
import { isOver } from '../core/outcomeOnce.js';
import type { Needs, Parts } from '../core/parts.js';
import type { Caller, Proof, Run } from '../core/step.js';
import { giveBack, spend } from '../people/allowances.js';
import { grantFields } from '../signins/grantStore.js';
import { finishOnce } from './linkFinish.js';
import { openCode, openTokens } from './linkouts.js';

/**
 * The person in the chat types the code from the page: the person in the browser is the same, and the wish goes on.
 * A try is taken off by a write that has to win, of the person's and of each link's, before any digit is compared: of
 * thousands of guesses at the same moment, here and elsewhere, only those that took one are looked at.
 */
export async function proveByCode(services: Parts, caller: Caller, digits: string, run: Run): Promise<Outcome> {
  if (!caller.personal) return { kind: 'refused', refusal: refuse('codeInPersonalChat') };
  const { tenant, id } = caller.actor;
  const waiting = await waitingLinks(services, tenant, id);
  if (waiting.length === 0) return { kind: 'refused', refusal: refuse('codeNone') };
  const until = await spend(services, tenant, `code:${id}`, services.limits.of('code'));
  if (until) {
    return { kind: 'refused', refusal: refuse('codesTooMany', inWords(until, services.clock())) };
  }
  const tried = (await Promise.all(waiting.map((doc) => takeTry(services, doc)))).filter((doc) => doc !== undefined);
  if (tried.length === 0) {
    // Taken just now by another delivery: nothing was guessed.
    await giveBack(services, tenant, `code:${id}`);
    return { kind: 'refused', refusal: refuse('codeNone') };
  }
  const match = tried.find((doc) => sameCode(openCode(services, doc), digits));
  if (!match) return wrongCode(services, tried);
  await giveBack(services, tenant, `code:${id}`);
  return goOnWith(services, caller, match, run);
}

async function waitingLinks(services: Needs<'collections' | 'clock'>, tenant: TenantId, person: PersonId) {
  const found = await services.collections.linkouts.find(tenant, { person, phase: 'returned' });
  return found.filter((doc) => hasTry(doc, services.clock()));
}

const hasTry = (doc: LinkoutDoc, now: Date) =>
  doc.phase === 'returned' && doc.expires > now && doc.sealedCode !== undefined && (doc.triesLeft ?? 0) > 0;

/** The link with one try less, as it was written; undefined when there was none left to take. */
async function takeTry(
  { collections: { linkouts }, clock }: Needs<'collections' | 'clock'>,
  seen: LinkoutDoc,
): Promise<LinkoutDoc | undefined> {
  const { kind, doc } = await update(linkouts, seen.tenant, seen.id, (now) =>
    now && hasTry(now, clock()) ? { ...now, triesLeft: (now.triesLeft ?? 0) - 1 } : undefined,
  );
  return kind === 'written' ? doc : undefined;
}

function sameCode(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && left.length > 0 && timingSafeEqual(left, right);
}

/** Any of them may have been meant: each has lost a try, and its tokens go with the last, unless it was proven meanwhile. */
async function wrongCode(services: Needs<'collections'>, tried: readonly LinkoutDoc[]): Promise<Outcome> {
  const left = Math.max(...tried.map(({ triesLeft = 0 }) => triesLeft));
  const over = tried.filter(({ triesLeft }) => triesLeft === 0);
  await Promise.all(over.map((doc) => services.collections.linkouts.delete(doc.tenant, doc.id, doc.version)));
  return { kind: 'refused', refusal: refuse('codeWrong', left) };
}

/** What could not be done yet leaves the code as it was: it can be said again. */
async function goOnWith(services: Parts, caller: Caller, doc: LinkoutDoc, run: Run): Promise<Outcome> {
  try {
    const outcome = await finishOnce(services, doc, () => finish(services, caller, doc, run));
    if (!outcome) return { kind: 'refused', refusal: refuse('codeNone') };
    if (!isOver(outcome)) await putBack(services, doc);
    return outcome;
  } catch (error) {
    await putBack(services, doc).catch((cause: unknown) => {
      services.log.warn({ err: cause, link: doc.id }, 'the try of a code could not be given back');
    });
    throw error;
  }
}

/** The right code did not get to its end, so it may be said again. */
async function putBack({ collections: { linkouts } }: Needs<'collections'>, { tenant, id }: LinkoutDoc): Promise<void> {
  await update(linkouts, tenant, id, (now) => now && { ...now, triesLeft: (now.triesLeft ?? 0) + 1 });
}

/** Runs the waiting operation once for each account that was picked. */
export async function finish(services: Parts, caller: Caller, doc: LinkoutDoc, run: Run): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const [index, { account, tokens }] of openTokens(services, doc).entries()) {
    const id = index === 0 ? caller.id : `${caller.id}:${index}`;
    const proof = proofOf(services, caller, doc.type, account, tokens);
    outcomes.push(await run(services, { ...caller, id }, doc.waiting, { proof }));
  }
  return { kind: 'signedIn', outcomes, ...(doc.card ? { card: doc.card } : {}) };
}

function proofOf(
  services: Needs<'vault' | 'clock' | 'ids'>,
  { actor }: Caller,
  type: ProfileType,
  { tokens: _, unusable: __, ...account }: Account,
  tokens: Tokens,
): Proof {
  const { tenant } = actor;
  const now = services.clock();
  const { warning } = tokens.extra ?? {};
  return {
    account,
    type,
    ...(warning ? { warning } : {}),
    seal: (profile) => ({
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
    }),
  };
}
