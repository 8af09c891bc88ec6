import { createHash, timingSafeEqual } from 'node:crypto';
import type { NetworkId } from '../../profiles/types.js';
import { type Call, json, Refused, type Reply, redirect } from './call.js';
import { consentPage, wrongPage } from './consent.js';
import type { Faults } from './faults.js';
import type { FakeAccount } from './people.js';
import type { FakeCode, FakeGrant, FakeToken, NetworkState } from './state.js';

/** A pretend app registration. */
export type FakeClient = { network: NetworkId; id: string; secret: string; name: string; scopes?: string[] };

export type FakeWorld = {
  state: NetworkState;
  faults: Faults;
  clients: FakeClient[];
  /** Whether an app registered this address. */
  mayReturnTo: (network: NetworkId, redirectUri: string) => boolean;
};

/** How one pretend network differs in its authorize step. */
export type Door = {
  network: NetworkId;
  label: string;
  colour: string;
  question: string;
  /** Every scope there is, and what it allows. */
  scopes: Record<string, string>;
  /** Needed to read the account: the `missingScope` fault takes this one away. */
  identify: string;
  mayUntick: boolean;
  pkce: 'required' | 'optional' | 'none';
  codePrefix: string;
  /** How long a code lives. */
  codeSeconds: number;
  accounts: FakeAccount[];
  /** More words in the address that goes back. */
  more?: Record<string, string>;
  declined?: { error: string; more?: Record<string, string> };
};

/** GET shows the consent page; POST is the person's answer to it. Both check the app's request first. */
export function authorize(world: FakeWorld, door: Door, call: Call): Reply {
  const client = world.clients.find((one) => one.network === door.network && one.id === call.query.get('client_id'));
  if (!client) return wrong(door, 'No app with this client id.');
  const redirectUri = call.query.get('redirect_uri') ?? '';
  if (!world.mayReturnTo(door.network, redirectUri))
    return wrong(door, 'This app did not register this redirect address.');
  const asked = (call.query.get('scope') ?? '').split(/[\s,]+/).filter(Boolean);
  const fault = requestFault(door, client, call.query, asked);
  if (fault) return back(redirectUri, call, { error: fault });
  if (call.method !== 'POST') {
    const scopes = asked.map((scope) => ({ scope, about: door.scopes[scope] ?? scope }));
    const { label, colour, mayUntick, accounts, question } = door;
    const html = consentPage({
      label,
      colour,
      mayUntick,
      accounts,
      question,
      scopes,
      app: client.name,
      back: new URL(redirectUri).host,
    });
    return { status: 200, html };
  }
  if (call.fields.get('decision') !== 'allow') {
    return back(redirectUri, call, {
      error: 'access_denied',
      ...door.declined?.more,
      ...(door.declined ? { error: door.declined.error } : {}),
    });
  }
  return back(redirectUri, call, { code: newCode(world, door, client, redirectUri, call, asked), ...door.more });
}

function requestFault(door: Door, client: FakeClient, query: URLSearchParams, asked: string[]): string | undefined {
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if ((query.get('state') ?? '').length > 500) return 'invalid_request';
  const challenge = query.get('code_challenge');
  if (door.pkce === 'required' && !challenge) return 'invalid_request';
  if (challenge && !/^(s256|plain)$/i.test(query.get('code_challenge_method') ?? 'plain')) return 'invalid_request';
  const open = client.scopes ?? Object.keys(door.scopes);
  if (asked.length === 0 || asked.some((scope) => !open.includes(scope))) return 'invalid_scope';
  return undefined;
}

function newCode(world: FakeWorld, door: Door, client: FakeClient, redirectUri: string, call: Call, asked: string[]) {
  const chosen = door.accounts.findIndex(({ id }) => id === call.fields.get('account'));
  if (chosen < 0) throw new Refused(wrong(door, 'Choose an account first.'));
  const other = world.faults.take(door.network, 'wrongAccount') ? 1 : 0;
  const account = door.accounts[(chosen + other) % door.accounts.length];
  const ticked = call.fields.get('pick') ? call.fields.getAll('scope') : asked;
  const challenge = call.query.get('code_challenge');
  const missing = world.faults.take(door.network, 'missingScope');
  const code: FakeCode = {
    network: door.network,
    clientId: client.id,
    redirectUri,
    scopes: asked.filter((scope) => ticked.includes(scope) && !(missing && scope === (missing.scope ?? door.identify))),
    account: account?.id ?? '',
    endsAt: world.state.now() + door.codeSeconds * 1000,
    ...(door.pkce !== 'none' && challenge
      ? {
          challenge: {
            value: challenge,
            method: /s256/i.test(call.query.get('code_challenge_method') ?? '') ? 'S256' : 'plain',
          },
        }
      : {}),
  };
  return world.state.addCode(door.codePrefix, code);
}

function back(redirectUri: string, call: Call, words: Record<string, string>): Reply {
  const to = new URL(redirectUri);
  for (const [name, value] of Object.entries(words)) to.searchParams.set(name, value);
  const state = call.query.get('state');
  if (state !== null) to.searchParams.set('state', state);
  return redirect(to);
}

function wrong(door: Door, why: string): Reply {
  return { status: 400, html: wrongPage(door.label, door.colour, why) };
}

/** Id and secret from Basic (percent-encoded or not: real clients do both) or from the fields. */
export function clientOf(
  world: FakeWorld,
  network: NetworkId,
  call: Call,
  fields: URLSearchParams,
): FakeClient | undefined {
  const basic = /^basic (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  const [basicId, ...basicSecret] = basic ? Buffer.from(basic, 'base64').toString().split(':') : [];
  const id = basicId ?? fields.get('client_id') ?? '';
  const secret = basicId === undefined ? (fields.get('client_secret') ?? '') : basicSecret.join(':');
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
export function spendCode(world: FakeWorld, client: FakeClient, fields: URLSearchParams): FakeGrant | undefined {
  const { state } = world;
  const code = state.code(fields.get('code') ?? '');
  if (!code || code.network !== client.network || code.clientId !== client.id) return undefined;
  if (code.usedFor) {
    // RFC 6749 section 4.1.2: a code used twice takes back what the first use gave.
    const grant = state.grant(code.usedFor);
    if (grant) grant.revoked = true;
    state.save();
    return undefined;
  }
  if (code.endsAt <= state.now() || code.redirectUri !== fields.get('redirect_uri')) return undefined;
  if (code.challenge && !verifies(code.challenge, fields.get('code_verifier') ?? '')) return undefined;
  const grant = state.addGrant({
    network: code.network,
    clientId: client.id,
    account: code.account,
    scopes: code.scopes,
  });
  code.usedFor = grant.id;
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
  value: string | undefined,
): Standing | 'unknown' | 'expired' | 'revoked' {
  const token = world.state.token(value ?? '');
  const grant = token && world.state.grant(token.grant);
  if (!token || !grant || grant.network !== door.network) return 'unknown';
  if (grant.revoked || world.faults.take(door.network, 'revoked')) return 'revoked';
  const late = token.endsAt !== undefined && token.endsAt <= world.state.now();
  if (late || (token.kind !== 'refresh' && world.faults.take(door.network, 'expired'))) return 'expired';
  const missing = world.faults.take(door.network, 'missingScope');
  const scopes = grant.scopes.filter((scope) => !(missing && scope === (missing.scope ?? door.identify)));
  return { token, grant, scopes };
}

export const oauthError = (status: number, error: string, description: string): Reply =>
  json(status, { error, error_description: description });
