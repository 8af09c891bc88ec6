import type { Parts } from '../../operations/core/parts.js';
import { askNetwork, deletionDone, doubt, eraseData } from '../../operations/signins/deauthorizations.js';
import { type WebhookSecrets, webhookOf } from '../../operations/signins/webhooks.js';
import { dayOf } from '../../rules/days.js';
import type { WebAnswer, WebHandler, WebRequest } from '../server/exchange.js';
import { html, page, pageHeaders } from '../server/html.js';

const unknown: WebAnswer = { status: 404 };
const notSigned: WebAnswer = { status: 401 };

/**
 * Where networks tell that somebody took this app's access away (`/callback/<network>/revoked`) or asks for deletion
 * (`/callback/<network>/deletion`). Nothing is looked at without the network's signature over the raw body, and of access
 * that is said to be gone the network itself is asked.
 */
export function webhookHandlers(services: Parts, secrets: WebhookSecrets) {
  const named = ({ params }: WebRequest) => webhookOf(services, secrets, params.network);

  const event = async (request: WebRequest, kind: 'revoked' | 'deletion') => {
    const webhook = named(request);
    if (!webhook) return 'unknown';
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    return webhook.read(kind, await request.raw(), headers);
  };

  const revoked: WebHandler = async (request) => {
    const ended = await event(request, 'revoked');
    if (ended === 'unknown') return unknown;
    if (!ended) return notSigned;
    const doubted = await doubt(services, ended);
    // The network waits a few seconds at most, and sends again when the answer is late: the work comes after it.
    services.later('ask about a deauthorization', () => askNetwork(services, doubted));
    return { status: 200 };
  };

  const deletion: WebHandler = async (request) => {
    const answer = named(request)?.deletionAnswer;
    const ended = await event(request, 'deletion');
    if (ended === 'unknown' || !answer) return unknown;
    if (!ended) return notSigned;
    const code = await eraseData(services, ended);
    return { status: 200, body: answer(`${services.baseUrl}/callback/deletion/${code}`, code) };
  };

  /** The network asks whether we hold the secret it signs with. */
  const challenge: WebHandler = async (request) => {
    const answer = named(request)?.challenge(request.url.searchParams);
    return answer ? { status: 200, body: answer } : unknown;
  };

  const status: WebHandler = async ({ params }) => {
    const done = await deletionDone(services, params.code ?? '');
    if (!done)
      return {
        status: 404,
        headers: pageHeaders,
        body: page('Nothing to see', html`<p>No deletion has this code.</p>`),
      };
    const day = dayOf(done);
    const body = html`<p>Every sign-in of that account was removed on ${day}. Nothing else of it is kept.</p>`;
    return { status: 200, headers: pageHeaders, body: page('Deleted', body) };
  };

  return { revoked, deletion, challenge, status };
}
