// After a build: the bot and everything it needs as a few files, which Node reads in a fraction of the time that thousands
// take: build/src/main.js -> build/bundle/bot/main. It lies as deep as the modules it is made of, since some find cards and
// pages from where they are. What a stack trace names is still the TypeScript, by source maps.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const outdir = join(root, 'build/bundle/bot/main');

/** Not bundled: what loads machine code that lies beside it; and packages that others do without, and that are not here. */
const apart = [
  'sharp',
  ...['dtrace-provider', 'mongodb-client-encryption', 'kerberos', 'snappy', 'gcp-metadata', 'socks'],
  ...['@mongodb-js/*', '@aws-sdk/*'],
];

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: [join(root, 'build/src/main.js')],
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'warning',
  external: apart,
  // Packages in CommonJS ask for Node's own modules by `require`, which modules do not have by themselves.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
await writeFile(join(root, 'build/bundle/stamp'), '');
