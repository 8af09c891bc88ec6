// Adds TOKEN_KEYS to a file of settings that has none yet: `node scripts/local-keys.mjs .localConfigs`. What is there stays,
// since without it no stored sign-in could be opened. The file is for its owner alone from then on.
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';

const [file = '.localConfigs'] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
chmodSync(file, 0o600);
if (!/^TOKEN_KEYS=./m.test(text)) {
  const line = `TOKEN_KEYS=local:${randomBytes(32).toString('base64')}\n`;
  writeFileSync(file, `${text.replace(/^TOKEN_KEYS=\n?/m, '').replace(/(?<!\n)$/, '\n')}${line}`);
}
