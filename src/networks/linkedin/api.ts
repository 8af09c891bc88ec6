export const api = 'https://api.linkedin.com';

/** Pinned: an old version is answered 426, and some months never had one. 202607 is served until 2027-07-15. */
export const linkedInVersion = '202607';
export const rest = { 'linkedin-version': linkedInVersion, 'x-restli-protocol-version': '2.0.0' };
