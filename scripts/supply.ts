/** What is shipped beside the own code: every production dependency, from package-lock.json. */
type Locked = { version?: string; license?: string; integrity?: string; dev?: boolean; link?: boolean };
export type Lock = { packages: Record<string, Locked> };
export type Shipped = { name: string; version: string; license: string; integrity: string | undefined };

/** Licences that ask for no more than to be named: SPDX ids, https://spdx.org/licenses. */
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
]);

/** Packages whose package.json names none in today's form; read in their own files, for the version that is named. */
const readByHand: Readonly<Record<string, string>> = {
  'escape-regexp-component@1.0.2': 'MIT',
  'jspath@0.4.0': 'MIT',
  'twitter-text@3.1.0': 'Apache-2.0',
};

/**
 * More than named they ask to be left replaceable: libvips comes as a library file of its own, unchanged, which anybody may put
 * another in place of (LGPL 3, section 4). `sharp` loads it.
 */
const replaceable = /^@img\/sharp-(libvips-|win32-|wasm32$|freebsd-wasm32$|webcontainers-wasm32$)/;
const lesser = /^(Apache-2\.0 AND )?LGPL-3\.0-or-later( AND MIT)?$/;

/** Whether it may be shipped with this licence. */
export function mayShip({ name, license }: Pick<Shipped, 'name' | 'license'>): boolean {
  return isAllowed(license) || (replaceable.test(name) && lesser.test(license));
}

/** Production dependencies, each version once, by name. */
export function shippedOf({ packages }: Lock): Shipped[] {
  const found = new Map<string, Shipped>();
  for (const [path, { version = '', license, integrity, dev, link }] of Object.entries(packages)) {
    if (path === '' || dev || link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const key = `${name}@${version}`;
    found.set(key, { name, version, license: license ?? readByHand[key] ?? 'unknown', integrity });
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

/** An expression of SPDX: one side of an OR is enough, every side of an AND is needed. */
export function isAllowed(license: string): boolean {
  const text = license.replaceAll(/^\(|\)$/g, '');
  if (text.includes(' OR ')) return text.split(' OR ').some(isAllowed);
  if (text.includes(' AND ')) return text.split(' AND ').every(isAllowed);
  return allowed.has(text);
}
