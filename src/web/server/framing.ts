/** Where Teams shows the pages of an app: learn.microsoft.com, "Tab requirements". */
const teamsHosts = [
  'https://*.cloud.microsoft',
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.microsoft365.com',
  'https://*.office.com',
];

/** Of a page that Teams shows in a frame. `here`: pages of this very server too, since the sandbox stands in for Teams. */
export const frameAncestors = (here: boolean): string =>
  `frame-ancestors ${[...(here ? ["'self'"] : []), ...teamsHosts].join(' ')}`;
