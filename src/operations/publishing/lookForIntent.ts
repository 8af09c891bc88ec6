import { advance } from '../../rules/publishing/advance.js';
import { actWord, type Candidate, type Intent } from '../../rules/publishing/intent.js';
import { type Looked, looked, type Watched, watched } from '../../rules/publishing/looking.js';
import { after, hourMs, minuteMs } from '../../rules/publishing/times.js';
import type { Parts } from '../core/parts.js';
import { wayOf } from './actOf.js';
import { askNetwork } from './askNetwork.js';
import { momentOf } from './carrying.js';
import { sessionIn } from './carryVideo.js';
import { stepIntent } from './ledger.js';
import { makeAgain } from './makeAgain.js';

/** An answer was lost: the network is asked whether the post is there. Nothing is sent. */
export async function lookForIntent(services: Parts, intent: Intent): Promise<void> {
  if (wayOf(services.networks, intent)?.isRepeatable) return makeAgain(services, intent);
  const look = await lookUp(services, intent);
  const moment = momentOf(services);
  await stepIntent(services, intent.tenant, intent.id, (now) =>
    now.state === 'unknown' && now.due && now.due <= moment.now ? looked(now, look, moment) : undefined,
  );
}

async function lookUp(services: Parts, intent: Intent): Promise<Looked> {
  const found = await askNetwork(services, intent, (publishing, tokens, author) => {
    const from = after(intent.sending?.since ?? intent.askedAt, -minuteMs);
    const to = after(intent.sending?.ended ?? services.clock(), 5 * minuteMs);
    const { wire, uploads } = intent;
    const carried = intent.video ? { video: { ...intent.video, ...sessionIn(services, intent) } } : {};
    return publishing.lookUp(tokens, { author, wire, from, to, ...(uploads ? { uploads } : {}), ...carried });
  });
  if (found.kind === 'found') {
    const { posts, begun = [] } = found;
    return {
      kind: 'found',
      posts: await unproven(services, intent, posts),
      begun: await unproven(services, intent, begun),
    };
  }
  const named = await unproven(services, intent, intent.named ? [intent.named] : []);
  if (found.kind === 'cannot')
    return { kind: 'cannot', named, ...(wayOf(services.networks, intent)?.peopleOnly ? {} : { reason: found.why }) };
  return { kind: 'trouble', named, ...(found.at ? { until: found.at } : {}) };
}

/** What another intent has proven to be its own is not this one, however alike they are. */
async function unproven({ collections }: Parts, intent: Intent, posts: readonly Candidate[]): Promise<Candidate[]> {
  if (posts.length === 0) return [];
  const ids = posts.map(({ id }) => id);
  const taken = await collections.intents.find(intent.tenant, { proofId: { in: ids } });
  const others = new Set(
    taken.filter(({ id, profile }) => profile === intent.profile && id !== intent.id).map(({ proofId }) => proofId),
  );
  return posts.filter(({ id }) => !others.has(id)).map(({ id, url }) => ({ id, ...(url ? { url } : {}) }));
}

/** After a minute and after a day: is what is there what was sent? */
export async function watchIntent(services: Parts, intent: Intent): Promise<void> {
  const { kind: seen, url } = await compare(services, intent);
  const moment = momentOf(services);
  await stepIntent(services, intent.tenant, intent.id, (now) =>
    now.state === 'sent' && !now.takeBack && now.due && now.due <= moment.now
      ? watched(now, seen, moment, url)
      : undefined,
  );
}

async function compare(services: Parts, intent: Intent): Promise<{ kind: Watched; url?: string }> {
  const { proof } = intent;
  if (!proof?.id) return { kind: 'cannot' };
  const read = await askNetwork(services, intent, async (publishing, tokens, author) => {
    const seen = await publishing.read(tokens, { author, id: proof.id });
    if (seen.kind !== 'there') return seen;
    const kind = publishing.isSame(intent.wire, seen.text) ? 'same' : 'changed';
    return { kind, ...(seen.url ? { url: seen.url } : {}) } as const;
  });
  return read.kind === 'later' ? { kind: 'trouble' } : read;
}

const takeBackPatienceMs = hourMs;

/** Deletes what was sent. "Not there" after a lost answer means done, so it may be asked again and again. */
export async function takeBackIntent(services: Parts, intent: Intent): Promise<void> {
  const { proof, takeBack } = intent;
  if (!takeBack) return;
  const done =
    proof?.id || (proof && wayOf(services.networks, intent)?.isRepeatable)
      ? await askNetwork(services, intent, (publishing, tokens, author) =>
          publishing.takeBack(tokens, { author, id: proof.id }),
        )
      : ({ kind: 'cannot', why: 'Its id on the network is not known.' } as const);
  const moment = momentOf(services);
  await stepIntent(services, intent.tenant, intent.id, (now) => {
    if (now.state !== 'sent' || !now.takeBack || !now.due || now.due > moment.now) return undefined;
    if (done.kind === 'gone') {
      return advance(now, takeBack, moment, {
        to: 'takenBack',
        without: ['due', 'why'],
        operation: 'takeBack',
        what: `took back a ${actWord(now)} of ${now.author.name}`,
      });
    }
    const isLate = after(now.takeBackAt ?? moment.now, takeBackPatienceMs) < moment.now;
    if (done.kind === 'later' && !isLate) {
      const due = done.at && done.at > moment.now ? done.at : after(moment.now, minuteMs);
      return advance(now, takeBack, moment, { to: 'sent', set: { due }, operation: 'takeBack', quiet: true });
    }
    return advance(now, takeBack, moment, {
      to: 'sent',
      set: { why: { code: 'notTakenBack', ...(done.kind === 'cannot' ? { text: done.why } : {}) } },
      without: ['takeBack', 'takeBackAt', 'due'],
      operation: 'takeBack',
      what: `could not take back a ${actWord(now)} of ${now.author.name}`,
    });
  });
}
