// Builds what a run of mutants needs, inside Stryker's copy: the rules, changed by Stryker, and the tests that are pure.
// Without types: a mutant may well break them.
import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const tests = 'test/rules';
/** Walks that try thousands of states: they find what nobody thought of, and take seconds for each mutant. */
const slow = new Set(['claimStates.test.ts']);

/** Of this project only the rules, and helpers beside it, which may need nothing at all. */
function isPure(file) {
  const imports = [...readFileSync(`${tests}/${file}`, 'utf8').matchAll(/from '(\.[^']*)'/g)].map(([, from]) => from);
  const ofRules = imports.filter((from) => from.startsWith('../../src/rules/'));
  return (
    (ofRules.length > 0 || !file.endsWith('.test.ts')) &&
    imports.every((from) => from.startsWith('./') || ofRules.includes(from))
  );
}
const files = readdirSync(tests).filter((file) => file.endsWith('.ts') && !slow.has(file) && isPure(file));

await build({
  entryPoints: ['src/rules/**/*.ts', ...files.map((file) => `${tests}/${file}`)],
  outbase: '.',
  outdir: 'build',
  format: 'esm',
  platform: 'node',
  sourcemap: 'inline',
  logLevel: 'warning',
});
