import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../src');
const longestFile = 250;
const importStatement =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

type Import = { what: string; isDynamic: boolean; isType: boolean };
type File = { name: string; folder: string; text: string; imports: Import[] };

/** `a/b.ts` from `src`, with what it imports: other files as `a/b.js`, packages by name. */
const files: File[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(sep).join('/'))
  .filter((name) => /\.ts$/.test(name))
  .map((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const imports = [...text.matchAll(importStatement)].map(([statement, from, bare, dynamic]) => {
      const what = from ?? bare ?? dynamic ?? '';
      return {
        what: what.startsWith('.') ? posix.join(posix.dirname(name), what) : what,
        isDynamic: dynamic !== undefined,
        // Gone when it runs.
        isType: /^\s*(import|export)\s+type\b/.test(statement),
      };
    });
    return { name, folder: folderOf(name), text, imports };
  });

function folderOf(name: string): string {
  return name.includes('/') ? (name.split('/')[0] ?? '') : '';
}

/** Folders of `src` that each folder may import. The files at the top join the parts; nothing imports them. */
const arrows: Record<string, readonly string[]> = {
  platform: ['platform'],
  settings: ['settings', 'rules', 'store', 'directory', 'networks', 'platform'],
  rules: ['rules'],
  store: ['store', 'rules', 'platform'],
  directory: ['directory', 'rules', 'platform'],
  networks: ['networks', 'rules', 'platform'],
  operations: ['operations', 'rules', 'store', 'directory', 'networks', 'platform'],
  bot: ['bot', 'operations', 'rules', 'platform'],
  web: ['web', 'operations', 'rules', 'platform'],
  // Looks at what the start joins, so it may read settings as the start does.
  doctor: ['', 'doctor', 'rules', 'store', 'directory', 'networks', 'platform'],
  // Registers what the directory and the tab need.
  setup: ['setup', 'directory', 'web', 'platform'],
  sweeps: ['sweeps', 'operations', 'rules', 'store', 'directory', 'networks', 'platform'],
};

const usersOf = (name: string, isDynamic?: boolean) =>
  files.filter(({ imports }) =>
    imports.some(
      (one) =>
        (one.what === name || one.what.startsWith(`${name}/`)) &&
        (isDynamic === undefined || one.isDynamic === isDynamic),
    ),
  );

describe('the source', () => {
  it('is really read', () => {
    assert.ok(files.length > 50);
    assert.ok(usersOf('botbuilder').length > 0);
    assert.ok(files.every(({ name }) => !relative(root, join(root, name)).startsWith('..')));
  });

  for (const [folder, allowed] of Object.entries(arrows)) {
    it(`keeps the arrows of ${folder}/ one way`, () => {
      const wrong = files
        .filter((file) => file.folder === folder)
        .flatMap(({ name, imports }) =>
          imports
            .filter(
              ({ what }) => /\.js$/.test(what) && files.some((file) => file.name === what.replace(/\.js$/, '.ts')),
            )
            .filter(({ what }) => !allowed.includes(folderOf(what)))
            .map(({ what }) => `${name} -> ${what}`),
        );
      assert.deepEqual(wrong, []);
    });
  }

  it('has pure rules: rules/ imports nothing but itself', () => {
    const wrong = files
      .filter(({ folder }) => folder === 'rules')
      .flatMap(({ name, imports }) =>
        imports
          .filter(({ what }) => folderOf(what) !== 'rules' || !what.endsWith('.js'))
          .map(({ what }) => `${name} -> ${what}`),
      );
    assert.deepEqual(wrong, []);
  });

  const only: [string, (name: string) => boolean][] = [
    ['botbuilder', (name) => name.startsWith('bot/')],
    ['botbuilder-core', () => false],
    ['botframework-connector', () => false],
    ['mongodb', (name) => name.startsWith('store/mongo/')],
    ['sorted-btree', (name) => name.startsWith('store/embedded/')],
    ['twitter-text', (name) => name === 'networks/x/counting.ts'],
    ['restify', (name) => name.startsWith('web/')],
    [
      'oauth4webapi',
      (name) => name.startsWith('networks/') || name.startsWith('web/') || name.startsWith('operations/'),
    ],
  ];
  for (const [name, allowed] of only) {
    it(`imports ${name} in its one place`, () => {
      const wrong = usersOf(name)
        .map((file) => file.name)
        .filter((file) => !allowed(file));
      assert.deepEqual(wrong, []);
    });
  }

  it('loads the sandbox from where the parts are joined only, and only when it is wanted', () => {
    const outside = files.filter(({ folder }) => folder !== 'sandbox');
    const users = outside.flatMap(({ name, imports }) =>
      imports
        .filter(({ what, isType }) => what.startsWith('sandbox/') && !isType)
        .map(({ what, isDynamic }) => ({ name, what, isDynamic })),
    );
    const isJoining = (name: string) => name === 'main.ts' || name === 'app.ts';
    assert.deepEqual(
      users.filter(({ name, isDynamic }) => !isJoining(name) || !isDynamic),
      [],
    );
  });

  it('leaves replacing a document to the store, which alone knows how to try again', () => {
    const direct =
      /\b(profiles|grants|people|tenants|claimCards|teams|linkouts|confirms|marks|audit|leases|jobState|rateLimits|collection)\s*\.replace\(/;
    const wrong = files.filter(({ folder, text }) => folder !== 'store' && direct.test(text)).map(({ name }) => name);
    assert.deepEqual(wrong, []);
  });

  it('has no circle of imports, not even of types', () => {
    assert.deepEqual(circles(), []);
  });

  it('names exports and never uses any', () => {
    const wrong = files.filter(
      ({ text }) => /^export default/m.test(text) || /[:<|,]\s*any\b(?!\w)/.test(withoutComments(text)),
    );
    assert.deepEqual(
      wrong.map(({ name }) => name),
      [],
    );
  });

  it(`has files of at most ${longestFile} lines`, () => {
    const long = files
      .map(({ name, text }) => ({ name, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > longestFile);
    assert.deepEqual(long, []);
  });
});

/** Files that reach themselves, circle by circle (Tarjan's strongly connected components). */
function circles(): string[][] {
  const known = new Map(files.map((file) => [file.name, file]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (name: string) => {
    index.set(name, index.size);
    low.set(name, index.get(name) ?? 0);
    stack.push(name);
    for (const { what } of known.get(name)?.imports ?? []) {
      const next = what.replace(/\.js$/, '.ts');
      if (!known.has(next)) continue;
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(name, Math.min(low.get(name) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(name) !== index.get(name)) return;
    const circle = stack.splice(stack.indexOf(name));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const { name } of files) if (!index.has(name)) visit(name);
  return found;
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'[^'\n]*'|`[^`]*`/g, "''");
}
