import { networkRow } from '../../networks/index.js';
import type { Deauthorization } from '../../networks/webhook.js';
import { type NetworkId, networkIds } from '../../rules/types.js';
import type { Needs } from '../core/parts.js';

/** The secrets that networks sign their webhooks with; without one, nothing of that network is read. */
export type WebhookSecrets = Partial<Record<NetworkId, string>>;

type Headers = Record<string, string | undefined>;
/** What one network's webhooks say. */
export type Webhook = {
  /** Undefined: it was not signed by the network. */
  read: (kind: 'revoked' | 'deletion', body: Buffer, headers: Headers) => Promise<Deauthorization | undefined>;
  /** The answer to its question whether we hold the secret. */
  challenge: (query: URLSearchParams) => string | object | undefined;
  /** How it wants to be told where a deletion can be looked up; undefined: it asks for none. */
  deletionAnswer: ((address: string, code: string) => object) | undefined;
};

/** The webhooks of the network that an address names. Undefined: no such network, or it is not set up here. */
export function webhookOf(
  { clock }: Needs<'clock'>,
  secrets: WebhookSecrets,
  named: string | undefined,
): Webhook | undefined {
  const network = networkIds.find((id) => id === named);
  const reader = network && networkRow(network).webhook;
  const secret = network && secrets[network];
  if (!reader || !secret) return undefined;
  return {
    read: async (kind, body, headers) => reader.read({ body, headers, secret, now: clock() }, kind),
    challenge: (query) => reader.challenge?.(query, secret),
    deletionAnswer: reader.deletionAnswer,
  };
}
