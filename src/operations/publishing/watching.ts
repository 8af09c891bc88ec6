import { mayWatch } from '../../rules/publishing/approving.js';
import type { Intent } from '../../rules/publishing/intent.js';
import { after, minuteMs } from '../../rules/publishing/times.js';
import type { Video } from '../../rules/publishing/video.js';
import type { Actor } from '../../rules/types.js';
import { readRange } from '../../store/sealedFiles.js';
import type { Outcome } from '../core/outcome.js';
import type { Needs } from '../core/parts.js';
import { hashOf, makeTicket, tenantOf } from '../linkouts/tickets.js';
import { authenticate } from '../people/actor.js';

const livesMs = 30 * minuteMs;

/** A page for one person and one post. */
export async function watchOutcome(
  { collections, clock, baseUrl }: Needs<'collections' | 'clock' | 'baseUrl'>,
  { tenant, id: person }: Actor,
  intent: string,
): Promise<Outcome> {
  const ticket = makeTicket(tenant);
  const expires = after(clock(), livesMs);
  await collections.watchPages.insert({ tenant, id: hashOf(ticket), version: 1, person, intent, expires });
  return { kind: 'watch', intent, address: `${baseUrl}/watch/${ticket}` };
}

export type Watched = { actor: Actor; intent: Intent; video: Video };

/** What an address leads to, for as long as its person may look at it: asked anew for each piece of the video. */
export async function watchedAt(
  services: Needs<'collections' | 'policies' | 'admins' | 'later' | 'clock'>,
  ticket: string,
): Promise<Watched | undefined> {
  const { collections, clock } = services;
  const tenant = tenantOf(ticket);
  const page = tenant && (await collections.watchPages.get(tenant, hashOf(ticket)));
  if (!page || page.expires <= clock()) return undefined;
  const intent = await collections.intents.get(tenant, page.intent);
  const profile = intent && (await collections.profiles.get(tenant, intent.profile));
  if (!intent?.video) return undefined;
  const { actor } = await authenticate(services, { tenant, id: page.person, name: '' });
  return mayWatch(intent, profile, actor, clock()) ? { actor, intent, video: intent.video } : undefined;
}

/** Some of its bytes; undefined: they are not kept any more. */
export const bytesOf = (
  { files }: Needs<'files'>,
  { intent: { tenant }, video }: Watched,
  from: number,
  to: number,
): Promise<Buffer | undefined> => readRange(files, { tenant, file: video.id }, from, to);
