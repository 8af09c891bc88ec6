/**
 * An address that a network named for bytes to go to, where it is at one of these hosts: a token or a secret goes along, so
 * nothing else gets it. Undefined when it is anywhere else, on another port, not by HTTPS, or has a user in it.
 */
export function ownAddress(text: string, host: RegExp): URL | undefined {
  if (text.length > longest || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isOwn = url.protocol === 'https:' && host.test(url.hostname) && url.port === '' && url.username === '';
  return isOwn ? url : undefined;
}
const longest = 4096;
