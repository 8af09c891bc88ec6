// `npm run audit`: known weak places of production dependencies. Some mirrors of npm do not answer that question: then it
// says so, and does not fail, since nothing was found out.
import { spawnSync } from 'node:child_process';

const { status, stdout, stderr } = spawnSync(
  'npm',
  ['audit', '--omit=dev', '--package-lock-only', '--audit-level=high', '--audit=true', '--loglevel=warn'],
  { encoding: 'utf8', shell: process.platform === 'win32', timeout: 120_000 },
);
process.stdout.write(stdout ?? '');
if (/audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT/.test(`${stderr}`) || status === null) {
  process.stdout.write('Not audited: the package source in use does not tell of weak places.\n');
} else {
  process.stderr.write(stderr);
  process.exitCode = status;
}
