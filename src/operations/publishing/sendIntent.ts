import { DirectoryDown } from '../../directory/directory.js';
import { NetworkTrouble } from '../../networks/network.js';
import type { NotThere, Publishing, Sent } from '../../networks/publishing.js';
import type { Moment } from '../../rules/operation.js';
import { hindrance } from '../../rules/publishing/hindrance.js';
import type { Intent, Why } from '../../rules/publishing/intent.js';
import { type Answer, answered, hindered, markSending } from '../../rules/publishing/sending.js';
import { after, hourMs, minuteMs } from '../../rules/publishing/times.js';
import type { Profile } from '../../rules/types.js';
import type { Parts } from '../core/parts.js';
import { callWith, type Usable, useGrant } from '../signins/grants.js';
import { limitedUntil, noteLimit } from '../signins/rateLimits.js';
import { actOf, authorOf } from './actOf.js';
import { momentOf } from './carrying.js';
import { forgetCarried, sessionIn, videoToSend } from './carryVideo.js';
import { exactHash } from './exactly.js';
import { wakeIntents } from './freezes.js';
import { stepIntent } from './ledger.js';
import { isFrozen, liveFacts } from './liveFacts.js';
import { attached, withUploads } from './uploadPictures.js';

/**
 * Sends one intent whose time has come, or says why not. The order is the promise: everything that can say no, then the
 * mark `sending`, then one look whether somebody froze it meanwhile, then the bytes, then what came of them. `notCarried`: why
 * its video is not at the network yet.
 */
export async function sendIntent(services: Parts, intent: Intent, notCarried?: Why): Promise<void> {
  const moment = momentOf(services);
  const ready = await readiness(services, intent);
  if ('code' in ready) return hinder(services, intent, ready, moment);
  const carried = notCarried ?? (await withUploads(services, intent));
  if ('code' in carried) return hinder(services, intent, carried, moment);
  const marked = await stepIntent(services, intent.tenant, intent.id, (now) =>
    isDue(now, moment) ? markSending(now, moment, exactHash(now)) : undefined,
  );
  if (!marked) return;
  // Whoever froze it looks for marks after writing the freeze, and here the freeze is looked for after the mark.
  if (await isFrozen(services, marked)) {
    await answer(services, marked, { kind: 'later', why: { code: 'frozen' } });
    return wakeWhenThawed(services, marked);
  }
  const what = await attempt(services, marked, ready);
  // That it is there is written down already, before anything else.
  if (what.kind !== 'there') await answer(services, marked, what);
  if (what.kind === 'later' && what.isForgotten) await forgetCarried(services, marked);
}

/** It does not go out now; `why` says what stands in the way. */
async function hinder(services: Parts, intent: Intent, why: Why, moment: Moment): Promise<void> {
  const { tenant, id } = intent;
  const waits = await stepIntent(services, tenant, id, (now) =>
    isDue(now, moment) ? hindered(now, why, moment) : undefined,
  );
  if (waits && why.code === 'frozen') await wakeWhenThawed(services, waits);
}

/** A thaw between the look at the freeze and the note that it waits has woken everybody but this one. */
async function wakeWhenThawed(services: Parts, intent: Intent): Promise<void> {
  if (!(await isFrozen(services, intent))) await wakeIntents(services, intent.tenant, intent.profile);
}

const isDue = ({ state, due }: Intent, { now }: Moment) =>
  (state === 'held' || state === 'waiting') && due !== undefined && due <= now;

type Ready = { profile: Profile; publishing: Publishing; usable: Usable };

/** What it takes to send, or what stands in the way. */
async function readiness(services: Parts, intent: Intent): Promise<Ready | Why> {
  try {
    const facts = await liveFacts(services, intent);
    const no = hindrance(facts);
    if (no || !facts.profile) return no ?? { code: 'profileGone' };
    return await wayOut(services, intent, facts.profile);
  } catch (error) {
    if (error instanceof DirectoryDown) return { code: 'directoryDown', until: after(services.clock(), minuteMs) };
    throw error;
  }
}

async function wayOut(services: Parts, intent: Intent, profile: Profile): Promise<Ready | Why> {
  const publishing = actOf(services.networks, intent);
  if (typeof publishing === 'string') return { code: 'notOffered', text: publishing };
  const closed = await limitedUntil(services, intent.tenant, intent.type);
  if (closed) return { code: 'networkWaits', until: closed };
  const grant = await useGrant(services, profile, { kind: 'act', actor: intent.author.id });
  if (grant.kind === 'granted') return { profile, publishing, usable: grant };
  return { code: 'noSignIn', ...(grant.retryAt ? { until: grant.retryAt } : {}) };
}

/** The one dangerous call. What is there is written down before anything else happens. */
async function attempt(services: Parts, intent: Intent, { profile, publishing, usable }: Ready): Promise<Answer> {
  const author = authorOf(profile);
  const isAgain = intent.attempts > 1 && intent.sending;
  try {
    return await callWith(services, usable, async (_network, tokens) => {
      const pictures = attached(intent);
      const beside = pictures.length > 0 ? { pictures } : {};
      const video = videoToSend(services, intent);
      const carried = video
        ? { video: { ...video, ...sessionIn(services, intent), uploads: intent.uploads ?? [] } }
        : {};
      const what = {
        author,
        wire: intent.wire,
        ...beside,
        ...carried,
        ...(isAgain ? { firstSentAt: intent.askedAt } : {}),
      };
      const sent = await publishing.publish(tokens, what);
      if (sent.kind === 'there') {
        const there: Answer = { kind: 'there', id: sent.id, url: publishing.permalink(author, sent.id) };
        await answer(services, intent, there);
        return there;
      }
      if (sent.kind === 'notThere' && sent.trouble) throw sent.trouble;
      return meaningOf(services, intent, sent, (id) => publishing.permalink(author, id));
    });
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error;
    return troubleAnswer(error, services.clock());
  }
}

/** Trouble that the call itself reported: nothing of it is there. */
function troubleAnswer({ kind, retryAt }: NetworkTrouble, now: Date): Answer {
  if (kind === 'wait' || kind === 'early')
    return { kind: 'later', why: { code: 'networkWaits', until: retryAt ?? after(now, 15 * minuteMs) } };
  return { kind: 'later', why: { code: 'noSignIn', ...(retryAt ? { until: retryAt } : {}) } };
}

/** A network without credit or patience is closed for everybody of the organisation until then. */
async function meaningOf(
  services: Parts,
  intent: Intent,
  sent: Exclude<Sent, { kind: 'there' }>,
  urlOf: (id: string) => string,
): Promise<Answer> {
  if (sent.kind === 'unknown') {
    const { named } = sent;
    return { kind: 'unknown', ...(named ? { named: { id: named, url: urlOf(named) } } : {}) };
  }
  const now = services.clock();
  const until = sent.retryAt ?? after(now, sent.reason === 'money' ? hourMs : minuteMs);
  if (sent.hold === 'network' || sent.reason === 'money') await noteLimit(services, intent.tenant, intent.type, until);
  const { isForgotten } = sent;
  const later = laterFor(sent, until);
  return later ? { ...later, ...(isForgotten ? { isForgotten } : {}) } : { kind: 'refused', text: sent.detail };
}

function laterFor({ reason, hold }: NotThere, until: Date): Extract<Answer, { kind: 'later' }> | undefined {
  switch (reason) {
    case 'money':
      return { kind: 'later', why: { code: 'noCredit', until } };
    case 'wait':
    case 'unreachable':
      return { kind: 'later', why: { code: 'networkWaits', until } };
    case 'signIn':
      return { kind: 'later', why: { code: 'noSignIn' } };
    default:
      return hold ? { kind: 'later', why: { code: 'networkWaits', until } } : undefined;
  }
}

/** Written by the attempt it belongs to; writing the same twice changes nothing. */
function answer(services: Parts, marked: Intent, what: Answer): Promise<Intent | undefined> {
  const { tenant, id, attempts } = marked;
  return stepIntent(services, tenant, id, (now) => answered(now, attempts, what, momentOf(services)), marked);
}
