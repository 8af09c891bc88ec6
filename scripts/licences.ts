/** `npm run licences`: every production dependency with its licence. Ends with 1 when one is not allowed. */
import { readFileSync } from 'node:fs';
import { type Lock, mayShip, shippedOf } from './supply.js';

const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as Lock;
const shipped = shippedOf(lock);
for (const { name, version, license } of shipped) process.stdout.write(`${license.padEnd(28)} ${name} ${version}\n`);
const bad = shipped.filter((one) => !mayShip(one));
for (const { name, license } of bad) process.stderr.write(`${name}: ${license} is not among the allowed licences.\n`);
process.exitCode = bad.length > 0 ? 1 : 0;
