import { DirectoryDown } from '../../directory/directory.js';
import type { Sent } from '../../networks/publishing.js';
import { advance, workerName } from '../../rules/publishing/advance.js';
import { hindrance, isForGood } from '../../rules/publishing/hindrance.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { type Looked, looked } from '../../rules/publishing/looking.js';
import { after, attemptMs } from '../../rules/publishing/times.js';
import type { Parts } from '../core/parts.js';
import { askNetwork } from './askNetwork.js';
import { stepIntent } from './ledger.js';
import { isFrozen, liveFacts } from './liveFacts.js';

/**
 * A like or a repost whose answer was lost is made again instead of looked for: twice changes nothing. In the same order as
 * the first time: everything that can say no, the mark, one look for a freeze, the call.
 */
export async function makeAgain(services: Parts, intent: Intent): Promise<void> {
  const no = await whyNot(services, intent);
  const marked = await stepIntent(services, intent.tenant, intent.id, (now) => {
    const moment = { now: services.clock(), id: services.ids() };
    if (now.state !== 'unknown' || !now.due || now.due > moment.now) return undefined;
    if (no) return looked(now, no, moment);
    const again = after(moment.now, attemptMs);
    return advance(now, workerName, moment, {
      to: 'unknown',
      set: { again, due: again },
      operation: 'send',
      quiet: true,
    });
  });
  if (!marked || no) return;
  const look = (await isFrozen(services, marked)) ? waits : await made(services, marked);
  await stepIntent(services, intent.tenant, intent.id, (now) =>
    now.state === 'unknown' && now.again?.getTime() === marked.again?.getTime()
      ? looked(withoutMark(now), look, { now: services.clock(), id: services.ids() })
      : undefined,
  );
}

const withoutMark = ({ again: _, ...intent }: Intent): Intent => intent;

const noMore = 'Its author may not publish with it any more.';
const waits: Looked = { kind: 'trouble', named: [] };

/** A right that went leaves it to a person to look; what passes is waited for. */
async function whyNot(services: Parts, intent: Intent): Promise<Looked | undefined> {
  try {
    const why = hindrance({ ...(await liveFacts(services, intent)), intent: { ...intent, at: services.clock() } });
    return why && (isForGood(why) ? { kind: 'cannot', reason: noMore, named: [] } : waits);
  } catch (error) {
    if (error instanceof DirectoryDown) return waits;
    throw error;
  }
}

async function made(services: Parts, intent: Intent): Promise<Looked> {
  const sent = await askNetwork(services, intent, async (publishing, tokens, author) => {
    const told = await publishing.publish(tokens, { author, wire: intent.wire, firstSentAt: intent.askedAt });
    if (told.kind === 'notThere' && told.trouble) throw told.trouble;
    return told.kind === 'there' ? { ...told, url: publishing.permalink(author, told.id) } : told;
  });
  if (sent.kind === 'later') return { ...waits, ...(sent.at ? { until: sent.at } : {}) };
  if (sent.kind === 'cannot') return { kind: 'cannot', reason: sent.why, named: [] };
  if (sent.kind !== 'there') return notMade(sent);
  return { kind: 'found', posts: [{ id: sent.id, ...('url' in sent ? { url: sent.url } : {}) }], begun: [] };
}

/** Surely not there now, or lost once more. */
function notMade(sent: Exclude<Sent, { kind: 'there' }>): Looked {
  if (sent.kind === 'unknown' || sent.hold || sent.reason === 'unreachable') {
    return { ...waits, ...(sent.kind === 'notThere' && sent.retryAt ? { until: sent.retryAt } : {}) };
  }
  return { kind: 'found', posts: [], begun: [] };
}
