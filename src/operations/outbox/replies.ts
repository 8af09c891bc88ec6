import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clock } from '../../platform/clock.js';
import { dayMs } from '../../platform/spans.js';
import type { TenantId } from '../../rules/types.js';
import type { Collections, MarkDoc } from '../../store/collections.js';
import { update } from '../../store/update.js';
import { leaseMs } from './once.js';

/** What answers words: plain JSON that only whoever delivers it understands. */
export type Reply = Record<string, unknown>;
/** `line`: it may be there already, so only a line says that what was asked for is done. */
export type Form = 'whole' | 'line';
/**
 * How one try to deliver went. `unknown`: it may be there all the same. `later`: it surely is not. `refused`: it never
 * will be. `misfit`: it is refused as it is. `rest`: what is still to be delivered, where a part has arrived.
 */
export type Tried = {
  kind: 'arrived' | 'unknown' | 'later' | 'refused' | 'misfit';
  waitMs?: number;
  rest?: Reply;
};
/** The bot implements it. It never throws. */
export type Deliver = (tenant: TenantId, reply: Reply, form: Form) => Promise<Tried>;

/**
 * Delivers answers. Whether something was done and whether its answer arrived are two things: an answer that did not is
 * kept, and tried again after the turn, here or by the sweep of any process. The same card is sent twice at most; when
 * both times nobody knows whether it is there, a line follows.
 */
export type Replies = {
  /** Delivers now what `once` kept as `id`, or what nobody kept yet. `refused`: nobody can be reached this way. */
  send: (tenant: TenantId, id: string, reply: Reply) => Promise<'refused' | undefined>;
  /** Delivers the kept one, if it is time for that and nobody else is at it. */
  sendLeft: (tenant: TenantId, id: string) => Promise<void>;
  /** Delivers all whose time has come. */
  sendDue: (tenant: TenantId) => Promise<void>;
};

type Way = Pick<MarkDoc, 'tries' | 'posts'>;
const triesLimit = 20;
/** The same card, and after that the same line. */
const [mostCards, mostPosts] = [2, 4];
const [firstWaitMs, longestWaitMs] = [500, 120_000];
/** Longer waits are the sweep's. */
const followedMs = 15_000;
const batch = 100;

/** What is written together with an answer: whose process ends before it is delivered leaves it to the sweep. */
export const dueSoon = (clock: Clock): Pick<MarkDoc, 'due'> => ({ due: new Date(clock().getTime() + leaseMs) });

/** What follows a try: nothing any more, or another at a later time. */
export function afterTry(
  { tries = 0, posts = 0 }: Way,
  { kind, waitMs = 0 }: Tried,
  now: Date,
  random: () => number = Math.random,
): (Required<Way> & { due: Date }) | undefined {
  const next = { tries: tries + 1, posts: kind === 'unknown' ? posts + 1 : kind === 'misfit' ? mostCards : posts };
  const isOver = kind === 'arrived' || kind === 'refused' || next.posts >= mostPosts || next.tries >= triesLimit;
  if (isOver) return undefined;
  const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** tries) * (0.5 + random() / 2);
  return { ...next, due: new Date(now.getTime() + Math.max(waitMs, backoff)) };
}

type Needs = {
  collections: Pick<Collections, 'marks'>;
  clock: Clock;
  log: Logger;
  later: (what: string, work: () => Promise<unknown>) => void;
};

export function createReplies({ collections: { marks }, clock, log, later }: Needs, deliver: Deliver): Replies {
  return {
    async send(tenant, id, reply) {
      const tried = await deliver(tenant, reply, 'whole');
      const next = afterTry({}, tried, clock());
      if (!next) later('note that an answer is delivered', () => settle(tenant, id));
      else {
        // Before the channel hears that it was taken: whose process ends now leaves the answer to the sweep.
        const kept = keep(tenant, id, tried.rest ?? reply, next);
        await kept.catch(() => undefined);
        later('deliver an answer', () => kept.then(() => follow(tenant, id, next.due)));
      }
      return tried.kind === 'refused' ? 'refused' : undefined;
    },
    sendLeft: (tenant, id) => follow(tenant, id, clock()),
    async sendDue(tenant) {
      const due = await marks.find(tenant, { due: { lte: clock() } }, { sort: { due: 1 }, limit: batch });
      for (const { id } of due) await tryDue(tenant, id);
    },
  };

  /** Tries until it is delivered, or the next try is too far away. */
  async function follow(tenant: TenantId, id: string, first: Date): Promise<void> {
    for (let due: Date | undefined = first; due; due = await tryDue(tenant, id)) {
      const waitMs = due.getTime() - clock().getTime();
      if (waitMs > followedMs) return;
      if (waitMs > 0) await pause(waitMs + 1);
    }
  }

  /** One try, if it is due and nobody else is at it. When the next one is, if there is one and this process made it. */
  async function tryDue(tenant: TenantId, id: string): Promise<Date | undefined> {
    const claimed = await update(marks, tenant, id, (now) =>
      now?.due && now.due <= clock() ? { ...now, ...dueSoon(clock) } : undefined,
    );
    if (claimed.kind === 'left') return undefined;
    const { answer = 'null', posts = 0, tries } = claimed.doc;
    const reply = JSON.parse(answer) as Reply;
    const tried = await deliver(tenant, reply, posts < mostCards ? 'whole' : 'line');
    const next = afterTry({ posts, tries }, tried, clock());
    if (next) await keep(tenant, id, tried.rest ?? reply, next);
    else await settle(tenant, id);
    if (!next && tried.kind !== 'arrived')
      log.warn({ mark: id, tried: tried.kind, posts, tries }, 'an answer was given up');
    return next?.due;
  }

  async function keep(tenant: TenantId, id: string, reply: Reply, way: Way & { due: Date }): Promise<void> {
    const at = clock();
    const fresh = { at, expires: new Date(at.getTime() + dayMs) };
    await update(marks, tenant, id, (now) => ({ ...(now ?? fresh), answer: JSON.stringify(reply), ...way }));
  }

  /** The mark stays, so that a second delivery does nothing; what was answered is not needed any more. */
  async function settle(tenant: TenantId, id: string): Promise<void> {
    await update(marks, tenant, id, (now) => {
      if (!now?.due) return undefined;
      const { due: _, posts: __, tries: ___, ...rest } = now;
      return { ...rest, answer: 'null' };
    });
  }
}
