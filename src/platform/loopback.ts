/** Whether a host name, or the host of an address, is this machine: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return name === 'localhost' || name === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(name);
}

/** False for what is no address at all. */
export function isLoopbackUrl(url: string | URL): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}
