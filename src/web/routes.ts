import type { Parts } from '../operations/core/parts.js';
import type { WebhookSecrets } from '../operations/signins/webhooks.js';
import type { Outbound } from '../platform/outbound.js';
import { composeHandlers } from './compose/compose.js';
import { dialogScript } from './compose/inDialog.js';
import { videoHandlers } from './compose/video.js';
import { linkHandlers } from './links/link.js';
import { mediaHandler } from './media/media.js';
import { privacyPage, termsPage } from './ops/about.js';
import { addProbes, type Probed } from './ops/probes.js';
import type { WebHandler } from './server/exchange.js';
import type { WebServer } from './server/server.js';
import { watchHandlers } from './watch/watch.js';
import { webhookHandlers } from './webhooks/webhooks.js';

export type RouteParts = {
  services: Parts;
  /** `POST /api/messages`. */
  door: WebHandler;
  /** Where the person's chat with the bot is, for the pages of a sign-in. */
  chat: string;
  webhookSecrets: WebhookSecrets;
  /** The pages that Teams shows are framed by pages of this very server too. */
  framedHere: boolean;
  /** How a browser reaches what networks give the address of. */
  outbound: Outbound;
} & Probed;

/** Every address this bot answers, but for the tab's. */
export function addRoutes(
  server: WebServer,
  { services, door, chat, webhookSecrets, framedHere, outbound, ...probed }: RouteParts,
): void {
  server.route('post', '/api/messages', door);
  const link = linkHandlers(services, chat, outbound);
  server.route('get', '/link/:id', link.look);
  server.route('post', '/link/:id', link.go);
  server.route('get', '/link/callback/:network', link.back);
  const compose = composeHandlers(services, framedHere);
  server.route('get', '/compose/dialog.js', dialogScript);
  server.route('get', '/compose/:id', compose.look);
  server.route('post', '/compose/:id', compose.add);
  const video = videoHandlers(services);
  server.route('post', '/compose/:id/video', video.begin);
  server.route('post', '/compose/:id/video/done', video.done);
  server.route('put', '/compose/:id/video/:part', video.part);
  const watch = watchHandlers(services);
  server.route('get', '/watch/:id', watch.look);
  server.route('get', '/watch/:id/video', watch.play);
  const media = mediaHandler(services);
  server.route('get', '/media/:id', media);
  server.route('head', '/media/:id', media);
  const webhooks = webhookHandlers(services, webhookSecrets);
  server.route('post', '/callback/:network/revoked', webhooks.revoked);
  server.route('get', '/callback/:network/revoked', webhooks.challenge);
  server.route('post', '/callback/:network/deletion', webhooks.deletion);
  server.route('get', '/callback/deletion/:code', webhooks.status);
  server.route('get', '/privacy', privacyPage);
  server.route('get', '/terms', termsPage);
  addProbes(server, probed);
}
