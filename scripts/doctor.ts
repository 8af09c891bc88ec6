/**
 * `npm run doctor`: with the same settings as the bot, says line by line what is right, what is wrong and how it is mended.
 * No secret is ever in it. Ends with 1 when something is wrong.
 */
import { examine } from '../src/doctor/doctor.js';
import { reportOf } from '../src/doctor/finding.js';

const findings = await examine(process.env);
process.stdout.write(reportOf(findings));
process.exitCode = findings.some(({ state }) => state === 'wrong') ? 1 : 0;
