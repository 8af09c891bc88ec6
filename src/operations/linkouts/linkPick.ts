import { randomInt } from 'node:crypto';
import { DirectoryDown } from '../../directory/directory.js';
import type { LinkoutDoc } from '../../store/collections.js';
import { finishLinkout } from '../core/handle.js';
import type { Needs, Parts } from '../core/parts.js';
import { authenticate } from '../people/actor.js';
import { finishOnce } from './linkFinish.js';
import { about, gone, isSameBrowser, type Kept, type LinkStep, livesMs, moveLink, openLink } from './linkouts.js';
import { keptHere } from './linkShow.js';

const codeTries = 5;

/** A form of a page that is shown after the sign-in: Pages were picked, or what waited is to be tried again. */
export async function sendLink(services: Parts, ticket: string, kept: Kept, ids: readonly string[]): Promise<LinkStep> {
  const doc = await openLink(services, ticket);
  if (doc?.phase !== 'returned' || !isSameBrowser(doc, kept)) return gone();
  const usable = (doc.accounts ?? []).filter((account) => !account.unusable && ids.includes(account.externalId));
  const picked = doc.picked ?? usable.map(({ externalId }) => externalId);
  if (picked.length === 0) {
    const { type, accounts = [] } = doc;
    return { kind: 'pick', ticket, type, accounts, here: await keptHere(services, doc), none: true };
  }
  await conclude(services, doc, picked);
  return { kind: 'see', ticket };
}

/** With the person known, the operation goes on at once; else a code has to be typed in the chat. */
export async function conclude(services: Parts, doc: LinkoutDoc, picked: string[]): Promise<void> {
  if (!doc.known) return giveCode(services, doc, picked);
  // Written first, so that a page that is loaded again knows it.
  const next = doc.picked ? doc : await moveLink(services, doc, { picked });
  if (next) await goOn(services, next);
}

/** A directory that does not answer leaves everything as it is: the page offers to try again. */
async function goOn(services: Parts, doc: LinkoutDoc): Promise<void> {
  try {
    const by = await authenticate(services, { tenant: doc.tenant, id: doc.person, name: doc.personName });
    const caller = { ...by, id: doc.id.slice(0, 24), personal: true };
    const outcome = await finishOnce(services, doc, () => finishLinkout(services, caller, doc));
    const { card } = doc;
    if (outcome && card) services.later('show in chat', () => services.showInChat(by.actor, outcome, card));
  } catch (error) {
    if (!(error instanceof DirectoryDown)) throw error;
    services.log.warn({ err: error, link: doc.id }, 'a sign-in waits until the directory answers');
  }
}

async function giveCode(
  services: Needs<'collections' | 'vault' | 'clock'>,
  doc: LinkoutDoc,
  picked: string[],
): Promise<void> {
  if (doc.sealedCode) return;
  const digits = String(randomInt(0, 1_000_000)).padStart(6, '0');
  await moveLink(services, doc, {
    picked,
    triesLeft: codeTries,
    sealedCode: services.vault.seal(digits, about(doc, 'code')),
    expires: new Date(services.clock().getTime() + livesMs),
  });
}
