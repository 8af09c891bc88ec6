import { type Call, Refused, type Reply, redirect } from './call.js';
import { consentPage, wrongPage } from './consent.js';
import { type Door, type FakeClient, type FakeWorld, isTaken } from './door.js';
import type { FakeCode } from './state.js';

/** An app's request that passed the checks. */
type Asked = { client: FakeClient; redirectUri: string; scopes: string[] };

/** GET shows the consent page; POST is the person's answer to it. Both check the app's request first. */
export function authorize(world: FakeWorld, door: Door, call: Call): Reply {
  const client = world.clients.find((one) => one.network === door.network && one.id === call.query.get('client_id'));
  if (!client) return wrong(door, 'No app with this client id.');
  const redirectUri = call.query.get('redirect_uri') ?? '';
  if (!world.mayReturnTo(redirectUri)) return wrong(door, 'This app did not register this redirect address.');
  const scopes = (call.query.get('scope') ?? '').split(/[\s,]+/).filter(Boolean);
  const asked = { client, redirectUri, scopes };
  const fault = requestFault(door, asked, call.query);
  if (fault) return back(door, asked, call, { error: fault });
  if (call.method !== 'POST') return { status: 200, html: consentPage({ ...door, ...shown(door, asked) }) };
  if (call.fields.get('decision') !== 'allow') return back(door, asked, call, door.declined);
  return back(door, asked, call, { code: newCode(world, door, asked, call) });
}

function requestFault(door: Door, { client, scopes }: Asked, query: URLSearchParams): string | undefined {
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if ((query.get('state') ?? '').length > 500) return 'invalid_request';
  const challenge = query.get('code_challenge');
  if (door.pkce === 'required' && !challenge) return 'invalid_request';
  // One real client writes the method in small letters.
  if (challenge && !/^(s256|plain)$/i.test(query.get('code_challenge_method') ?? 'plain')) return 'invalid_request';
  const open = client.scopes ?? Object.keys(door.scopes);
  if (scopes.length > 0 && scopes.every((scope) => open.includes(scope))) return undefined;
  return door.network === 'linkedin' ? 'unauthorized_scope_error' : 'invalid_scope';
}

function shown(door: Door, { client, redirectUri, scopes }: Asked) {
  return {
    app: client.name,
    back: new URL(redirectUri).host,
    scopes: scopes.map((scope) => ({ scope, about: door.scopes[scope] ?? scope })),
  };
}

function newCode(world: FakeWorld, door: Door, asked: Asked, call: Call): string {
  const account = chosenAccount(world, door, call);
  const challenge = call.query.get('code_challenge');
  const method = /s256/i.test(call.query.get('code_challenge_method') ?? '') ? 'S256' : 'plain';
  const code: FakeCode = {
    network: door.network,
    clientId: asked.client.id,
    redirectUri: asked.redirectUri,
    asked: asked.scopes,
    scopes: granted(world, door, asked, account, call),
    account,
    endsAt: world.state.now() + door.codeSeconds * 1000,
    ...(door.pkce !== 'none' && challenge ? { challenge: { value: challenge, method } } : {}),
  };
  return world.state.addCode(door.codePrefix, code);
}

function chosenAccount(world: FakeWorld, door: Door, call: Call): string {
  const chosen = door.accounts.findIndex(({ id }) => id === call.fields.get('account'));
  if (chosen < 0) throw new Refused(wrong(door, 'Choose an account first.'));
  // The fault: somebody was signed in as another one already, and did not look.
  const other = world.faults.take(door.network, 'wrongAccount') ? 1 : 0;
  return door.accounts[(chosen + other) % door.accounts.length]?.id ?? '';
}

/** What was asked, less what the person unticked, what they declined before, and what the fault takes. */
function granted(world: FakeWorld, door: Door, asked: Asked, account: string, call: Call): string[] {
  const ticked = call.fields.get('pick') ? call.fields.getAll('scope') : asked.scopes;
  const again = door.askAgain && call.query.get(door.askAgain.name) !== door.askAgain.value;
  const declined = again ? declinedBefore(world, door, asked.client.id, account) : [];
  const missing = world.faults.take(door.network, 'missingScope');
  return asked.scopes.filter(
    (scope) => ticked.includes(scope) && !declined.includes(scope) && !(missing && isTaken(door, missing, scope)),
  );
}

function declinedBefore(world: FakeWorld, door: Door, clientId: string, account: string): string[] {
  const grants = world.state.grantsWhere(
    (grant) => grant.network === door.network && grant.clientId === clientId && grant.account === account,
  );
  return grants.filter(({ revoked }) => !revoked).flatMap(({ declined }) => declined ?? []);
}

function back(door: Door, asked: Asked, call: Call, words: Record<string, string>): Reply {
  const to = new URL(asked.redirectUri);
  for (const [name, value] of Object.entries(words)) to.searchParams.set(name, value);
  const state = call.query.get('state');
  if (state !== null) to.searchParams.set('state', state);
  if (door.fragment) to.hash = door.fragment;
  return redirect(to);
}

function wrong(door: Door, why: string): Reply {
  return { status: 400, html: wrongPage(door.label, door.colour, why) };
}
