import { bearerOf, type Call, json, type Reply } from './call.js';

/** An error as the Graph API words it. */
export function metaError(code: number, message: string, more: { subcode?: number; status?: number } = {}): Reply {
  const type = 'OAuthException';
  const error = {
    message,
    type,
    code,
    ...(more.subcode ? { error_subcode: more.subcode } : {}),
    fbtrace_id: 'Apretend',
  };
  const challenge = `OAuth "Facebook Platform" "invalid_token" "${message}"`;
  return json(more.status ?? 400, { error }, code === 190 ? { 'www-authenticate': challenge } : {});
}

/** The real texts quote what was sent: a token must not get from here into a log. */
export function tokenError(why: 'unknown' | 'expired' | 'revoked', token: string): Reply {
  if (why === 'expired') return metaError(190, 'Error validating access token: Session has expired.', { subcode: 463 });
  if (why === 'revoked') {
    const message = 'Error validating access token: The user has not authorized application.';
    return metaError(190, message, { subcode: 458 });
  }
  return metaError(190, `Malformed access token ${token}`);
}

/** Business limits name the minutes until access is regained. */
export function limitedByMeta(code: number, type: string, seconds: number): Reply {
  const minutes = Math.ceil(seconds / 60);
  const use = { type, call_count: 100, total_cputime: 30, total_time: 30, estimated_time_to_regain_access: minutes };
  const reply = metaError(code, 'There have been too many calls to this account. Wait a bit and try again.');
  return {
    ...reply,
    headers: {
      'x-app-usage': JSON.stringify({ call_count: 100, total_cputime: 30, total_time: 30 }),
      'x-business-use-case-usage': JSON.stringify({ '100000000000001': [use] }),
    },
  };
}

/** A token from the header, the query or the form: clients do all three. */
export function metaTokenOf(call: Call): string {
  return bearerOf(call) ?? call.query.get('access_token') ?? call.fields.get('access_token') ?? '';
}

/** `id,name,picture{url}` as names, with what stands in braces left to the caller. */
export function fieldsOf(call: Call): string[] {
  const bare = (call.query.get('fields') ?? '').replace(/\{[^}]*\}|\.[a-z]+\([^)]*\)/g, '');
  return bare.split(',').map((field) => field.trim());
}

/** Only the asked fields; `id` comes always. */
export function only(record: Record<string, unknown>, fields: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => value !== undefined && (name === 'id' || fields.includes(name))),
  );
}

/** Whether whoever calls may do that as this Instagram account; else what they are told. */
export type MayAct = (account: string, act?: Act) => Reply | undefined;
export type Act = 'publish' | 'comment' | 'like';
