import type { Operation } from '../../rules/operation.js';
import { after, minuteMs } from '../../rules/publishing/times.js';
import type { Actor } from '../../rules/types.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { hashOf, makeTicket } from '../linkouts/tickets.js';

const livesMs = 10 * minuteMs;

/** A page for one preview of one person: its address works once, for ten minutes. */
export async function picturesOutcome(
  services: Needs<'collections' | 'clock' | 'baseUrl'>,
  { tenant, id, name, timeZone }: Actor,
  { posting, video }: Extract<Operation, { kind: 'pictures' }>,
): Promise<Outcome> {
  const ticket = makeTicket(tenant);
  const expires = after(services.clock(), livesMs);
  const what = video ? { what: 'video' as const } : {};
  const page = { tenant, id: hashOf(ticket), version: 1, person: id, personName: name, timeZone, posting, expires };
  await services.collections.picturePages.insert({ ...page, ...what });
  return { kind: 'pictures', posting, ...(video ? { video } : {}), address: `${services.baseUrl}/compose/${ticket}` };
}
