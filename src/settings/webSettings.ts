import { isIP } from 'node:net';
import { isLoopbackUrl } from '../platform/loopback.js';
import type { SettingsReader } from '../platform/settingsReader.js';

export type MetricsPlace = { port: number; host: string };

/** How browsers reach the bot: an address of https with nothing after the host, or on loopback. */
export function readBaseUrl(read: SettingsReader, mode: 'sandbox' | 'production'): string | undefined {
  const url = read.url('BASE_URL');
  if (!read.text('BASE_URL') && mode === 'production') {
    return read.problem('BASE_URL must say how browsers reach this bot, such as https://social.contoso.com.');
  }
  if (!url) return undefined;
  if (mode === 'sandbox' && !isLoopbackUrl(url)) {
    read.problem(
      'BASE_URL is not on loopback, so MicrosoftAppId and its partners must be set: without them it is a sandbox.',
    );
  }
  if (url.protocol !== 'https:' && !isLoopbackUrl(url)) read.problem('BASE_URL must start with https://.');
  if (url.pathname !== '/' || url.search || url.hash) {
    read.problem(
      'BASE_URL must end after the host, as https://social.contoso.com does: the bot needs a host of its own.',
    );
  }
  return url.origin;
}

/** On loopback unless somebody says otherwise: the numbers are for the operator, not for whoever finds the address. */
export function readMetrics(read: SettingsReader): MetricsPlace | undefined {
  const host = read.text('METRICS_HOST');
  if (!read.text('METRICS_PORT')) {
    return host ? read.problem('METRICS_HOST is set, so METRICS_PORT must be set too.') : undefined;
  }
  if (host && isIP(host) === 0) read.problem('METRICS_HOST must be an IP address of this machine, such as 0.0.0.0.');
  const port = read.count('METRICS_PORT', 0, [0, 65_535]);
  if (port !== 0 && port === read.count('PORT', 3978, [0, 65_535])) {
    read.problem('METRICS_PORT must be another port than PORT.');
  }
  return { port, host: host ?? '127.0.0.1' };
}
