import { createHash, timingSafeEqual } from 'node:crypto';
import type { NetworkId } from '../../rules/types.js';
import { type Call, json, type Reply } from './call.js';
import { type Door, type FakeClient, type FakeWorld, isTaken } from './door.js';
import type { FakeCode, FakeGrant, FakeToken } from './state.js';

/** Id and secret from Basic (percent-encoded or not: real clients do both) or from the fields. */
export function clientOf(world: FakeWorld, network: NetworkId, call: Call): FakeClient | undefined {
  const basic = /^basic (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (!basic) return clientIn(world, network, call.fields);
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':');
  return registered(world, network, id, secret.join(':'));
}

/** Id and secret from a form or a query only. */
export function clientIn(world: FakeWorld, network: NetworkId, fields: URLSearchParams): FakeClient | undefined {
  return registered(world, network, fields.get('client_id') ?? '', fields.get('client_secret') ?? '');
}

function registered(world: FakeWorld, network: NetworkId, id: string, secret: string): FakeClient | undefined {
  return world.clients.find((one) => one.network === network && matches(one.id, id) && matches(one.secret, secret));
}

function matches(expected: string, given: string): boolean {
  return same(expected, given) || same(expected, decoded(given));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', '%20'));
  } catch {
    return value;
  }
}

export function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Spends a code: once, in time, by the same app, from the same address, with the right verifier. Else undefined. */
export function spendCode(
  world: FakeWorld,
  door: Door,
  client: FakeClient,
  fields: URLSearchParams,
): FakeGrant | undefined {
  const { state } = world;
  const code = state.code(fields.get('code') ?? '');
  if (!code || code.network !== client.network || code.clientId !== client.id) return undefined;
  if (code.usedFor) {
    // RFC 6749 section 4.1.2: a code used twice takes back what the first use gave.
    const grant = state.grant(code.usedFor);
    if (grant && !door.isShared) grant.revoked = true;
    state.save();
    return undefined;
  }
  if (code.endsAt <= state.now() || code.redirectUri !== fields.get('redirect_uri')) return undefined;
  if (code.challenge && !verifies(code.challenge, fields.get('code_verifier') ?? '')) return undefined;
  const grant = (door.isShared && widened(world, code)) || newGrant(world, code);
  code.usedFor = grant.id;
  return grant;
}

function newGrant(world: FakeWorld, code: FakeCode): FakeGrant {
  const { network, clientId, account, scopes, asked } = code;
  const declined = asked.filter((scope) => !scopes.includes(scope));
  return world.state.addGrant({ network, clientId, account, scopes, declined });
}

/** The permission the person gave this app before, with what the new consent adds and takes. */
function widened(world: FakeWorld, code: FakeCode): FakeGrant | undefined {
  const [grant] = world.state.grantsWhere(
    (one) =>
      one.network === code.network && one.clientId === code.clientId && one.account === code.account && !one.revoked,
  );
  if (!grant) return undefined;
  const declined = code.asked.filter((scope) => !code.scopes.includes(scope));
  grant.scopes = [...new Set([...grant.scopes, ...code.scopes])].filter((scope) => !declined.includes(scope));
  grant.declined = declined;
  return grant;
}

function verifies(challenge: { value: string; method: 'S256' | 'plain' }, verifier: string): boolean {
  if (verifier === '') return false;
  const made = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return same(challenge.value, made);
}

export type Standing = { token: FakeToken; grant: FakeGrant; scopes: string[] };

/** What a token is worth now, faults included: a standing, or why it is worth nothing. */
export function standing(
  world: FakeWorld,
  door: Door,
  value: string | null | undefined,
): Standing | 'unknown' | 'expired' | 'revoked' {
  const token = world.state.token(value ?? '');
  const grant = token && world.state.grant(token.grant);
  if (!token || !grant || grant.network !== door.network) return 'unknown';
  if (grant.revoked || world.faults.take(door.network, 'revoked')) return 'revoked';
  const late = token.endsAt !== undefined && token.endsAt <= world.state.now();
  if (late || (token.kind !== 'refresh' && world.faults.take(door.network, 'expired'))) return 'expired';
  const missing = world.faults.take(door.network, 'missingScope');
  const scopes = grant.scopes.filter((scope) => !(missing && isTaken(door, missing, scope)));
  return { token, grant, scopes };
}

export const oauthError = (status: number, error: string, description: string): Reply =>
  json(status, { error, error_description: description });
