import { parseLossless } from '../../platform/losslessJson.js';
import { at, str } from '../http.js';
import { type Deauthorization, type Delivery, isSame, mac, type Webhook } from '../webhook.js';

/** X asks about every hour: https://docs.x.com/x-api/webhooks/quickstart */
function answerChallenge(query: URLSearchParams, secret: string): { response_token: string } | undefined {
  const token = query.get('crc_token');
  return token && secret ? { response_token: `sha256=${mac(secret, token).toString('base64')}` } : undefined;
}

/** X's `oauth.revoke`, signed over the raw body: https://docs.x.com/x-api/activity/event-payloads */
function readRevokeEvent({ body, headers, secret, now }: Delivery): Deauthorization | undefined {
  const signature = /^sha256=(.+)$/.exec(headers['x-twitter-webhooks-signature'] ?? '')?.[1] ?? '';
  if (!isSame(mac(secret, body), Buffer.from(signature, 'base64'))) return undefined;
  const data = at(parseLossless(body.toString()), 'data');
  if (str(data, 'event_type') !== 'oauth.revoke') return undefined;
  const id = str(data, 'payload', 'user_id');
  const when = new Date(str(data, 'payload', 'date_time') ?? now);
  if (!id || Number.isNaN(when.getTime())) return undefined;
  return { network: 'x', about: 'account', id, at: when, deleteData: false };
}

export const xWebhook: Webhook = {
  // The OAuth 1 consumer secret (API key secret): X signs with it, not with the OAuth 2.0 client secret.
  secretSetting: 'X_CONSUMER_SECRET',
  challenge: answerChallenge,
  read: readRevokeEvent,
};
