import { DirectoryDown } from '../../directory/directory.js';
import { askAgain } from '../../rules/publishing/approvalTimes.js';
import { foresaw, foreseenOf, type Hearers } from '../../rules/publishing/foreseeing.js';
import { hindrance } from '../../rules/publishing/hindrance.js';
import type { Foreseen, Intent } from '../../rules/publishing/intent.js';
import { after, minuteMs, nextDue } from '../../rules/publishing/times.js';
import type { Profile } from '../../rules/types.js';
import type { Parts } from '../core/parts.js';
import { useGrant } from '../signins/grants.js';
import { stepIntent } from './ledger.js';
import { liveFacts } from './liveFacts.js';

const againMs = 15 * minuteMs;

type Foresight = Hearers & { foreseen: Foreseen | undefined };

/** A planned intent before its time: whoever can mend what would keep it hears of it, once. */
export async function foreseeIntent(services: Parts, intent: Intent): Promise<void> {
  const foresight = await foresightOf(services, intent);
  const moment = { now: services.clock(), id: services.ids() };
  await stepIntent(services, intent.tenant, intent.id, (now) => {
    if (now.state !== 'held' || !now.due || now.due > moment.now) return undefined;
    if (foresight === 'needsYes') return askAgain(now, moment);
    return foresight === 'later'
      ? { ...now, due: earlier(after(moment.now, againMs), nextDue(now, moment.now)) }
      : foresaw(now, foresight.foreseen, foresight, moment);
  });
}

const earlier = (a: Date, b: Date) => (a < b ? a : b);

/** `needsYes`: those who decide are asked right away, not only when its time has come. `later`: nobody can tell just now, or the profile is gone and its posts are about to be stopped. */
async function foresightOf(services: Parts, intent: Intent): Promise<Foresight | 'later' | 'needsYes'> {
  try {
    const facts = await liveFacts(services, intent);
    const { profile, author } = facts;
    if (!profile || profile.deleted) return 'later';
    if (hindrance(facts)?.code === 'needsYes') return 'needsYes';
    const foreseen = foreseenOf(facts) ?? (await noWayOut(services, intent, profile));
    return foreseen === 'later' ? foreseen : { foreseen, profile, author };
  } catch (error) {
    if (error instanceof DirectoryDown) return 'later';
    throw error;
  }
}

/** The network and a sign-in that lasts until then. An outage is no reason to call anybody. */
async function noWayOut(services: Parts, intent: Intent, profile: Profile): Promise<Foreseen | 'later' | undefined> {
  if (typeof services.networks.publishing(profile.type) === 'string') return 'notOffered';
  const lasting = intent.at ?? services.clock();
  const grant = await useGrant(services, profile, { kind: 'act', actor: intent.author.id, lasting });
  if (grant.kind === 'granted') return undefined;
  return grant.why === 'later' ? 'later' : 'noSignIn';
}
