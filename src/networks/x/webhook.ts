import { parseLossless } from '../../platform/losslessJson.js';
import { at, str } from '../http.js';
import { idIn } from '../reading.js';
import { type Deauthorization, type Delivery, isOfNow, isSame, mac, receiptOf, type Webhook } from '../webhook.js';

/**
 * X signs its events with the same key and in the same way as we have to sign its challenge. So a challenge is one word:
 * no text that could be read as an event is ever signed here, whoever asks.
 */
const challengeForm = /^[\w+/=.~-]{1,200}$/;

/** X asks about every hour: https://docs.x.com/x-api/webhooks/quickstart */
function answerChallenge(query: URLSearchParams, secret: string): { response_token: string } | undefined {
  const tokens = query.getAll('crc_token');
  const [token = ''] = tokens;
  if (tokens.length !== 1 || !challengeForm.test(token) || secret === '') return undefined;
  return { response_token: `sha256=${mac(secret, token).toString('base64')}` };
}

/** X's `oauth.revoke`, signed over the raw body: https://docs.x.com/x-api/activity/event-payloads */
function readRevokeEvent({ body, headers, secret, now }: Delivery): Deauthorization | undefined {
  const given = /^sha256=(.+)$/.exec(headers['x-twitter-webhooks-signature'] ?? '')?.[1] ?? '';
  const signature = mac(secret, body);
  if (!isSame(signature, Buffer.from(given, 'base64'))) return undefined;
  const data = at(parseLossless(body.toString()), 'data');
  if (str(data, 'event_type') !== 'oauth.revoke') return undefined;
  const id = idIn(data, 'payload', 'user_id');
  const when = new Date(str(data, 'payload', 'date_time') ?? Number.NaN);
  if (!id || !isOfNow(when, now)) return undefined;
  return { network: 'x', about: 'account', id, at: when, deleteData: false, receipt: receiptOf(signature) };
}

export const xWebhook: Webhook = {
  // The OAuth 1 consumer secret (API key secret): X signs with it, not with the OAuth 2.0 client secret.
  secretSetting: 'X_CONSUMER_SECRET',
  challenge: answerChallenge,
  read: readRevokeEvent,
};
