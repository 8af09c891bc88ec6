import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../src');
/** Pages run in a browser and know none of the rest; the sandbox stands for other people's machines. */
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !/^sandbox\/chat\/page\/|^web\/pages\//.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') }));

/** What is there once: where it stands, and what it looks like when somebody writes it again. */
const once: [what: string, where: RegExp, sign: RegExp][] = [
  ['clock', /^platform\/clock\.ts$|^sandbox\//, /\bDate\.now\b|\bnew Date\(\)/],
  ['form of a GUID', /^platform\/guid\.ts$/, /\[0-9a-f\]\{8\}/i],
  ['length of a day', /^(platform|rules)\/spans\.ts$/, /86_?400_?000|24 \* 60 \* 60|24 \* hourMs/],
  ['reader of a request body', /^platform\/requestBody\.ts$/, /for await \(const \w+ of (request|raw|incoming)\b/],
  [
    'question whether a time zone is one',
    /^platform\/timeWords\.ts$|^rules\//,
    /Intl\.DateTimeFormat\([^)]*timeZone: name/,
  ],
  ['hash of a secret address', /^operations\/linkouts\/tickets\.ts$/, /createHash\('sha256'\)\.update\(secret\)/],
];

describe('the source has one', () => {
  for (const [what, where, sign] of once) {
    it(what, () => {
      const found = files.filter(({ text }) => sign.test(text)).map(({ name }) => name);
      assert.ok(found.length > 0, 'the sign is still the right one');
      assert.deepEqual(
        found.filter((name) => !where.test(name)),
        [],
      );
    });
  }
});
