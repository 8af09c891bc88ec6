import { clockSkewMs, realTimeMs } from '../platform/clock.js';
import type { Settings } from '../settings.js';
import { type Finding, ok, wrong } from './finding.js';

const timeoutMs = 8_000;
/** Teams' tokens and Entra's are refused beyond five minutes; sweeps and leases bear half a minute. */
const worstSkewMs = 5 * 60_000;

/** BASE_URL leads to the running bot, with a certificate that others trust; and this machine's clock is right. */
export async function checkAddress({ baseUrl }: Settings): Promise<Finding[]> {
  if (!baseUrl) return [];
  try {
    const response = await fetch(`${baseUrl}/healthz`, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    const isOurs = response.status === 200 && text.includes('"alive"');
    const fix = 'Start the bot first; then see where the proxy in front of it sends this address.';
    if (!isOurs) return [wrong('BASE_URL', `${baseUrl} is answered by something else (${response.status}).`, fix)];
    const found = [ok('BASE_URL', `${baseUrl} leads to the running bot`), ...skewOf(response.headers.get('date'))];
    return [...found, await checkReturns(baseUrl)];
  } catch (error) {
    return [unreachable(baseUrl, error)];
  }
}

/** Where networks send browsers back to: a proxy that lets only /api/messages through is met by people, much later. */
async function checkReturns(baseUrl: string): Promise<Finding> {
  const path = `${baseUrl}/link/callback/doctor`;
  const fix = 'Let the proxy pass on /link/, /tab/ and /callback/ as well, with their query.';
  try {
    const response = await fetch(path, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    // Our own pages say so by what they forbid; a proxy's own 404 does not.
    const isOurs = response.headers.get('content-security-policy')?.includes("default-src 'none'") && text !== '';
    if (isOurs) return ok('/link/', 'people can come back from a sign-in');
    return wrong('/link/', `${path} does not lead to the bot (${response.status}).`, fix);
  } catch {
    return wrong('/link/', `${path} is not answered.`, fix);
  }
}

function unreachable(baseUrl: string, error: unknown): Finding {
  const code = String((error as { cause?: { code?: unknown } }).cause?.code ?? 'no answer');
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
  if (isTls) {
    const fix = 'Put a certificate on it, with its chain, that Teams and browsers trust and that names this host.';
    return wrong('BASE_URL', `the certificate of ${baseUrl} is not trusted (${code}).`, fix);
  }
  const fix = 'See that the name is known, the proxy runs, and the bot behind it. Start the bot before the doctor.';
  return wrong('BASE_URL', `${baseUrl} cannot be reached from here (${code}).`, fix);
}

/** By the clock of whatever answered, to the second. */
function skewOf(date: string | null): Finding[] {
  const there = date ? Date.parse(date) : Number.NaN;
  return Number.isNaN(there) ? [] : [skew(Math.abs(there - realTimeMs()))];
}

function skew(apartMs: number): Finding {
  const seconds = Math.round(apartMs / 1000);
  const fix = 'Let this machine keep its time by NTP.';
  if (apartMs > worstSkewMs) return wrong('clock', `it is ${seconds} s off: tokens will be refused.`, fix);
  return apartMs > clockSkewMs ? wrong('clock', `it is ${seconds} s off.`, fix) : ok('clock', 'it is right');
}
